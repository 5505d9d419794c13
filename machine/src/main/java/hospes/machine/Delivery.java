package hospes.machine;

/// Something from the outside world, on its way to a port of a machine.
///
/// @param to the port
/// @param request what it answers: the ticket of an [Ask]; [#UNASKED] for what nobody asked for
/// @param what what arrives
public record Delivery(PortName to, long request, Payload what) {
  /// The ticket of what nobody asked for.
  public static final long UNASKED = 0;

  /// Something that nobody asked for.
  public static Delivery of(PortName to, Payload what) {
    return new Delivery(to, UNASKED, what);
  }

  /// Bytes typed at the console.
  public static Delivery typed(byte[] bytes) {
    return of(PortName.CONSOLE, new Payload.Bytes(bytes));
  }

  /// The console's screen has this size now.
  public static Delivery screen(int lines, int columns) {
    return of(PortName.CONSOLE, new Payload.Size(lines, columns));
  }

  /// It is so many nanoseconds of guest time now; a time that already passed has no effect.
  public static Delivery clock(long nanoseconds) {
    return of(PortName.CLOCK, new Payload.Time(nanoseconds));
  }

  /// It is so many nanoseconds since 1970-01-01 00:00 UTC now, whatever the machine's real-time
  /// clock says: it was off for a while, like any computer whose clock ran on.
  public static Delivery timeOfDay(long nanoseconds) {
    return of(PortName.CALENDAR, new Payload.Time(nanoseconds));
  }

  /// The user pressed the power button. A machine in which nobody listens to it is off at once.
  public static Delivery powerButton() {
    return of(PortName.POWER, new Payload.Pressed());
  }

  /// The machine is not the one any more that it was forked or restored from: it shall not have the
  /// same randomness.
  ///
  /// @param seed of the machine's [Entropy] from now on: [Entropy#SEED_BYTES] bytes
  public static Delivery identity(byte[] seed) {
    return of(PortName.IDENTITY, new Payload.Seed(seed));
  }

  /// The host asks the guest to do without so many pages of 4 KiB of its memory in all.
  public static Delivery balloon(long pages) {
    return of(PortName.BALLOON, new Payload.Amount(pages));
  }

  /// What became of what the machine asked for.
  public static Delivery answer(PortName to, long request, Reply reply) {
    return new Delivery(to, request, new Payload.Answered(reply));
  }
}
