package hospes.images;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds the Debian archive among apt's sources. sources.list(5).
///
/// Other archives are listed there too, so entries are rated by what tells Debian's own one: its
/// suites, its component `main`, its keyring, the usual last part of its address. A wrong guess
/// does no harm: what is fetched must be signed by Debian's keys.
final class AptSources {
  private static final Set<String> CODENAMES =
      Set.of("buster", "bullseye", "bookworm", "trixie", "forky", "duke", "sid");
  private static final Set<String> SUITES = Set.of("oldstable", "stable", "testing", "unstable");
  private static final int GOOD_ENOUGH = 2;

  /// One address that one source names.
  private record Entry(
      String uri, List<String> suites, List<String> components, String signedBy, Path file) {}

  private AptSources() {}

  /// The mirror that the machine's apt uses for Debian itself.
  static Optional<DebianMirror> debianMirror(Path aptDirectory) {
    var entries = new ArrayList<Entry>();
    for (Path file : files(aptDirectory)) {
      try {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        entries.addAll(
            file.toString().endsWith(".sources") ? stanzas(text, file) : lines(text, file));
      } catch (IOException e) {
        // A source that cannot be read, for want of rights for example, is none for us.
      }
    }
    return entries.stream()
        .filter(entry -> rate(entry) >= GOOD_ENOUGH && DebianMirror.base(entry.uri()).isPresent())
        // The first one wins among equals: max would take the last.
        .sorted(Comparator.comparingInt(AptSources::rate).reversed())
        .findFirst()
        .flatMap(
            entry ->
                DebianMirror.base(entry.uri())
                    .map(uri -> new DebianMirror(uri, entry.file().toString())));
  }

  private static int rate(Entry entry) {
    boolean codename = entry.suites().stream().anyMatch(CODENAMES::contains);
    boolean suite = entry.suites().stream().anyMatch(SUITES::contains);
    if (!entry.components().contains("main") || !(codename || suite)) {
      return 0;
    }
    int rating = codename ? 2 : 1;
    if (entry.signedBy().contains("debian-archive")) {
      rating += 4;
    }
    if (entry.uri().replaceFirst("/+$", "").endsWith("/debian")) {
      rating += 2;
    }
    if (entry.suites().contains("trixie")) {
      rating += 1;
    }
    return rating;
  }

  private static List<Path> files(Path aptDirectory) {
    var files = new ArrayList<Path>();
    files.add(aptDirectory.resolve("sources.list"));
    try (Stream<Path> parts = Files.list(aptDirectory.resolve("sources.list.d"))) {
      parts
          .filter(part -> part.toString().endsWith(".list") || part.toString().endsWith(".sources"))
          .sorted()
          .forEach(files::add);
    } catch (IOException e) {
      // No such directory: then there is only the one file, or nothing.
    }
    return files;
  }

  private static List<Entry> stanzas(String text, Path file) throws IOException {
    var entries = new ArrayList<Entry>();
    try (var in = new BufferedReader(new StringReader(text))) {
      for (Stanza stanza = Stanza.read(in); stanza != null; stanza = Stanza.read(in)) {
        if (stanza.isOff("Enabled") || !stanza.words("Types").contains("deb")) {
          continue;
        }
        for (String uri : stanza.words("URIs")) {
          entries.add(
              new Entry(
                  uri,
                  stanza.words("Suites"),
                  stanza.words("Components"),
                  stanza.field("Signed-By").orElse(""),
                  file));
        }
      }
    }
    return entries;
  }

  /// The one-line style: `deb [option=value …] uri suite component…`.
  private static List<Entry> lines(String text, Path file) {
    var entries = new ArrayList<Entry>();
    for (String line : text.lines().toList()) {
      String content = line.replaceFirst("#.*", "").strip();
      if (!content.startsWith("deb ") && !content.startsWith("deb\t")) {
        continue;
      }
      content = content.substring(4).strip();
      String options = "";
      if (content.startsWith("[") && content.contains("]")) {
        options = content.substring(1, content.indexOf(']')).toLowerCase(Locale.ROOT);
        content = content.substring(content.indexOf(']') + 1).strip();
      }
      String[] words = content.split("\\s+");
      if (words.length >= 3) {
        List<String> components = Arrays.asList(words).subList(2, words.length);
        entries.add(new Entry(words[0], List.of(words[1]), components, options, file));
      }
    }
    return entries;
  }
}
