package hospes.host;

import hospes.memory.FramePool;
import java.time.Duration;
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
  static GuestStats of(GuestState state, GuestMachine machine, Duration cpuTime, boolean closed) {
    return new GuestStats(
        state,
        machine.machine().instructions(),
        Duration.ofNanos(machine.machine().nanoseconds()),
        cpuTime,
        machine.description().memoryBytes(),
        closed ? 0 : machine.residentBytes(),
        closed ? 0 : machine.ownBytes(),
        closed ? OptionalLong.empty() : balloonBytes(machine));
  }

  private static OptionalLong balloonBytes(GuestMachine machine) {
    OptionalInt pages = machine.balloonPages();
    return pages.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of((long) pages.getAsInt() * FramePool.FRAME_SIZE);
  }
}
