package hospes.engine.processor;

import hospes.engine.CodeLayout;
import hospes.engine.Decoder;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes the interpreter's loop: a switch over packed instructions, with a case for each
/// instruction of the extensions that have their place in the loop, and calls of the other
/// extensions' own switches.
final class InterpreterWriter {
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
                      next = %1$s;
                      break jump;
                    }
                    case Decoder.APART -> {
                      core.apart = true;
                      remaining++;
                      break loop;
                    }
                    case Decoder.TRANSLATED -> {
                      core.pc = %1$s;
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
  private final LoopCases cases;

  InterpreterWriter(ArchitectureModel model) {
    this.model = model;
    this.cases = LoopCases.of(model);
  }

  String write() {
    CodeLayout layout = model.layout();
    return """
    import hospes.engine.CodePage;
    import hospes.engine.Decoder;
    import hospes.machine.TrapException;

    /// Executes decoded $architecture instructions. Generated from the instruction methods; not
    /// edited by hand.
    @SuppressWarnings("LabelledBreakTarget")
    final class $prefixInterpreter {
      private $prefixInterpreter() {}

      /// Executes from `core.pc`, which lies in `page`, until `core.remaining` instructions were
      /// executed, one of them trapped (see `core.trap`), changed how to go on, needs what the loop
      /// does not do (see `core.apart`), or leads to a page that the core does not know.
      static void run($state core, CodePage page) {
    $locals\
        long[] code = page.code;
        short[] heat = page.heat;
    $declarations\
        int threshold = core.threshold;
        long base = core.pc & -4096L;
        int index = $indexOfPc;
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
                  switch ((int) instruction >>> $groupShift & $groupMask) {
    $groups\
                    default -> {
                      break outside;
                    }
                  }
                  index += $length;
                  continue;
                }
    $outside\
              }
    $branch\
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
    $turnOver\
              base = next & -4096L;
            }
            index = $indexOfNext;
            if (++heat[index] == threshold) {
              core.warm(page, next);
            }
          }
        } catch (TrapException trapped) {
          core.trap = trapped.trap();
        }
        core.pc = $here;
        core.remaining = remaining;
      }

    $calls\
    }
    """
        .replace("$architecture", model.name())
        .replace("$prefix", model.prefix())
        .replace("$state", model.state())
        .replace(
            "$locals",
            model.locals().stream()
                .map(
                    local ->
                        "    %s %s = %s;\n"
                            .formatted(local.type(), local.name(), local.expression()))
                .collect(Collectors.joining()))
        .replace("$declarations", cases.declarations().indent(4))
        .replace("$indexOfPc", LoopCases.slot(layout, "core.pc"))
        .replace("$indexOfNext", LoopCases.slot(layout, "next"))
        .replace("$groupShift", Integer.toString(GROUP_LOG2))
        .replace("$groupMask", Integer.toString(Decoder.OPERATION >>> GROUP_LOG2))
        .replace("$groups", groups())
        .replace("$length", cases.length())
        .replace("$outside", cases.outside().indent(12))
        .replace("$branch", cases.branch().indent(10))
        .replace("$turnOver", cases.turnOver().indent(10))
        .replace("$here", cases.here())
        .replace("$calls", calls());
  }

  /// The cases of the loop in groups, a switch for each. HotSpot's first compiler makes a chain of
  /// comparisons of a switch: two short ones are quicker than a long one.
  private String groups() {
    SortedMap<Integer, String> groups = new TreeMap<>();
    groups.put(0, ENGINE_CASES.formatted(cases.here()));
    model.extensions().stream()
        .filter(extension -> !extension.isCalled())
        .flatMap(extension -> extension.instructions().stream())
        .forEach(
            instruction ->
                groups.merge(
                    instruction.operation() >>> GROUP_LOG2, inLoop(instruction), String::concat));
    StringBuilder text = new StringBuilder();
    groups.forEach(
        (number, group) ->
            text.append("                case %d -> {\n".formatted(number))
                .append("                    switch ((int) instruction & Decoder.OPERATION) {\n")
                .append(group.indent(8))
                .append(OTHERS.indent(18)));
    return text.toString();
  }

  private String inLoop(InstructionModel instruction) {
    return "              case %s.%s -> {\n%s              }\n"
        .formatted(model.numbers(), instruction.constant(), cases.inLoop(instruction).indent(16));
  }

  /// The dispatch to the extensions outside the loop; their operations are numbered without gaps.
  private String calls() {
    StringBuilder text = new StringBuilder();
    text.append(
        "  private static boolean call(%s core, %s) {\n".formatted(model.state(), cases.called()));
    for (ExtensionModel extension : model.extensions()) {
      if (extension.isCalled()) {
        text.append(
            """
                if (operation >= %1$s.%2$s && operation <= %1$s.%3$s) {
                  return %4$s.execute(core, %5$s);
                }
            """
                .formatted(
                    model.numbers(),
                    extension.instructions().getFirst().constant(),
                    extension.instructions().getLast().constant(),
                    extension.generatedName(),
                    cases.called().replaceAll("[^,]+ (\\w+)", "$1").replace(",", ", ")));
      }
    }
    text.append("    core.trap = core.illegalInstruction();\n    return true;\n  }\n");
    return text.toString();
  }
}
