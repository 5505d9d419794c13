package hospes.host.guest;

import hospes.engine.EngineSettings;
import hospes.formats.snapshot.DriveReference;
import hospes.formats.snapshot.SnapshotHeader;
import hospes.guests.Description;
import hospes.guests.Description.ConsoleStyle;
import hospes.guests.Frozen;
import hospes.guests.HostedMachine;
import hospes.guests.Identity;
import hospes.guests.Plan;
import hospes.guests.RefusedException;
import hospes.guests.Resources;
import hospes.guests.Saved;
import hospes.guests.facet.GuestMemory;
import hospes.host.DriveException;
import hospes.host.HostException;
import hospes.host.journal.DiskWatch;
import hospes.host.ports.PortRouter;
import hospes.host.snapshot.FrozenMachine;
import hospes.host.snapshot.PlanRecord;
import hospes.host.snapshot.SnapshotFile;
import hospes.host.snapshot.SnapshotFileException;
import hospes.host.snapshot.SnapshotPages;
import hospes.machine.HostLossException;
import hospes.machine.PortName;
import hospes.machine.Snapshot;
import hospes.machine.StateRecord;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import hospes.storage.Drives;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A machine in the hands of the host, with the disks and ports that the host opened for it: what
/// can be done with it as a whole. Belongs to the thread that runs the guest.
public final class GuestMachine implements AutoCloseable {
  private final Plan plan;
  private final Drives drives;
  private final PortRouter ports;
  private final List<DiskWatch> disks;
  private final Resources given;
  private final String name;

  /// What the machine is told of time: also when it is switched on again.
  private final ClockMode clock;

  /// The snapshot from which the plan reads its files, if it does.
  private final Optional<SnapshotFile> source;

  private HostedMachine machine;
  private boolean settling;

  private interface Maker {
    HostedMachine make(Resources given);
  }

  private GuestMachine(
      Plan plan,
      Supplies supplies,
      Drives drives,
      PortRouter ports,
      ClockMode clock,
      Optional<SnapshotFile> source,
      Maker maker) {
    this.plan = plan;
    this.drives = drives;
    this.ports = ports;
    this.clock = clock;
    name = supplies.name();
    this.source = source;
    disks = drives.stores().stream().map(DiskWatch::new).toList();
    given =
        new Resources(
            supplies.pool(),
            supplies.engine(),
            supplies.console(),
            List.copyOf(disks),
            ports,
            Map.of(PlanTree.NAME, new PlanTree(plan)));
    source.ifPresent(SnapshotFile::retain);
    boolean made = false;
    try {
      machine = refusedByHost(() -> maker.make(given));
      made = true;
    } finally {
      if (!made) {
        leave();
      }
    }
  }

  private static HostedMachine refusedByHost(Supplier<HostedMachine> making) {
    try {
      return making.get();
    } catch (RefusedException refused) {
      throw new RefusalException(refused.problem(), refused);
    } catch (HostLossException lost) {
      throw new HostException(String.valueOf(lost.getMessage()), lost);
    }
  }

  private void leave() {
    drives.close();
    ports.close();
    source.ifPresent(SnapshotFile::close);
  }

  /// A machine at power-on.
  ///
  /// @throws HostException where it cannot be built
  public static GuestMachine atPowerOn(Plan plan, Supplies supplies, ClockMode clock) {
    return atPowerOn(plan, supplies, clock, Identities.atPowerOn(supplies.name(), clock));
  }

  /// A machine at power-on whose calendar stands at 1970, by which it can tell that the time is yet
  /// to come.
  ///
  /// @throws HostException where it cannot be built
  public static GuestMachine withoutTime(Plan plan, Supplies supplies) {
    return atPowerOn(plan, supplies, ClockMode.HOST, Identities.withoutTime(supplies.name()));
  }

  private static GuestMachine atPowerOn(
      Plan plan, Supplies supplies, ClockMode clock, Identity.Own who) {
    Drives drives = DriveException.unlessRefused(() -> Drives.open(PlanParts.drives(plan)));
    PortRouter ports;
    try {
      ports = PlanParts.ports(plan);
    } catch (RuntimeException | Error failure) {
      drives.close();
      throw failure;
    }
    return new GuestMachine(
        plan,
        supplies,
        drives,
        ports,
        clock,
        Optional.empty(),
        resources -> plan.kind().build(plan, resources, who));
  }

  /// What a plan leads to without being run.
  ///
  /// @param option an option of the plan's kind whose type is a product
  /// @throws HostException where it cannot be made
  public static byte[] product(Plan plan, String option) {
    Drives drives = DriveException.unlessRefused(() -> Drives.open(PlanParts.drives(plan)));
    try (FramePool pool = FramePool.forOnce()) {
      Resources given =
          new Resources(
              pool,
              EngineSettings.interpreter(),
              dropped -> {},
              drives.stores(),
              (port, request, what) -> {},
              Map.of());
      return plan.kind().product(option, plan, given, Identities.atPowerOn("", ClockMode.VIRTUAL));
    } catch (RefusedException refused) {
      throw new RefusalException(refused.problem(), refused);
    } catch (HostLossException lost) {
      throw new HostException(String.valueOf(lost.getMessage()), lost);
    } finally {
      drives.close();
    }
  }

