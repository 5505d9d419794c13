package hospes.conformance.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The types that Java sources declare, and what is declared in them.
final class JavaNames {
  private static final Pattern COMMENT = Pattern.compile("//.*|/\\*(?s:.*?)\\*/");
  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|interface|enum|record)\\s+([A-Z]\\w*)");

  /// By the simple name of a type: the sources that declare one of that name.
  private final Map<String, List<String>> sources = new HashMap<>();

  static JavaNames of(List<Path> files) throws IOException {
    JavaNames names = new JavaNames();
    for (Path file : files) {
      names.add(Files.readString(file));
    }
    return names;
  }

  /// Adds what a source declares.
  void add(String source) {
    String code = COMMENT.matcher(source).replaceAll("");
    Matcher type = TYPE.matcher(code);
    while (type.find()) {
      sources.computeIfAbsent(type.group(1), name -> new ArrayList<>()).add(code);
    }
  }

  /// Whether there is what a document names: such a type, in the package that is said, with such
  /// members in its source.
  boolean has(DocumentNames.Name name) {
    return sources.getOrDefault(name.type(), List.of()).stream()
        .filter(code -> isIn(name.place(), code))
        .anyMatch(code -> name.members().stream().allMatch(member -> declares(code, member)));
  }

  private static boolean isIn(String place, String code) {
    return place.isEmpty() || code.contains("package " + place + ";");
  }

  /// Whether a source declares a type, method, field, component or enum's constant of a name.
  private static boolean declares(String code, String member) {
    String name = Pattern.quote(member);
    return Pattern.compile(
            "(?m)\\b(?:class|interface|enum|record)\\s+"
                + name
                + "\\b|[\\w>\\]](?<!\\breturn|\\bnew|\\bthrow|\\bcase|\\byield)\\s+"
                + name
                + "\\s*[(=;,)]|^\\s+"
                + name
                + "\\s*(?:[,;{}]|\\([^()]*\\)[,;])")
        .matcher(code)
        .find();
  }
}
