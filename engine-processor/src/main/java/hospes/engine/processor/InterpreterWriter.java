package hospes.engine.processor;

import hospes.engine.Decoder;
import hospes.engine.OperandKind.Form;
import hospes.engine.processor.InstructionModel.Parameter;
import hospes.engine.processor.InstructionModel.Result;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes the interpreter's loop: a switch over packed instructions, with a case for each
/// instruction of the extensions that have their place in the loop, and calls of the other
/// extensions' own switches.
final class InterpreterWriter {
  private static final String HERE = "base + 2L * index";

  /// Log2 of how many operations have their cases in one switch.
  private static final int GROUP_LOG2 = 3;

  /// What is no guest's instruction.
  private static final String ENGINE_CASES =
      """
                    case Decoder.UNDECODED -> {
                      remaining++;
                      page.decode(index);
                      continue;
                    }
                    case Decoder.END_OF_PAGE -> {
                      remaining++;
                      next = base + 2L * index;
                      break jump;
                    }
                    case Decoder.STRADDLING -> {
                      core.straddles = true;
                      remaining++;
                      break loop;
                    }
                    case Decoder.TRANSLATED -> {
                      core.pc = base + 2L * index;
                      core.remaining = remaining + 1;
                      if (!page.runRegions(core, index)) {
                        remaining++;
                        code = page.plain();
                        continue;
                      }
                      if (core.trap != null) {
                        return;
                      }
                      remaining = core.remaining;
                      next = core.pc;
                      break jump;
                    }
      """;

  /// The end of a group.
  private static final String OTHERS =
      """
          default -> {
            break outside;
          }
        }
      }
      """;

  private final ArchitectureModel model;

  InterpreterWriter(ArchitectureModel model) {
    this.model = model;
  }

  String write() {
    return """
    import hospes.engine.CodePage;
    import hospes.engine.Decoder;
    import hospes.machine.TrapException;

    /// Executes decoded %1$s instructions. Generated from the instruction methods; not edited by
    /// hand.
    @SuppressWarnings("LabelledBreakTarget")
    final class %2$sInterpreter {
      private %2$sInterpreter() {}

      /// Executes from `core.pc`, which lies in `page`, until `core.remaining` instructions were
      /// executed, one of them trapped (see `core.trap`), changed how to go on, needs what the loop
      /// does not do (see `core.straddles`), or leads to a page that the core does not know.
      static void run(%3$s core, CodePage page) {
    %4$s\
        long[] code = page.code;
        short[] heat = page.heat;
        int threshold = core.threshold;
        long base = core.pc & -4096L;
        int index = (int) (core.pc - base) >>> 1;
        int remaining = core.remaining;
        if (++heat[index] == threshold) {
          core.warm(page, core.pc);
        }
        try {
          loop:
          while (remaining > 0) {
            remaining--;
            long instruction = code[index];
            long next;
            jump: {
              branch: {
                outside: {
                  switch ((int) instruction >>> %7$d & %8$d) {
    %5$s\
                    default -> {
                      break outside;
                    }
                  }
                  index += (int) (instruction >>> 9) & 3;
                  continue;
                }
                core.pc = base + 2L * index;
                core.nextPc = core.pc + (instruction >>> 8 & 6);
                core.remaining = remaining;
                if (call(core, (int) instruction & Decoder.OPERATION, instruction)) {
                  if (core.trap == null) {
                    core.pc = core.nextPc;
                  }
                  return;
                }
                remaining = core.remaining;
                index += (int) (instruction >>> 9) & 3;
                continue;
              }
              index += (int) (instruction >> 33);
              if ((index & -2048) == 0) {
                if ((int) (instruction >> 33) < 0 && ++heat[index] == threshold) {
                  core.warm(page, base + 2L * index);
                }
                continue;
              }
              next = base + 2L * index;
            }
            if ((next & -4096L) != base) {
              CodePage target = core.cachedPage(next);
              if (target == null) {
                core.pc = next;
                core.remaining = remaining;
                return;
              }
              page = target;
              code = target.code;
              heat = target.heat;
              base = next & -4096L;
            }
            index = (int) (next - base) >>> 1;
            if (++heat[index] == threshold) {
              core.warm(page, next);
            }
          }
        } catch (TrapException trapped) {
          core.trap = trapped.trap();
        }
        core.pc = base + 2L * index;
        core.remaining = remaining;
      }

    %6$s\
    }
    """
        .formatted(
            model.name(),
            model.prefix(),
            model.state(),
            model.locals().stream()
                .map(
                    local ->
                        "    %s %s = %s;\n"
                            .formatted(local.type(), local.name(), local.expression()))
                .collect(Collectors.joining()),
            groups(),
            calls(),
            GROUP_LOG2,
            Decoder.OPERATION >>> GROUP_LOG2);
  }

