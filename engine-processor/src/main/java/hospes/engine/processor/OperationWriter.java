package hospes.engine.processor;

import hospes.engine.ListedInstruction;
import hospes.engine.OperandKind.Form;
import hospes.engine.processor.InstructionModel.Parameter;
import hospes.engine.processor.InstructionModel.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes the table from which the translator works.
final class OperationWriter {
  private final ArchitectureModel model;
  private final Set<KindModel> kinds = new LinkedHashSet<>();

  OperationWriter(ArchitectureModel model) {
    this.model = model;
  }

  String write() {
    StringBuilder methods = new StringBuilder();
    StringBuilder calls = new StringBuilder();
    for (ExtensionModel extension : model.extensions()) {
      if (!extension.instructions().isEmpty()) {
        String method = "add" + extension.className();
        calls.append("    %s(table);\n".formatted(method));
        methods.append("\n  private static void %s(OperationTable table) {\n".formatted(method));
        extension.instructions().forEach(found -> methods.append(operation(extension, found)));
        methods.append("  }\n");
      }
    }
    return """
    import hospes.engine.CodeLayout;
    import hospes.engine.translator.Branching;
    import hospes.engine.translator.MixedKind;
    import hospes.engine.translator.Operand;
    import hospes.engine.translator.Operation;
    import hospes.engine.translator.Operation.Effect;
    import hospes.engine.translator.Operation.Result;
    import hospes.engine.translator.OperationTable;
    import hospes.engine.translator.RegisterKind;
    import hospes.engine.translator.RegisterKind.Conversion;
    import java.lang.invoke.MethodHandles;
    import java.util.List;
    import java.util.Optional;
    import java.util.Set;

    /// The %1$s instructions as the translator sees them. Generated from the instruction methods;
    /// not edited by hand.
    final class %2$sOperations {
    %3$s
      private %2$sOperations() {}

      /// All operations.
      static OperationTable table() {
        OperationTable table = new OperationTable(MethodHandles.lookup(), %4$s.class, CodeLayout.%8$s);
        table.interpreter(%2$sInterpreter.class);
    %5$s%6$s    return table;
      }
    %7$s}
    """
        .formatted(
            model.name(),
            model.prefix(),
            kinds.stream().map(OperationWriter::kind).collect(Collectors.joining()),
            model.state(),
            model.locals().stream()
                .map(
                    local ->
                        "    table.local(\"%s\", \"%s\");\n"
                            .formatted(
                                local.name(), local.expression().replaceFirst("^core\\.", "")))
                .collect(Collectors.joining()),
            calls,
            methods,
            switch (model.operands()) {
              case PACKED -> "HALFWORDS";
              case LISTED -> "BYTES";
            });
  }

  private static String kind(KindModel kind) {
    return kind.form() == Form.MIXED ? mixed(kind) : register(kind);
  }

  private static String mixed(KindModel kind) {
    KindModel.Mixed mixed = kind.mixed();
    return """
      private static final MixedKind %s =
          new MixedKind("%s", %d, %d, %d, "%s", "%s");
    """
        .formatted(
            constant(kind),
            kind.file(),
            mixed.first(),
            mixed.last(),
            mixed.memory(),
            mixed.read(),
            mixed.write());
  }

  private static String register(KindModel kind) {
    return """
      private static final RegisterKind %s =
          new RegisterKind(
              "%s",
              %d,
              %d,
              %s,
              %s,
              %s);
    """
        .formatted(
            constant(kind),
            kind.file(),
            kind.discard(),
            kind.sink(),
            conversion(kind.unpack()),
            conversion(kind.pack()),
            optional(kind.touch()));
  }

  private static String constant(KindModel kind) {
    return "KIND_" + InstructionModel.constant(kind.name());
  }

