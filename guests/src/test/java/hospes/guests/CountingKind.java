package hospes.guests;

import java.util.List;
import java.util.Optional;

/// A kind with an option of each sort that a [Plan] tells apart.
final class CountingKind implements MachineKind {
  @Override
  public String name() {
    return "counting";
  }

  @Override
  public String title() {
    return "a machine that counts";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        OptionSpec.of("speed", new OptionSpec.Type.Text(), "SPEED", "How fast.").otherwise("slow"),
        OptionSpec.of("note", new OptionSpec.Type.Text(), "TEXT", "Anything."),
        OptionSpec.of("most", new OptionSpec.Type.Number(0, 100), "N", "How far."),
        OptionSpec.of("program", new OptionSpec.Type.File(), "FILE", "What to count."));
  }

  @Override
  public Optional<Claim> recognise(Start start) {
    return Optional.empty();
  }

  @Override
  public HostedMachine build(Plan plan, Resources given, Identity.Own who) {
    throw new RefusedException(Problem.of("it is never built"));
  }

  @Override
  public HostedMachine restore(Saved state, Resources given, Identity who) {
    throw new RefusedException(Problem.of("it is never restored"));
  }
}
