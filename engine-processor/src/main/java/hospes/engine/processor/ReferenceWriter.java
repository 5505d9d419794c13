package hospes.engine.processor;

import hospes.engine.Encoding;
import hospes.engine.OperandKind.Form;
import hospes.engine.Syntax;
import hospes.engine.processor.ArchitectureModel.FieldModel;
import hospes.engine.processor.InstructionModel.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes the reference page: what the fields of instruction words mean, and every instruction with
/// its text, its encoding and its comment.
final class ReferenceWriter {
  private static final String WORDS =
      """
      Encodings are written from the most significant bit: `0` and `1` are fixed bits, `-` is
      ignored, and a name is a field. `imm[11:5]` is a part of the field `imm`, from its bit 11
      to its bit 5, and `imm[4|9:6]` is several parts. `rd!=0` is a field that is not 0.
      A field in braces is a suffix of the mnemonic.
      """;

  private static final String LISTS =
      """
      An encoding is the form by which the operands are encoded, the number of the instruction, and
      the versions that have it (`v5`: from 5 on). `-> rd` is where the result goes, which the
      instruction names, `?offset` a branch that it may take, `text` a string that stands in it.
      """;

  private final ArchitectureModel model;

  ReferenceWriter(ArchitectureModel model) {
    this.model = model;
  }

  private String introduction() {
    int instructions = model.extensions().stream().mapToInt(e -> e.instructions().size()).sum();
    int compressed = model.extensions().stream().mapToInt(e -> e.compressed().size()).sum();
    return """
    # Instructions of %s

    %d instructions%s. This page is written by the build, from the
    instruction methods themselves; see [adding an instruction](../adding-an-instruction.md).

    """
        .formatted(
            model.name(),
            instructions,
            compressed == 0 ? "" : " and %d short encodings".formatted(compressed));
  }

  String write() {
    StringBuilder page =
        new StringBuilder(
                switch (model.operands()) {
                  case PACKED -> WORDS;
                  case LISTED -> LISTS;
                })
            .append('\n');
    page.insert(0, introduction());
    model
        .extensions()
        .forEach(
            extension ->
                page.append(
                    "- [%s](#%s)\n".formatted(heading(extension), anchor(heading(extension)))));
    page.append("\n## Operands\n\n| field | kind | meaning |\n|---|---|---|\n");
    operands().forEach(page::append);
    model.extensions().forEach(extension -> page.append(section(extension)));
    return page.toString();
  }

  /// A row for the fields of each kind, then one for each kind that only instructions name.
  private List<String> operands() {
    Map<String, List<FieldModel>> byMeaning = new LinkedHashMap<>();
    for (FieldModel field : model.fields().values()) {
      byMeaning
          .computeIfAbsent(field.kind().name() + field.offset(), key -> new ArrayList<>())
          .add(field);
    }
    List<String> rows = new ArrayList<>();
    Map<String, KindModel> others = new TreeMap<>();
    for (ExtensionModel extension : model.extensions()) {
      for (InstructionModel instruction : extension.instructions()) {
        instruction.kinds().values().forEach(kind -> others.put(kind.name(), kind));
      }
    }
    for (List<FieldModel> fields : byMeaning.values()) {
      FieldModel first = fields.getFirst();
      others.remove(first.kind().name());
      rows.add(
          operandRow(
              fields.stream()
                  .map(field -> "`" + field.name() + "`")
                  .collect(Collectors.joining(", ")),
              first.kind(),
              first.offset() == 0
                  ? ""
                  : " The field holds its number less %d.".formatted(first.offset())));
    }
    others.values().forEach(kind -> rows.add(operandRow("where said", kind, "")));
    return rows;
  }

  private static String operandRow(String fields, KindModel kind, String remark) {
    return "| %s | %s | %s%s |\n"
        .formatted(fields, kind.name(), cell(firstSentence(kind.documentation())), remark);
  }

  private static String heading(ExtensionModel extension) {
    String sentence = firstSentence(extension.documentation());
    return extension.name() + ": " + sentence.replaceFirst("\\.$", "");
  }

  /// The anchor that GitHub makes of a heading.
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{Alnum} _-]", "").replace(' ', '-');
  }

  private String section(ExtensionModel extension) {
    StringBuilder text = new StringBuilder("\n## %s\n\n".formatted(heading(extension)));
    String more = rest(extension.documentation());
    if (!more.isEmpty()) {
      text.append(more).append("\n\n");
    }
    if (!extension.instructions().isEmpty()) {
      text.append("| instruction | encoding | meaning |\n|---|---|---|\n");
      extension.instructions().forEach(instruction -> text.append(row(instruction)));
    }
    if (!extension.compressed().isEmpty()) {
      text.append("| instruction | encoding | short for |\n|---|---|---|\n");
      for (CompressedModel compressed : extension.compressed()) {
        String[] halves = compressed.definition().split(" : |=>");
        text.append(
            "| `%s` | `%s` | `%s` |\n"
                .formatted(halves[0].trim(), cell(halves[1].trim()), halves[2].trim()));
      }
    }
    return text.toString();
  }

  private String row(InstructionModel instruction) {
    String[] halves = instruction.definition().split(" : ", 2);
    List<String> meaning = new ArrayList<>();
    String documentation = flat(instruction.documentation());
    if (!documentation.isEmpty()) {
      meaning.add(documentation);
    }
    Map<String, List<String>> registers = new LinkedHashMap<>();
    List<String> operands =
        switch (instruction.shape()) {
          case Shape.Word(Syntax syntax, Encoding _, Layout _) -> syntax.operands();
          case Shape.Listed _ -> List.of();
        };
    for (String field : operands) {
      KindModel kind = instruction.kinds().get(field);
      if (kind != null && kind.form() == Form.REGISTER && !kind.equals(model.field(field).kind())) {
        registers.computeIfAbsent(kind.name(), key -> new ArrayList<>()).add("`" + field + "`");
      }
    }
    registers.forEach(
        (kind, fields) -> meaning.add("Kind %s: %s.".formatted(kind, String.join(", ", fields))));
    if (!instruction.aliases().isEmpty()) {
      meaning.add(
          instruction.aliases().stream()
              .map(alias -> "`" + alias.split(" = ")[0].trim() + "`")
              .distinct()
              .collect(Collectors.joining(", ", "Also ", ".")));
    }
    return "| `%s` | `%s` | %s |\n"
        .formatted(halves[0].trim(), cell(halves[1].trim()), cell(String.join(" ", meaning)));
  }

  private static String cell(String code) {
    return code.replace("|", "\\|");
  }

  private static String flat(String documentation) {
    return documentation.replaceAll("\\s+", " ").trim();
  }

  private static String firstSentence(String documentation) {
    String flat = flat(documentation);
    int end = flat.indexOf(". ");
    return end < 0 ? flat : flat.substring(0, end + 1);
  }

  private static String rest(String documentation) {
    return flat(documentation).substring(firstSentence(documentation).length()).trim();
  }
}
