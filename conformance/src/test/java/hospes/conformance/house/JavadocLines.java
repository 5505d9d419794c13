package hospes.conformance.house;

import java.util.ArrayList;
import java.util.List;

/// Looks for Javadoc that the formatter has torn, or would tear. Of a `///` line that is too long
/// it makes a shorter one and a `//` line for the rest, which is no Javadoc any more.
final class JavadocLines {
  private static final int MOST_COLUMNS = 100;
  private static final String JAVADOC = "///";

  private JavadocLines() {}

  /// What is wrong with a file's lines.
  ///
  /// @param name the file's, for the answer
  /// @return one text for each line: file, number, what is wrong with it
  static List<String> faults(String name, List<String> lines) {
    List<String> faults = new ArrayList<>();
    boolean behindJavadoc = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String text = line.strip();
      boolean javadoc = text.startsWith(JAVADOC);
      if (behindJavadoc && !javadoc && text.startsWith("//")) {
        faults.add(name + ":" + (i + 1) + ": a // line directly behind a /// line");
      }
      int columns = line.codePointCount(0, line.length());
      if (javadoc && columns > MOST_COLUMNS) {
        faults.add(name + ":" + (i + 1) + ": a /// line of " + columns + " columns");
      }
      behindJavadoc = javadoc;
    }
    return faults;
  }
}
