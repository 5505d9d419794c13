package hospes.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// A table of plain text that is valid Markdown too. Columns of figures stand to the right.
final class TextTable {
  private static final Pattern FIGURE = Pattern.compile("[-+]?[\\d.,]+( ?[a-zA-Z%]{1,4})?|");

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... header) {
    this.header = List.of(header);
  }

  /// @throws IllegalArgumentException if the row does not have a cell for each column
  void row(String... cells) {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns".formatted(cells.length, header.size()));
    }
    rows.add(List.copyOf(Arrays.asList(cells)));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text, header, ' ');
    text.append('|');
    for (int column = 0; column < header.size(); column++) {
      text.append("-".repeat(width(column) + 1)).append(isFigures(column) ? ":|" : "-|");
    }
    text.append('\n');
    rows.forEach(row -> append(text, row, ' '));
    return text.toString();
  }

  private void append(StringBuilder text, List<String> cells, char fill) {
    text.append('|');
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String padding = String.valueOf(fill).repeat(width(column) - cell.length());
      text.append(' ').append(isFigures(column) ? padding + cell : cell + padding).append(" |");
    }
    text.append('\n');
  }

  private int width(int column) {
    int width = header.get(column).length();
    for (List<String> row : rows) {
      width = Math.max(width, row.get(column).length());
    }
    return width;
  }

  private boolean isFigures(int column) {
    return rows.stream().allMatch(row -> FIGURE.matcher(row.get(column)).matches());
  }
}
