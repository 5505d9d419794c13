package hospes.guests;

import hospes.guests.facet.GuestMemory;
import hospes.machine.Delivery;
import hospes.machine.Outbox;
import hospes.machine.RecordReader;
import hospes.machine.Snapshot;
import hospes.machine.StateRecord;
import hospes.machine.Stateful;
import hospes.memory.FrameTable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A machine whose state is ranges of frames and records: how such a machine is forked, frozen,
/// saved, restored and reset is written here, once for all.
///
/// Big state lies in frames, so that forks share it and snapshots are read page by page; records
/// stay small.
public abstract class FramedMachine extends MachineLoop implements GuestMemory {
  /// What the machine has asked outwards.
  protected final Outbox outbox;

  private Snapshot powerOn = new Snapshot();

  /// A machine that is at no state yet.
  ///
  /// @param given takes what it asks for
  protected FramedMachine(Resources given) {
    outbox = new Outbox(given.asks());
  }

  /// All parts that have state, but for frames, clock, outbox and how far the run got; always in
  /// the same order.
  protected abstract Stream<? extends Stateful> parts();

  /// A machine of the same make, at no state yet, whose frames are forks of this one's.
  ///
  /// @throws RefusedException where it cannot be built with what it is given
  protected abstract FramedMachine twin(Resources given);

  /// All state, memory included, is another one now: forgets what was derived from the old one. Not
  /// called for forks, which may share what was derived.
  protected void stateReplaced() {}

  @Override
  protected boolean isShortOfMemory() {
    return frames().getFirst().pool().shortage() > 0;
  }

  private Stream<Stateful> all() {
    return Stream.concat(Stream.of(progress(), clock, outbox), parts());
  }

  /// Remembers the state of parts for a [reset][#returnToPowerOn].
  protected final void rememberPowerOn(Stream<? extends Stateful> what) {
    powerOn = new Snapshot();
    what.forEach(part -> powerOn.add(part.toRecord()));
  }

  /// Makes all memory zeros, and gives parts the state that was remembered of them.
  protected final void returnToPowerOn(Stream<? extends Stateful> what) {
    frames().forEach(FrameTable::clear);
    what.forEach(powerOn::restore);
  }

  @Override
  public final HostedMachine fork(Resources given, Identity who) {
    FramedMachine child = twin(given);
    boolean done = false;
    try {
      child.powerOn = powerOn;
      child.goOnLike(this);
      Iterator<StateRecord> state = all().map(Stateful::toRecord).iterator();
      child.all().forEach(part -> part.restore(new RecordReader(state.next())));
      child.outbox.askAgain();
      child.become(who);
      done = true;
      return child;
    } finally {
      if (!done) {
        child.close();
      }
    }
  }

  /// Goes on from a snapshot, on memory that is zeros.
  ///
  /// @return this machine
  /// @throws hospes.machine.SnapshotException where the state is damaged, or of another machine
  protected final HostedMachine continueFrom(Saved state, Identity who) {
    state.memory().fill(frames());
    restoreRecords(state.records());
    outbox.askAgain();
    become(who);
    return this;
  }

  private void become(Identity who) {
    if (who instanceof Identity.Own own) {
      own.timeOfDay().ifPresent(now -> inbox().post(Delivery.timeOfDay(now)));
      inbox().post(Delivery.identity(own.seed()));
      // Takes delivery, so that nothing waits in the inbox of a guest that is paused.
      run(0);
    }
  }

  @Override
  public final Frozen freeze() {
    List<StateRecord> records = new ArrayList<>();
    all().forEach(part -> records.add(part.toRecord()));
    return new Frozen(records, frames().stream().map(FrameTable::fork).toList());
  }

  @Override
  public final void save(Consumer<StateRecord> sink) {
    all().forEach(part -> sink.accept(part.toRecord()));
    FrameRecords.save(frames(), sink);
  }

  @Override
  public final void restore(Snapshot snapshot) {
    FrameRecords.restore(frames(), snapshot);
    restoreRecords(snapshot);
  }

  private void restoreRecords(Snapshot snapshot) {
    all().forEach(snapshot::restore);
    forgetFault();
    stateReplaced();
  }

  @Override
  public <T> Optional<T> facet(Class<T> what) {
    return what.isInstance(this) ? Optional.of(what.cast(this)) : Optional.empty();
  }
}
