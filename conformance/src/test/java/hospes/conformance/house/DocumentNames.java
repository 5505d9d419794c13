package hospes.conformance.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names of Java types and their members in a Markdown document: code spans that are such a
/// name and nothing else, and in code blocks and drawings every word like `CodePage`.
final class DocumentNames {
  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
  private static final Pattern NAME =
      Pattern.compile("@?(hospes\\.(?:[a-z]+\\.)*)?([A-Z]\\w*)((?:[.#]\\w+)*)(?:\\(.*\\))?");
  private static final Pattern IN_BLOCK =
      Pattern.compile("\\b([A-Z][a-z0-9]+[A-Z]\\w*)((?:[.#][a-z]\\w*)?)");
  private static final Pattern CONSTANT = Pattern.compile("[A-Z0-9_]{2,}");
  private static final String FENCE = "```";

  private DocumentNames() {}

  /// A name in a document.
  ///
  /// @param line its number, from 1
  /// @param place the package that it is said to be in; empty where none is said
  /// @param type the type's simple name
  /// @param members what is named in it, from the outside in
  record Name(int line, String place, String type, List<String> members) {}

  /// All names, in their order.
  static List<Name> in(List<String> lines) {
    List<Name> names = new ArrayList<>();
    boolean isInBlock = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.strip().startsWith(FENCE)) {
        isInBlock = !isInBlock;
      } else if (isInBlock) {
        addFromBlock(names, i + 1, line);
      } else {
        addFromText(names, i + 1, line);
      }
    }
    return names;
  }

  /// The numbers of lines in which a code span begins that does not end there: names in it would
  /// not be seen.
  static List<Integer> openSpans(List<String> lines) {
    List<Integer> open = new ArrayList<>();
    boolean isInBlock = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.strip().startsWith(FENCE)) {
        isInBlock = !isInBlock;
      } else if (!isInBlock && line.chars().filter(c -> c == '`').count() % 2 != 0) {
        open.add(i + 1);
      }
    }
    return open;
  }

  private static void addFromBlock(List<Name> names, int number, String line) {
    Matcher word = IN_BLOCK.matcher(line);
    while (word.find()) {
      names.add(new Name(number, "", word.group(1), members(word.group(2))));
    }
  }

  private static void addFromText(List<Name> names, int number, String line) {
    Matcher span = SPAN.matcher(line);
    while (span.find()) {
      Matcher name = NAME.matcher(span.group(1));
      if (name.matches() && !CONSTANT.matcher(name.group(2)).matches()) {
        String place = name.group(1) == null ? "" : name.group(1).replaceFirst("\\.$", "");
        names.add(new Name(number, place, name.group(2), members(name.group(3))));
      }
    }
  }

  private static List<String> members(String chain) {
    return chain.isEmpty() ? List.of() : List.of(chain.substring(1).split("[.#]"));
  }
}