  /// The cases of the loop in groups, a switch for each. HotSpot's first compiler makes a chain of
  /// comparisons of a switch: two short ones are quicker than a long one.
  private String groups() {
    SortedMap<Integer, String> groups = new TreeMap<>();
    groups.put(0, ENGINE_CASES);
    model.extensions().stream()
        .filter(extension -> !extension.isCalled())
        .flatMap(extension -> extension.instructions().stream())
        .forEach(
            instruction ->
                groups.merge(
                    instruction.operation() >>> GROUP_LOG2, inLoop(instruction), String::concat));
    StringBuilder text = new StringBuilder();
    groups.forEach(
        (number, cases) ->
            text.append("                case %d -> {\n".formatted(number))
                .append("                    switch ((int) instruction & Decoder.OPERATION) {\n")
                .append(cases.indent(8))
                .append(OTHERS.indent(18)));
    return text.toString();
  }

  /// The dispatch to the extensions outside the loop; their operations are numbered without gaps.
  private String calls() {
    StringBuilder text = new StringBuilder();
    text.append(
        "  private static boolean call(%s core, int operation, long instruction) {\n"
            .formatted(model.state()));
    for (ExtensionModel extension : model.extensions()) {
      if (extension.isCalled()) {
        text.append(
            """
                if (operation >= %1$sDecoder.%2$s && operation <= %1$sDecoder.%3$s) {
                  return %4$s.execute(core, operation, instruction);
                }
            """
                .formatted(
                    model.prefix(),
                    extension.instructions().getFirst().constant(),
                    extension.instructions().getLast().constant(),
                    extension.generatedName()));
      }
    }
    text.append("    core.trap = core.illegalInstruction();\n    return true;\n  }\n");
    return text.toString();
  }

  private static boolean isRegister(Parameter parameter) {
    return parameter instanceof Parameter.Value value && value.kind().form() == Form.REGISTER;
  }

  private String inLoop(InstructionModel instruction) {
    String value = Expressions.spliced(instruction, HERE);
    StringBuilder body = new StringBuilder();
    if (instruction.effects().loads() || instruction.effects().stores()) {
      body.append("core.remaining = remaining;\n");
    }
    switch (instruction.result()) {
      case BRANCH -> body.append("if (%s) {\n  break branch;\n}\n".formatted(value));
      case JUMP -> {
        body.append("next = ").append(value).append(";\n");
        if (instruction.parameters().stream().anyMatch(InterpreterWriter::isRegister)) {
          body.append("core.jumped(index, next);\n");
        }
        if (instruction.resultKind().isPresent()) {
          body.append(Expressions.store(instruction, HERE + " + (instruction >>> 8 & 6)"))
              .append(";\n");
        }
        body.append("break jump;\n");
      }
      case NOTHING, VALUE -> {
        body.append(
                instruction.result() == Result.VALUE
                    ? Expressions.store(instruction, value)
                    : value)
            .append(";\n");
        if (instruction.effects().stores()) {
          // A device may have asked for the loop to be left (Core.leave).
          body.append("remaining = core.remaining;\n");
        }
      }
      case TRAP -> throw new IllegalStateException("not in the loop: " + instruction.call());
    }
    return "              case %sDecoder.%s -> {\n%s              }\n"
        .formatted(model.prefix(), instruction.constant(), body.toString().indent(16));
  }
}
