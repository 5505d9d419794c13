package hospes.machine;

import java.util.List;

/// Payloads as a kind and bytes, for journals. The kinds' numbers are for ever.
public final class PayloadRecord {
  private static final int BYTES = 1;
  private static final int PACKET = 2;
  private static final int TIME = 3;
  private static final int SEED = 4;
  private static final int SIZE = 5;
  private static final int AMOUNT = 6;
  private static final int PRESSED = 7;
  private static final int DONE = 16;
  private static final int OPENED = 17;
  private static final int CONTENT = 18;
  private static final int FACTS = 19;
  private static final int NAMES = 20;
  private static final int REFUSED = 21;

  private PayloadRecord() {}

  /// The number of a payload's shape.
  public static int kind(Payload payload) {
    return switch (payload) {
      case Payload.Bytes _ -> BYTES;
      case Payload.Packet _ -> PACKET;
      case Payload.Time _ -> TIME;
      case Payload.Seed _ -> SEED;
      case Payload.Size _ -> SIZE;
      case Payload.Amount _ -> AMOUNT;
      case Payload.Pressed _ -> PRESSED;
      case Payload.Answered(Reply reply) ->
          switch (reply) {
            case Reply.Done _ -> DONE;
            case Reply.Opened _ -> OPENED;
            case Reply.Content _ -> CONTENT;
            case Reply.Facts _ -> FACTS;
            case Reply.Names _ -> NAMES;
            case Reply.Refused _ -> REFUSED;
          };
    };
  }

  /// What a payload says.
  public static byte[] bytes(Payload payload) {
    return switch (payload) {
      case Payload.Bytes(byte[] bytes) -> bytes;
      case Payload.Packet(byte[] frame) -> frame;
      case Payload.Seed(byte[] seed) -> seed;
      case Payload.Answered(Reply.Content(byte[] content)) -> content;
      case Payload.Time(long nanoseconds) -> number(nanoseconds);
      case Payload.Amount(long units) -> number(units);
      case Payload.Answered(Reply.Opened(long handle)) -> number(handle);
      case Payload.Size _, Payload.Pressed _, Payload.Answered _ -> written(payload);
    };
  }

  private static byte[] number(long value) {
    RecordWriter out = new RecordWriter();
    out.putLong(value);
    return out.toByteArray();
  }

  private static byte[] written(Payload payload) {
    RecordWriter out = new RecordWriter();
    switch (payload) {
      case Payload.Size(int lines, int columns) -> {
        out.putInt(lines);
        out.putInt(columns);
      }
      case Payload.Answered(Reply.Facts(Reply.Kind kind, long size)) -> {
        out.putInt(kind.ordinal());
        out.putLong(size);
      }
      case Payload.Answered(Reply.Names(List<String> names)) -> {
        out.putInt(names.size());
        names.forEach(out::putString);
      }
      case Payload.Answered(Reply.Refused(Reply.Problem problem, String text)) -> {
        out.putInt(problem.ordinal());
        out.putString(text);
      }
      case Payload.Pressed _,
          Payload.Bytes _,
          Payload.Packet _,
          Payload.Seed _,
          Payload.Time _,
          Payload.Amount _,
          Payload.Answered _ -> {}
    }
    return out.toByteArray();
  }

  /// The payload that has this kind and these bytes.
  ///
  /// @throws SnapshotException where there is none such
  public static Payload of(int kind, byte[] bytes) {
    RecordReader in = new RecordReader(new StateRecord("delivery", 1, bytes));
    Payload payload;
    try {
      payload = read(kind, bytes, in);
    } catch (IllegalArgumentException impossible) {
      throw new SnapshotException("a delivery is damaged: " + impossible.getMessage(), impossible);
    }
    if (!isRaw(kind) && !in.isAtEnd()) {
      throw new SnapshotException("a delivery is damaged: it is longer than it should be");
    }
    return payload;
  }

  private static boolean isRaw(int kind) {
    return kind == BYTES || kind == PACKET || kind == SEED || kind == CONTENT;
  }

  private static Payload read(int kind, byte[] bytes, RecordReader in) {
    return switch (kind) {
      case BYTES -> new Payload.Bytes(bytes);
      case PACKET -> new Payload.Packet(bytes);
      case TIME -> new Payload.Time(in.getLong());
      case SEED -> new Payload.Seed(bytes);
      case SIZE -> new Payload.Size(in.getInt(), in.getInt());
      case AMOUNT -> new Payload.Amount(in.getLong());
      case PRESSED -> new Payload.Pressed();
      case DONE -> new Payload.Answered(new Reply.Done());
      case OPENED -> new Payload.Answered(new Reply.Opened(in.getLong()));
      case CONTENT -> new Payload.Answered(new Reply.Content(bytes));
      case FACTS ->
          new Payload.Answered(new Reply.Facts(in.getEnum(Reply.Kind.class), in.getLong()));
      case NAMES -> {
        String[] names = new String[in.getCount(bytes.length / Integer.BYTES)];
        for (int i = 0; i < names.length; i++) {
          names[i] = in.getString();
        }
        yield new Payload.Answered(new Reply.Names(List.of(names)));
      }
      case REFUSED ->
          new Payload.Answered(new Reply.Refused(in.getEnum(Reply.Problem.class), in.getString()));
      default ->
          throw new SnapshotException(
              "a delivery is of kind %d, which this Hospes does not know".formatted(kind));
    };
  }
}
