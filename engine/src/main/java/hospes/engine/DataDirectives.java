package hospes.engine;

import java.util.Arrays;
import java.util.List;

/// The directives: sections, symbols, data and gaps.
final class DataDirectives {
  private final AssemblyPass pass;

  DataDirectives(AssemblyPass pass) {
    this.pass = pass;
  }

  /// Carries out a directive; `false` where it is not known.
  boolean run(String directive, String operands) {
    List<String> arguments = Statement.split(operands);
    switch (directive) {
      case ".text", ".data", ".rodata", ".bss" -> {
        expect(arguments.isEmpty(), directive, "nothing behind it");
        pass.select(directive);
      }
      case ".section" -> {
        expect(!arguments.isEmpty(), directive, "the section's name");
        pass.select(arguments.getFirst());
      }
      case ".globl", ".global" -> {
        expect(!arguments.isEmpty(), directive, "names");
        arguments.forEach(pass.symbols()::global);
      }
      case ".equ", ".set" -> {
        expect(arguments.size() == 2, directive, "a name and a value");
        pass.symbols().constant(arguments.getFirst(), pass.evaluate(arguments.getLast()));
      }
      case ".align", ".p2align" -> align(directive, 1L << exponent(directive, arguments));
      case ".balign" -> {
        expect(arguments.size() == 1, directive, "a number of bytes");
        align(directive, pass.evaluate(arguments.getFirst()));
      }
      case ".byte" -> numbers(directive, arguments, 1);
      case ".half", ".short", ".2byte" -> numbers(directive, arguments, 2);
      case ".word", ".long", ".4byte" -> numbers(directive, arguments, 4);
      case ".dword", ".quad", ".8byte" -> numbers(directive, arguments, 8);
      case ".ascii" -> strings(directive, arguments, new byte[0]);
      case ".asciz", ".string" -> strings(directive, arguments, new byte[1]);
      case ".space", ".skip", ".zero" -> space(directive, arguments);
      case ".org" -> origin(directive, arguments);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void expect(boolean condition, String directive, String what) {
    if (!condition) {
      throw new IllegalArgumentException("expected %s behind %s".formatted(what, directive));
    }
  }

  private long exponent(String directive, List<String> arguments) {
    expect(arguments.size() == 1, directive, "the exponent of a power of two");
    long exponent = pass.evaluate(arguments.getFirst());
    expect(
        exponent >= 0 && exponent <= 16,
        directive,
        "the exponent of a power of two, 0 to 16 (.balign takes bytes),");
    return exponent;
  }

  private void align(String directive, long alignment) {
    expect(
        alignment > 0 && alignment <= 1 << 16 && Long.bitCount(alignment) == 1,
        directive,
        "a power of two up to 65536");
    SectionContent section = pass.section();
    section.align(alignment);
    int gap = (int) (-section.here() & alignment - 1);
    if (section.isExecutable()) {
      section.append(pass.dialect().filling(gap));
    } else {
      section.fill(gap, 0);
    }
  }

  private void numbers(String directive, List<String> arguments, int length) {
    expect(!arguments.isEmpty(), directive, "numbers");
    for (String argument : arguments) {
      long number = pass.evaluate(argument);
      int bits = length * Byte.SIZE;
      if (bits < Long.SIZE && (number < -1L << bits - 1 || number >= 1L << bits)) {
        throw new IllegalArgumentException(
            "%d does not fit into the %d bits of %s".formatted(number, bits, directive));
      }
      byte[] bytes = new byte[length];
      for (int i = 0; i < length; i++) {
        bytes[i] = (byte) (number >>> i * Byte.SIZE);
      }
      pass.section().append(bytes);
    }
  }

  private void strings(String directive, List<String> arguments, byte[] end) {
    expect(!arguments.isEmpty(), directive, "strings");
    for (String argument : arguments) {
      byte[] content = Strings.bytes(argument);
      byte[] bytes = Arrays.copyOf(content, content.length + end.length);
      pass.section().append(bytes);
    }
  }

  private void space(String directive, List<String> arguments) {
    expect(arguments.size() == 1 || arguments.size() == 2, directive, "a number of bytes");
    long value = arguments.size() == 2 ? pass.evaluate(arguments.getLast()) : 0;
    pass.section().fill(pass.evaluate(arguments.getFirst()), (int) value);
  }

  private void origin(String directive, List<String> arguments) {
    expect(arguments.size() == 1, directive, "a distance from the start of the section");
    SectionContent section = pass.section();
    long distance = pass.evaluate(arguments.getFirst());
    if (distance < section.size()) {
      throw new IllegalArgumentException(
          "%s already holds %d bytes; expected a distance from its start of at least that"
              .formatted(section.name(), section.size()));
    }
    section.fill(distance - section.size(), 0);
  }
}
