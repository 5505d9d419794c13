package hospes.engine.processor;

import hospes.engine.DefinitionException;
import hospes.engine.Encoding;
import hospes.engine.OperandKind.Form;
import hospes.engine.Syntax;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes the decoder: for each group of instructions that share their major opcode a method of
/// comparisons, the most specific first.
final class DecoderWriter {
  /// An encoding, and the expression for its packed form.
  private record Candidate(String mnemonic, Encoding encoding, String packed) {}

  private final ArchitectureModel model;
  private final Map<String, InstructionModel> byMnemonic;

  DecoderWriter(ArchitectureModel model) {
    this.model = model;
    this.byMnemonic =
        model.extensions().stream()
            .flatMap(extension -> extension.instructions().stream())
            .collect(
                Collectors.toMap(
                    instruction -> instruction.syntax().mnemonic(), instruction -> instruction));
  }

  String write() {
    List<Candidate> longs = new ArrayList<>();
    List<Candidate> shorts = new ArrayList<>();
    StringBuilder constants = new StringBuilder();
    for (ExtensionModel extension : model.extensions()) {
      for (InstructionModel instruction : extension.instructions()) {
        constants.append(
            "  static final int %s = %d;\n"
                .formatted(instruction.constant(), instruction.operation()));
        longs.add(candidate(instruction));
      }
      extension.compressed().forEach(compressed -> shorts.add(candidate(compressed)));
    }
    return """
    import hospes.engine.WordDecoder;

    /// Decodes %s instructions. Generated from the instruction methods; not edited by hand.
    public final class %sDecoder extends WordDecoder {
    %s
      @Override
      public boolean isShort(int bits) {
        return %s;
      }

      @Override
      public long decode(int bits) {
        return isShort(bits) ? decodeShort(bits & 0xffff) : decodeLong(bits);
      }

    %s%s}
    """
        .formatted(
            model.name(),
            model.prefix(),
            constants,
            model.shortWhen(),
            group("Short", shorts),
            group("Long", longs));
  }

