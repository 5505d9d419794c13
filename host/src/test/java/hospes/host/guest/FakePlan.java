package hospes.host.guest;

import hospes.host.HostException;
import hospes.host.schedule.CpuShare;
import hospes.host.snapshot.FrozenMachine;
import hospes.machine.Machine;
import hospes.machine.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Plans a guest that is a [FakeMachine].
///
/// @param open counts the machines that were not closed
record FakePlan(String name, long work, long timerPeriod, RunPolicy policy, AtomicInteger open)
    implements GuestPlan {
  /// A guest that idles at once, and wakes for input alone.
  static FakePlan shell(String name) {
    return new FakePlan(
        name, 1000, Long.MAX_VALUE, RunPolicy.unlimited(ClockMode.HOST), new AtomicInteger());
  }

  /// A guest that never idles.
  static FakePlan spinner(String name) {
    return new FakePlan(
        name,
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        RunPolicy.unlimited(ClockMode.HOST),
        new AtomicInteger());
  }

  FakePlan with(RunPolicy newPolicy) {
    return new FakePlan(name, work, timerPeriod, newPolicy, open);
  }

  @Override
  public GuestSettings settings() {
    return new GuestSettings(GuestName.chosen(name), policy, CpuShare.DEFAULT, Optional.empty());
  }

  @Override
  public MachineFactory machines() {
    return Fake::new;
  }

  private final class Fake implements GuestMachine {
    private final MachineWiring wiring;
    private FakeMachine machine;

    Fake(MachineWiring wiring) {
      this.wiring = wiring;
      machine = new FakeMachine(wiring.console(), work, timerPeriod);
      open.incrementAndGet();
    }

    @Override
    public Machine machine() {
      return machine;
    }

    @Override
    public MachineDescription description() {
      return new MachineDescription("fake", 1, 4096, List.of());
    }

    @Override
    public long residentBytes() {
      return 0;
    }

    @Override
    public GuestMachine fork(MachineWiring forkWiring, ForkIdentity identity) {
      Fake fork = new Fake(forkWiring);
      fork.machine.restore(Snapshot.of(machine));
      return fork;
    }

    @Override
    public FrozenMachine freeze() {
      throw new HostException("a fake is not saved");
    }

    @Override
    public void powerCycle() {
      machine = new FakeMachine(wiring.console(), work, timerPeriod);
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }
}
