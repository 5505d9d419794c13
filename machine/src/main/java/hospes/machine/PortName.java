package hospes.machine;

/// The name of a door of a machine, such as `console` or `net0`. Deliveries come in by it, requests
/// go out by it.
///
/// @param text lower-case letters and digits, a letter first, 32 characters at most
public record PortName(String text) implements Comparable<PortName> {
  /// Where bytes are typed, and what the machine says comes out. Takes [Payload.Bytes], and
  /// [Payload.Size] where its screen has one.
  public static final PortName CONSOLE = new PortName("console");

  /// Where guest time is told: takes [Payload.Time], nanoseconds since power-on.
  public static final PortName CLOCK = new PortName("clock");

  /// Where the time of day is set: takes [Payload.Time], nanoseconds since 1970-01-01 00:00 UTC.
  public static final PortName CALENDAR = new PortName("calendar");

  /// The power button: takes [Payload.Pressed].
  public static final PortName POWER = new PortName("power");

  /// Where a machine is told that it is another one than it was: takes [Payload.Seed].
  public static final PortName IDENTITY = new PortName("identity");

  /// Where a machine is asked to do without memory: takes [Payload.Amount], pages of 4 KiB.
  public static final PortName BALLOON = new PortName("balloon");

  /// Where a machine asks for files of a folder that its user chose; takes [Payload.Answered].
  public static final PortName FILES = new PortName("files");

  private static final int LONGEST = 32;

  /// @throws IllegalArgumentException where that is no name of a port
  public PortName {
    if (!isName(text)) {
      throw new IllegalArgumentException("no port can be named \"%s\"".formatted(text));
    }
  }

  /// Whether a text can name a port.
  public static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && text.charAt(0) >= 'a'
        && text.charAt(0) <= 'z'
        && text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9');
  }

  @Override
  public int compareTo(PortName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