  private static String conversion(String method) {
    if (method.isEmpty()) {
      return "Optional.empty()";
    }
    int dot = method.lastIndexOf('.');
    return "Optional.of(new Conversion(%s.class, \"%s\"))"
        .formatted(method.substring(0, dot), method.substring(dot + 1));
  }

  private static String optional(String text) {
    return text.isEmpty() ? "Optional.empty()" : "Optional.of(\"%s\")".formatted(text);
  }

  private String operation(ExtensionModel extension, InstructionModel instruction) {
    List<String> effects = new ArrayList<>();
    if (instruction.effects().loads()) {
      effects.add("Effect.LOADS");
    }
    if (instruction.effects().stores()) {
      effects.add("Effect.STORES");
    }
    if (instruction.effects().serializes()) {
      effects.add("Effect.SERIALIZES");
    }
    if (instruction.effects().frames()) {
      effects.add("Effect.FRAMES");
    }
    if (instruction.effects().faults()) {
      effects.add("Effect.FAULTS");
    }
    return """
        table.add(
            new Operation(
                %s.%s,
                %s.class,
                "%s",
                %s,
                Result.%s,
                Set.of(%s),
                %s,
                %s,
                List.of(%s)));
    """
        .formatted(
            model.numbers(),
            instruction.constant(),
            extension.className(),
            instruction.call().substring(instruction.call().indexOf('.') + 1),
            optional(extension.guard()),
            instruction.result(),
            String.join(", ", effects),
            instruction
                .resultKind()
                .map(
                    kind ->
                        "Optional.of(%s)"
                            .formatted(place(instruction, kind, ListedInstruction.RESULT)))
                .orElse("Optional.empty()"),
            branching(instruction),
            instruction.parameters().stream()
                .map(parameter -> operand(instruction, parameter))
                .collect(Collectors.joining(", ")));
  }

  private static String branching(InstructionModel instruction) {
    return switch (instruction.result()) {
      case BRANCH, VALUE_BRANCH ->
          switch (instruction.shape()) {
            case Shape.Word _ ->
                "Optional.of(Branching.packed(%s))".formatted(packed(instruction, "offset"));
            case Shape.Listed(ListedInstruction listed) ->
                "Optional.of(Branching.listed(%d))".formatted(listed.branchIndex());
          };
      case NOTHING, VALUE, JUMP, TRAP -> "Optional.empty()";
    };
  }

  private String operand(InstructionModel instruction, Parameter parameter) {
    return switch (parameter) {
      case Parameter.Address _ -> "Operand.address()";
      case Parameter.Following _ -> "Operand.following()";
      case Parameter.LocalVariable local -> "Operand.local(\"%s\")".formatted(local.name());
      case Parameter.Number number ->
          "Operand.index(%s)".formatted(packed(instruction, number.field()));
      case Parameter.Count _ -> "Operand.listed(%d)".formatted(instruction.listed().countIndex());
      case Parameter.Name(String field, KindModel kind) -> {
        kinds.add(kind);
        yield "%s.name(%d)".formatted(constant(kind), instruction.listed().index(field));
      }
      case Parameter.Value value ->
          switch (value.kind().form()) {
            case REGISTER, MIXED -> place(instruction, value.kind(), value.field());
            case SIGNED, UNSIGNED, RELATIVE ->
                "Operand.number(%s)".formatted(packed(instruction, value.field()));
          };
    };
  }

  /// The operand of a kind that stands for what a field names.
  private String place(InstructionModel instruction, KindModel kind, String field) {
    kinds.add(kind);
    return switch (instruction.shape()) {
      case Shape.Word _ -> "%s.at(%s)".formatted(constant(kind), packed(instruction, field));
      case Shape.Listed(ListedInstruction listed) ->
          "%s.at(%d)".formatted(constant(kind), listed.index(field));
    };
  }

  private static String packed(InstructionModel instruction, String field) {
    Layout.Place place = instruction.layout().place(field);
    return "%d, %d".formatted(place.shift(), place.width());
  }
}
