package hospes.host.guest;

import hospes.guests.facet.Balloon;
import hospes.host.HostException;
import hospes.host.memory.Tenant;
import hospes.machine.Delivery;
import hospes.machine.PortName;
import hospes.memory.FramePool;
import hospes.memory.FrameTable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;

/// A guest and its memory, for those who look after the memory of all.
final class GuestTenancy implements Tenant {
  private final Guest guest;
  private final GuestMachine machine;

  // Pages that its balloon is to hold; the thread's that runs it.

  private long wantedByHost;
  private long wantedByUser;

  GuestTenancy(Guest guest, GuestMachine machine) {
    this.guest = guest;
    this.machine = machine;
  }

  @Override
  public String name() {
    return guest.name();
  }

  @Override
  public boolean hasEnded() {
    return guest.state() == GuestState.STOPPED;
  }

  @Override
  public List<FrameTable> frames() {
    return machine.frames();
  }

  @Override
  public CompletableFuture<Optional<Integer>> afterItsEnd(
      int range, ToIntFunction<FrameTable> action) {
    return guest.request(
        () ->
            guest.isClosed()
                ? Optional.<Integer>empty()
                : Optional.of(action.applyAsInt(frames().get(range))));
  }

  /// Not where the guest's run is to repeat exactly: it would not.
  @Override
  public void setBalloon(long pages) {
    if (guest.treatment().policy().clock() == ClockMode.HOST && machine.has(PortName.BALLOON)) {
      guest.request(
          () -> {
            wantedByHost = pages;
            if (guest.state() == GuestState.RUNNING) {
              ask();
            }
            return true;
          });
    }
  }

  /// Has it do with a part of its memory; on its owner's thread.
  ///
  /// @throws HostException where it cannot be asked
  void limit(long bytes) {
    long whole = machine.description().memoryBytes();
    if (bytes < FramePool.FRAME_SIZE || bytes > whole) {
      throw new HostException(
          "guest %s has %d bytes of memory: it can be asked to do with %d to %d, not %d"
              .formatted(guest.name(), whole, FramePool.FRAME_SIZE, whole, bytes));
    }
    if (guest.treatment().policy().clock() != ClockMode.HOST) {
      throw new HostException(
          "guest %s runs on virtual time, and repeats exactly: nothing is asked of it"
              .formatted(guest.name()));
    }
    if (pages().isEmpty()) {
      throw new NoBalloonException(guest.name());
    }
    wantedByUser = (whole - bytes) / FramePool.FRAME_SIZE;
    ask();
  }

  /// Pages that it gave up; empty where none can be asked for.
  OptionalInt pages() {
    return machine
        .machine()
        .facet(Balloon.class)
        .map(Balloon::balloonPages)
        .orElse(OptionalInt.empty());
  }

  private void ask() {
    machine.machine().inbox().post(Delivery.balloon(Math.max(wantedByHost, wantedByUser)));
  }

  @Override
  public void halt(String reason) {
    guest.halt(reason);
  }

  @Override
  public void endHalt() {
    guest.endHalt();
  }

  @Override
  public void wake() {
    guest.wake();
  }
}
