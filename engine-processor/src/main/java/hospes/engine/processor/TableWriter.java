package hospes.engine.processor;

import hospes.engine.DefinitionException;
import hospes.engine.Encoding;
import hospes.engine.Syntax;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Writes the table of instructions for disassembler, assembler and tests.
final class TableWriter {
  private final ArchitectureModel model;
  private final Map<String, InstructionModel> byMnemonic = new LinkedHashMap<>();
  private final Map<String, Syntax> syntaxes = new HashMap<>();

  TableWriter(ArchitectureModel model) {
    this.model = model;
    model
        .extensions()
        .forEach(
            extension ->
                extension
                    .instructions()
                    .forEach(found -> byMnemonic.put(found.syntax().mnemonic(), found)));
    byMnemonic.forEach((mnemonic, found) -> syntaxes.put(mnemonic, found.syntax()));
    model.extensions().stream()
        .flatMap(extension -> extension.compressed().stream())
        .forEach(found -> syntaxes.put(found.syntax().mnemonic(), found.syntax()));
  }

  String write() {
    StringBuilder methods = new StringBuilder();
    StringBuilder calls = new StringBuilder();
    for (ExtensionModel extension : model.extensions()) {
      String method = "add" + extension.className();
      calls.append("    %s(table);\n".formatted(method));
      methods.append("\n  private static void %s(InstructionTable table) {\n".formatted(method));
      extension.instructions().forEach(found -> methods.append(instruction(extension, found)));
      extension.compressed().forEach(found -> methods.append(compressed(extension, found)));
      extension.aliases().forEach(alias -> methods.append(alias(alias)));
      methods.append("  }\n");
    }
    return """
    import hospes.engine.InstructionDefinition.Operand;
    import hospes.engine.InstructionTable;
    import hospes.engine.OperandKind.Form;
    import hospes.engine.OperandText;
    import java.util.Map;

    /// The table of %s instructions. Generated from the instruction methods; not edited by hand.
    public final class %sInstructions {
    %s
      private %2$sInstructions() {}

      /// All instructions and their aliases.
      public static InstructionTable table() {
        InstructionTable table =
            new InstructionTable("%1$s", new %2$sDecoder(), %2$sInstructions::fieldWidth);
    %4$s    return table;
      }

      private static int fieldWidth(String field) {
        return switch (field) {
    %5$s      default -> throw new IllegalArgumentException("no field " + field);
        };
      }
    %6$s}
    """
        .formatted(
            model.name(),
            model.prefix(),
            texts(),
            calls,
            model.fields().values().stream()
                .filter(field -> field.width() > 0)
                .map(field -> "      case \"%s\" -> %d;\n".formatted(field.name(), field.width()))
                .collect(Collectors.joining()),
            methods);
  }

  private String texts() {
    TreeSet<String> classes = new TreeSet<>();
    model.fields().values().forEach(field -> classes.add(field.kind().text()));
    byMnemonic
        .values()
        .forEach(found -> found.kinds().values().forEach(kind -> classes.add(kind.text())));
    return classes.stream()
        .map(
            name ->
                "  private static final OperandText %s = new %s();\n"
                    .formatted(constant(name), name))
        .collect(Collectors.joining());
  }

  private static String constant(String className) {
    return InstructionModel.constant(className.substring(className.lastIndexOf('.') + 1));
  }

  private String instruction(ExtensionModel extension, InstructionModel instruction) {
    StringBuilder text =
        new StringBuilder(
            add(
                extension,
                instruction.definition(),
                operands(instruction.encoding(), instruction.kinds())));
    instruction.aliases().forEach(alias -> text.append(alias(alias)));
    return text.toString();
  }

  private String alias(String definition) {
    String[] halves = definition.split(" = ", 2);
    if (halves.length != 2) {
      throw new DefinitionException("the alias '%s' lacks '='".formatted(definition));
    }
    String[] target = halves[1].trim().split("\\s+", 2);
    Syntax syntax = syntaxes.get(target[0]);
    if (syntax == null) {
      throw new DefinitionException(
          "the alias '%s' stands for an unknown instruction".formatted(definition));
    }
    if (syntax.match(target[0], target.length == 2 ? target[1] : "").isEmpty()) {
      throw new DefinitionException(
          "the alias '%s' does not write %s as it is written: '%s'"
              .formatted(definition, target[0], syntax.format(field -> field).replace('\t', ' ')));
    }
    return "    table.addAlias(\"%s\");\n".formatted(definition);
  }

  /// A compressed instruction's operands are of the kinds that its expansion gives them.
  private String compressed(ExtensionModel extension, CompressedModel compressed) {
    Map<String, KindModel> kinds = new LinkedHashMap<>();
    InstructionModel target = byMnemonic.get(compressed.target());
    if (target != null) {
      Syntax syntax = target.syntax();
      String[] halves = compressed.expansion().split("\\s+", 2);
      syntax
          .match(halves[0], halves.length == 2 ? halves[1] : "")
          .ifPresent(
              operands ->
                  operands.forEach(
                      (field, own) -> {
                        KindModel kind = target.kinds().get(field);
                        if (kind != null
                            && model.fields().containsKey(own)
                            && kind.form() == model.field(own).kind().form()) {
                          kinds.put(own, kind);
                        }
                      }));
    }
    return add(extension, compressed.definition(), operands(compressed.encoding(), kinds));
  }

  private static String add(ExtensionModel extension, String definition, String operands) {
    return "    table.add(\n        \"%s\",\n        \"%s\",\n        Map.ofEntries(%s));\n"
        .formatted(extension.name(), definition, operands);
  }

  private String operands(Encoding encoding, Map<String, KindModel> kinds) {
    return encoding.fields().keySet().stream()
        .map(
            field -> {
              KindModel kind = kinds.getOrDefault(field, model.field(field).kind());
              return "\n            Map.entry(\"%s\", new Operand(Form.%s, %s, %d))"
                  .formatted(
                      field, kind.form(), constant(kind.text()), model.field(field).offset());
            })
        .collect(Collectors.joining(","));
  }
}