  private static String group(String name, List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      return "  private static long decode%s(int bits) {\n    return ILLEGAL;\n  }\n"
          .formatted(name);
    }
    int common =
        candidates.stream()
            .mapToInt(candidate -> candidate.encoding().mask())
            .reduce(-1, (a, b) -> a & b);
    Map<Integer, List<Candidate>> groups =
        candidates.stream()
            .collect(
                Collectors.groupingBy(
                    candidate -> candidate.encoding().match() & common,
                    TreeMap::new,
                    Collectors.toList()));
    StringBuilder text = new StringBuilder();
    text.append(
        """
          private static long decode%s(int bits) {
            return switch (bits & 0x%x) {
        """
            .formatted(name, common));
    groups
        .keySet()
        .forEach(
            key ->
                text.append("      case 0x%1$x -> decode%2$s%1$x(bits);\n".formatted(key, name)));
    text.append(
        "      default -> ILLEGAL%s;\n    };\n  }\n\n"
            .formatted(name.equals("Long") ? " | LONG" : " | SHORT"));
    groups.forEach((key, members) -> text.append(method(name, key, members)));
    return text.toString();
  }

  private static String method(String name, int key, List<Candidate> members) {
    StringBuilder text =
        new StringBuilder("  private static long decode%s%x(int bits) {\n".formatted(name, key));
    members.stream()
        .sorted(
            Comparator.comparingInt((Candidate candidate) -> -candidate.encoding().specificity()))
        .forEach(
            candidate ->
                text.append(
                    "    if (%s) {\n      return %s;\n    }\n"
                        .formatted(condition(candidate.encoding()), candidate.packed())));
    return text.append(
            "    return ILLEGAL%s;\n  }\n\n"
                .formatted(name.equals("Long") ? " | LONG" : " | SHORT"))
        .toString();
  }

  private static String condition(Encoding encoding) {
    StringBuilder text =
        new StringBuilder("(bits & 0x%x) == 0x%x".formatted(encoding.mask(), encoding.match()));
    for (Encoding.Exclusion exclusion : encoding.exclusions()) {
      text.append(" && (%s) != %d".formatted(bits(encoding, exclusion.field()), exclusion.value()));
    }
    return text.toString();
  }

  /// The expression for a field's bits, as an unsigned number.
  private static String bits(Encoding encoding, String field) {
    return encoding.slices(field).stream()
        .map(
            slice -> {
              String part = "bits >>> %d & 0x%x".formatted(slice.bit(), (1L << slice.width()) - 1);
              return slice.fieldBit() == 0
                  ? "(" + part + ")"
                  : "(%s) << %d".formatted(part, slice.fieldBit());
            })
        .collect(Collectors.joining(" | "));
  }

  /// The expression for an operand's value, an `int`.
  private String value(Encoding encoding, String field, Form form) {
    String bits = bits(encoding, field);
    int offset = model.field(field).offset();
    if (form == Form.SIGNED || form == Form.RELATIVE) {
      int shift = Integer.SIZE - encoding.fieldWidth(field);
      return shift == 0 ? bits : "(%s) << %d >> %d".formatted(bits, shift, shift);
    }
    return offset == 0 ? bits : "(%s) + %d".formatted(bits, offset);
  }

  private Candidate candidate(InstructionModel instruction) {
    Encoding encoding = instruction.encoding();
    StringBuilder packed = new StringBuilder(instruction.constant() + " | LONG");
    instruction
        .layout()
        .places()
        .forEach(
            (field, place) ->
                packed.append(
                    place(
                        instruction,
                        field,
                        place,
                        value(encoding, field, form(instruction, field)))));
    return new Candidate(instruction.syntax().mnemonic(), encoding, packed.toString());
  }

  private Form form(InstructionModel instruction, String field) {
    KindModel own = instruction.kinds().get(field);
    return own == null ? model.field(field).kind().form() : own.form();
  }

  private Candidate candidate(CompressedModel compressed) {
    InstructionModel target = target(compressed);
    Map<String, String> written = operands(compressed, target);
    StringBuilder packed = new StringBuilder(target.constant() + " | SHORT");
    target
        .layout()
        .places()
        .forEach(
            (field, place) -> {
              String operand = Optional.ofNullable(written.get(field)).orElse("0");
              packed.append(place(target, field, place, operand(compressed, operand)));
            });
    return new Candidate(compressed.syntax().mnemonic(), compressed.encoding(), packed.toString());
  }

  private InstructionModel target(CompressedModel compressed) {
    InstructionModel target = byMnemonic.get(compressed.target());
    if (target == null) {
      throw new DefinitionException(
          "'%s' stands for an unknown instruction".formatted(compressed.definition()));
    }
    return target;
  }

  private static SequencedMap<String, String> operands(
      CompressedModel compressed, InstructionModel target) {
    String[] halves = compressed.expansion().split("\\s+", 2);
    Syntax syntax = target.syntax();
    return syntax
        .match(halves[0], halves.length == 2 ? halves[1] : "")
        .orElseThrow(
            () ->
                new DefinitionException(
                    "'%s' is not written like %s"
                        .formatted(compressed.expansion(), syntax.mnemonic())));
  }

  private String operand(CompressedModel compressed, String operand) {
    if (compressed.encoding().fields().containsKey(operand)) {
      return value(compressed.encoding(), operand, model.field(operand).kind().form());
    }
    return operand.matches("[a-z][0-9]+") ? operand.substring(1) : operand;
  }

  private static String place(
      InstructionModel instruction, String field, Layout.Place place, String value) {
    boolean result = field.equals("rd") && instruction.resultKind().isPresent();
    if (result && instruction.resultKind().get().discard() >= 0) {
      KindModel kind = instruction.resultKind().get();
      value = "((%s) == %d ? %d : (%s))".formatted(value, kind.discard(), kind.sink(), value);
    }
    return "\n          | (long) (%s) << %d".formatted(value, place.shift());
  }
}
