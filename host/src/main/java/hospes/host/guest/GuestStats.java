package hospes.host.guest;

import hospes.guests.facet.GuestMemory;
import hospes.memory.FramePool;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a guest used so far.
///
/// @param state its state
/// @param instructions executed since power-on
/// @param guestTime since power-on
/// @param cpuTime host time that it had
/// @param memoryBytes size of its memory
/// @param residentBytes host memory that holds it
/// @param ownBytes the part of it that it does not share with other guests
/// @param balloonBytes the part that it gave up for its host; empty where it has no balloon
public record GuestStats(
    GuestState state,
    long instructions,
    Duration guestTime,
    Duration cpuTime,
    long memoryBytes,
    long residentBytes,
    long ownBytes,
    OptionalLong balloonBytes) {
  /// Of a guest.
  ///
  /// @param closed whether its memory was given back
  static GuestStats of(
      GuestState state,
      GuestMachine machine,
      OptionalInt balloonPages,
      Duration cpuTime,
      boolean closed) {
    Optional<GuestMemory> memory = machine.machine().facet(GuestMemory.class);
    return new GuestStats(
        state,
        machine.machine().instructions(),
        Duration.ofNanos(machine.machine().nanoseconds()),
        cpuTime,
        machine.description().memoryBytes(),
        closed ? 0 : memory.map(GuestMemory::residentBytes).orElse(0L),
        closed ? 0 : memory.map(GuestMemory::ownBytes).orElse(0L),
        closed ? OptionalLong.empty() : balloonBytes(balloonPages));
  }

  private static OptionalLong balloonBytes(OptionalInt pages) {
    return pages.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of((long) pages.getAsInt() * FramePool.FRAME_SIZE);
  }
}
