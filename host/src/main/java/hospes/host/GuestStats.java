package hospes.host;

import java.time.Duration;

/// What a guest used so far.
///
/// @param state its state
/// @param instructions executed since power-on
/// @param guestTime since power-on
/// @param cpuTime host time that it had
/// @param memoryBytes size of its memory
/// @param residentBytes host memory that holds it
/// @param ownBytes the part of it that it does not share with other guests
public record GuestStats(
    GuestState state,
    long instructions,
    Duration guestTime,
    Duration cpuTime,
    long memoryBytes,
    long residentBytes,
    long ownBytes) {
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
        closed ? 0 : machine.ownBytes());
  }
}