  /// A machine from a snapshot. Its memory is read when it is needed, so the file is the machine's
  /// from now on.
  ///
  /// @param state the file's records, but for those that hold the plan's files
  /// @param onDamage what to do where a page of it turns out to be damaged, besides ending the
  /// guest
  /// @throws hospes.machine.SnapshotException where a record is missing or damaged
  /// @throws HostException where the machine cannot be built, or its drives are others
  public static GuestMachine restored(
      SnapshotFile file,
      Snapshot state,
      Supplies supplies,
      ClockMode clock,
      IdentityChoice choice,
      Runnable onDamage) {
    Plan plan = SavedPlans.plan(file, state);
    List<DriveReference> then;
    try {
      then = file.drives();
    } catch (SnapshotFileException e) {
      throw new HostException(String.valueOf(e.getMessage()), e);
    }
    Identity who = Identities.ofRestored(supplies.name(), choice);
    GuestMachine restored =
        new GuestMachine(
            plan,
            supplies,
            DriveException.unlessRefused(() -> Drives.restore(PlanParts.drives(plan), then)),
            PlanParts.portsOfCopy(plan),
            clock,
            Optional.of(file),
            resources ->
                plan.kind()
                    .restore(
                        new Saved(
                            plan, state, ranges -> SnapshotPages.fill(ranges, file, onDamage)),
                        resources,
                        who));
    restored.settling = choice == IdentityChoice.OWN;
    restored.requireThatOf(file);
    return restored;
  }

  /// Closes it where the file's header tells of another machine than the file's plan leads to.
  private void requireThatOf(SnapshotFile file) {
    Description is = description();
    try {
      file.requireMachine(plan.kind().name(), is.memoryBytes(), is.processors());
    } catch (SnapshotFileException other) {
      close();
      throw new HostException(String.valueOf(other.getMessage()), other);
    }
  }

  /// A second machine with the same state, independent from now on.
  ///
  /// @throws HostException where this machine cannot be forked
  GuestMachine fork(Supplies supplies, IdentityChoice choice) {
    return new GuestMachine(
        plan,
        supplies,
        DriveException.unlessRefused(drives::fork),
        PlanParts.portsOfCopy(plan),
        clock,
        source,
        resources -> machine.fork(resources, Identities.ofFork(supplies.name(), choice)));
  }

  /// The machine. Another one after [#powerCycle].
  public HostedMachine machine() {
    return machine;
  }

  /// What was wanted.
  Plan plan() {
    return plan;
  }

  /// The other ends of its ports.
  PortRouter ports() {
    return ports;
  }

  /// Its disks, as recordings and replays see them.
  List<DiskWatch> disks() {
    return disks;
  }

  /// What it is.
  Description description() {
    return machine.description();
  }

  /// Its memory, range by range, where that is frames of the host's pool.
  List<FrameTable> frames() {
    return machine.facet(GuestMemory.class).map(GuestMemory::frames).orElse(List.of());
  }

  /// Whether something that is delivered to a port would be taken.
  boolean has(PortName port) {
    return machine.ports().stream().anyMatch(one -> one.name().equals(port));
  }

  /// The files of its disks.
  List<String> drives() {
    return drives.names();
  }

  /// The disks that failed, by name, with the first failure of each.
  Map<String, IOException> driveFailures() {
    return drives.failures();
  }

  /// What becomes of it when it waits for input, and no input will come.
  Outcome.Ending endWithoutInput() {
    return description().console() == ConsoleStyle.SERIAL
        ? new Outcome.Ending.Stuck(
            "it waits for an interrupt, but no timer is set and no input will come")
        : new Outcome.Ending.PoweredOff(0);
  }

  /// Whether it was just told that it is another machine than it was: until it is at rest, it is
  /// not to be disturbed by input, for its clock may be wrong yet.
  boolean isSettling() {
    return settling;
  }

  /// The files that were made to hold what this machine, a fork or restored, writes to its disks.
  /// They go with it, unless they are to be [kept][#keepDrives].
  List<Path> ownDrives() {
    return drives.ownFiles();
  }

  /// Lets the files that were made for this machine stay.
  void keepDrives() {
    drives.keep();
  }

  /// The whole state now. The machine may go on, and be closed, before what is returned is.
  ///
  /// @throws HostException where this machine cannot be saved
  public FrozenMachine freeze() {
    Frozen frozen = machine.freeze();
    boolean done = false;
    try {
      List<StateRecord> planned = PlanRecord.save(plan);
      FrozenMachine all =
          new FrozenMachine(planned, frozen, DriveException.unlessRefused(drives::save));
      done = true;
      return all;
    } catch (HostLossException lost) {
      throw new HostException(String.valueOf(lost.getMessage()), lost);
    } finally {
      if (!done) {
        frozen.close();
      }
    }
  }

  /// The header of a snapshot of a guest of this name.
  public SnapshotHeader header(String guestName) {
    return new SnapshotHeader(
        plan.kind().name(),
        SoftwareVersion.text(),
        description().memoryBytes(),
        description().processors(),
        guestName);
  }

  /// Switches it off and on again.
  void powerCycle() {
    HostedMachine next =
        refusedByHost(() -> plan.kind().build(plan, given, Identities.atPowerOn(name, clock)));
    machine.close();
    machine = next;
    settling = false;
  }

  /// Gives back what it holds.
  @Override
  public void close() {
    machine.close();
    leave();
  }
}
