package hospes.testkit.toy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Toy programs as text: an instruction a line, perhaps behind `label:`. A number may be a
/// character in quotes; `say "text"` prints by way of register 7.
final class ToyText {
  private static final String SAY = "say ";

  private record Line(ToyInstruction instruction, List<String> operands) {}

  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Integer> labels = new HashMap<>();
  private int length;

  private ToyText() {}

  /// The file of a program.
  ///
  /// @throws IllegalArgumentException where the text is wrong
  static byte[] assemble(String text) {
    ToyText program = new ToyText();
    text.lines().map(String::strip).forEach(program::add);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ToySpec.MAGIC);
    program.lines.forEach(line -> program.encode(line, out));
    return out.toByteArray();
  }

  private void add(String line) {
    String rest = line;
    if (rest.matches("\\w+:.*")) {
      labels.put(rest.substring(0, rest.indexOf(':')), length);
      rest = rest.substring(rest.indexOf(':') + 1).strip();
    }
    if (rest.startsWith(SAY)) {
      String said = rest.substring(SAY.length()).strip().translateEscapes();
      for (byte one : said.substring(1, said.length() - 1).getBytes(StandardCharsets.US_ASCII)) {
        add(ToyInstruction.SET, List.of("r7", String.valueOf(one)));
        add(ToyInstruction.PRINT, List.of("r7"));
      }
    } else if (!rest.isEmpty()) {
      String[] parts = rest.split("\\s+", 2);
      ToyInstruction instruction =
          ToyInstruction.of(parts[0])
              .orElseThrow(() -> new IllegalArgumentException("no instruction is in " + line));
      add(instruction, parts.length == 1 ? List.of() : List.of(parts[1].split("\\s*,\\s*", -1)));
    }
  }

  private void add(ToyInstruction instruction, List<String> operands) {
    if (operands.size() != instruction.operands().length()) {
      throw new IllegalArgumentException("%s does not take %s".formatted(instruction, operands));
    }
    lines.add(new Line(instruction, operands));
    length += instruction.length();
  }

  private void encode(Line line, ByteArrayOutputStream out) {
    out.write(line.instruction().code());
    for (int i = 0; i < line.operands().size(); i++) {
      long value = value(line.operands().get(i));
      for (int left = ToyInstruction.size(line.instruction().operands().charAt(i));
          left > 0;
          left--) {
        out.write((int) value);
        value >>>= 8;
      }
    }
  }

  private long value(String text) {
    if (labels.containsKey(text)) {
      return labels.get(text);
    }
    return text.startsWith("'") && text.length() == 3
        ? text.charAt(1)
        : Long.parseLong(text.startsWith("r") ? text.substring(1) : text);
  }

  /// Writes instructions from a place on, up to the first byte that begins none.
  static void write(byte[] file, int start, Appendable out) throws IOException {
    int at = start;
    while (at < file.length) {
      ToyInstruction next = ToyInstruction.of(file[at]).orElse(null);
      if (next == null || at + next.length() > file.length) {
        out.append("%4d  data\n".formatted(at - start));
        return;
      }
      out.append("%4d  %s\n".formatted(at - start, text(next, file, at + 1)));
      at += next.length();
    }
  }

  private static String text(ToyInstruction instruction, byte[] file, int operands) {
    List<String> words = new ArrayList<>();
    int at = operands;
    for (char kind : instruction.operands().toCharArray()) {
      long value = 0;
      for (int i = ToyInstruction.size(kind) - 1; i >= 0; i--) {
        value = value << 8 | file[at + i] & 0xff;
      }
      words.add(kind == 'r' ? "r" + value : String.valueOf(value));
      at += ToyInstruction.size(kind);
    }
    return (instruction.text() + " " + String.join(", ", words)).strip();
  }
}
