package hospes.machine;

/// What a [Delivery] carries, told apart by its shape and never by the device that takes it.
public sealed interface Payload {
  /// A stretch of bytes: what was typed, for example.
  record Bytes(byte[] bytes) implements Payload {}

  /// One frame from a network, whole.
  record Packet(byte[] frame) implements Payload {}

  /// A time in nanoseconds; since when is the port's affair.
  record Time(long nanoseconds) implements Payload {}

  /// Randomness: [Entropy#SEED_BYTES] bytes that an [Entropy] begins anew with.
  record Seed(byte[] bytes) implements Payload {
    /// @throws IllegalArgumentException unless the seed has [Entropy#SEED_BYTES] bytes
    public Seed {
      if (bytes.length != Entropy.SEED_BYTES) {
        throw new IllegalArgumentException(
            "a seed has %d bytes, not %d".formatted(Entropy.SEED_BYTES, bytes.length));
      }
    }
  }

  /// The size of a screen, in characters.
  record Size(int lines, int columns) implements Payload {
    /// Most lines or columns of a screen.
    public static final int MOST = 0xffff;

    /// @throws IllegalArgumentException where a number is not 1 to [#MOST]
    public Size {
      if (lines < 1 || lines > MOST || columns < 1 || columns > MOST) {
        throw new IllegalArgumentException(
            "no screen has %d lines of %d columns".formatted(lines, columns));
      }
    }
  }

  /// So much of something; of what is the port's affair.
  record Amount(long units) implements Payload {}

  /// A button was pressed and let go.
  record Pressed() implements Payload {}

  /// The answer to what the machine [asked][Ask].
  record Answered(Reply reply) implements Payload {}
}
