package hospes.formats.blorb;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// What is known of a story: an iFiction record. The Treaty of Babel, 5.
///
/// @param ifids what identifies the story among all others
/// @param facts what the record says of the story: `title`, `author`, `headline`, `genre` …
public record StoryMetadata(List<String> ifids, Map<String, String> facts) {
  private static final String BIBLIOGRAPHIC = "bibliographic";

  /// Takes copies.
  public StoryMetadata {
    ifids = List.copyOf(ifids);
    facts = Map.copyOf(facts);
  }

  /// What the record says about something, such as `title` or `author`.
  public Optional<String> fact(String name) {
    return Optional.ofNullable(facts.get(name));
  }

  static StoryMetadata parse(byte[] xml) throws BlorbException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setXMLReporter(
        (message, type, information, location) -> {
          // Else the JDK prints errors before it throws them.
        });
    try {
      return read(
          factory.createXMLStreamReader(
              new StringReader(new String(xml, StandardCharsets.UTF_8)))); // by the Treaty, 5.3
    } catch (XMLStreamException | RuntimeException e) { // the JDK's reader throws both
      throw new BlorbException(
          "the Blorb file is damaged: what it tells of its story is no XML; get it anew", e);
    }
  }

  /// The first story of the record.
  private static StoryMetadata read(XMLStreamReader in) throws XMLStreamException {
    List<String> ifids = new ArrayList<>();
    Map<String, String> facts = new HashMap<>();
    List<String> path = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    while (in.hasNext()) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (!(in.getLocalName().equals("br") && path.contains("description"))) {
            text.setLength(0);
          }
          path.add(in.getLocalName());
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(in.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          String name = path.removeLast();
          String parent = path.isEmpty() ? "" : path.getLast();
          if (name.equals("ifid") && parent.equals("identification")) {
            ifids.add(text.toString().strip());
          } else if (parent.equals(BIBLIOGRAPHIC)) {
            facts.putIfAbsent(name, text.toString().strip().replaceAll("\\s+", " "));
          } else if (name.equals("br")) {
            text.append(' ');
          } else if (name.equals("story")) {
            return new StoryMetadata(ifids, facts);
          }
        }
        default -> {
          // comments and the like
        }
      }
    }
    return new StoryMetadata(ifids, facts);
  }
}
