package hospes.testkit.toy;

import hospes.guests.Claim;
import hospes.guests.Claim.Certainty;
import hospes.guests.HostedMachine;
import hospes.guests.Identity;
import hospes.guests.MachineKind;
import hospes.guests.OptionSpec;
import hospes.guests.OptionSpec.Type;
import hospes.guests.Plan;
import hospes.guests.Problem;
import hospes.guests.RefusedException;
import hospes.guests.Resources;
import hospes.guests.Saved;
import hospes.guests.Start;
import hospes.guests.Value;
import hospes.machine.Content;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// The toy as a kind of machine. Nothing outside this package and tests names it.
public final class ToyKind implements MachineKind {
  static final String PROGRAM = "program";
  static final String PAGES = "pages";
  static final String DEAF = "deaf";

  private static final int MOST_PAGES = 16;

  private final AtomicInteger open = new AtomicInteger();

  /// The kind.
  public ToyKind() {}

  /// Machines of this very kind that were not closed, so that a test can see what is left behind.
  public int open() {
    return open.get();
  }

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public String title() {
    return "a toy machine";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        OptionSpec.of(PROGRAM, new Type.File(), "FILE", "The toy's program."),
        OptionSpec.of(
                PAGES,
                new Type.Number(1, MOST_PAGES),
                "N",
                "Memory of a toy, in pages of 4 KiB; 1 to %d.".formatted(MOST_PAGES))
            .otherwise("1"),
        OptionSpec.flag(DEAF, "Have a toy not listen to its power button."));
  }

  @Override
  public Optional<Claim> recognise(Start start) {
    Content content = start.content();
    if (!ToySpec.isProgram(content.first(ToySpec.MAGIC.length))) {
      return Optional.empty();
    }
    return Optional.of(
        content.size() == ToySpec.MAGIC.length
            ? new Claim.Unusable(
                Certainty.CERTAIN, Problem.of("is a toy program without an instruction"))
            : new Claim.Startable(
                Certainty.CERTAIN,
                "a program for a toy machine",
                Map.of(PROGRAM, List.of(new Value.File(start.name(), content)))));
  }

  @Override
  public HostedMachine build(Plan plan, Resources given, Identity.Own who) {
    return ToyMachine.begin(ToySpec.of(plan), given, who, open);
  }

  @Override
  public HostedMachine restore(Saved state, Resources given, Identity who) {
    return ToyMachine.goOn(ToySpec.of(state.plan()), state, given, who, open);
  }

  @Override
  public Map<String, String> facts(Start start) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("kind", "a program for a toy machine");
    facts.put("code", "%d bytes".formatted(start.content().size() - ToySpec.MAGIC.length));
    return facts;
  }

  @Override
  public void disassemble(Start start, DisassemblyStyle style, Appendable out) throws IOException {
    byte[] file = start.content().bytes();
    if (!ToySpec.isProgram(file)) {
      throw new RefusedException(Problem.of("%s is no toy program".formatted(start.name())));
    }
    ToyText.write(file, ToySpec.MAGIC.length, out);
  }
}
