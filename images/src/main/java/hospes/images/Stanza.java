package hospes.images;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A paragraph of fields, the syntax of Debian's control files. Debian Policy 5.1; deb822(5).
///
/// Field names are compared without regard to case; the lines of a field are joined by newlines,
/// each without its leading blank.
final class Stanza {
  private final Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private Stanza() {}

  /// The next paragraph, or null at the end. Comments and lines that are no field are skipped.
  static @Nullable Stanza read(BufferedReader in) throws IOException {
    var stanza = new Stanza();
    String field = null;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.isBlank()) {
        if (!stanza.fields.isEmpty()) {
          return stanza;
        }
        continue;
      }
      if (line.startsWith("#")) {
        continue;
      }
      if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
        if (field != null) {
          stanza.fields.merge(field, line.substring(1), (old, more) -> old + "\n" + more);
        }
        continue;
      }
      int colon = line.indexOf(':');
      field = colon > 0 ? line.substring(0, colon) : null;
      if (field != null) {
        stanza.fields.put(field, line.substring(colon + 1).strip());
      }
    }
    return stanza.fields.isEmpty() ? null : stanza;
  }

  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /// The words of a field that is a list; none if it is missing.
  List<String> words(String name) {
    var words = new ArrayList<String>();
    for (String word : fields.getOrDefault(name, "").split("\\s+")) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  /// Whether the field says no.
  boolean isOff(String name) {
    return List.of("no", "false", "off", "0", "without", "disable")
        .contains(fields.getOrDefault(name, "yes").toLowerCase(Locale.ROOT));
  }
}
