package hospes.machine;

/// Questions in records: a kind, and what the question says.
final class AskRecord {
  private AskRecord() {}

  static void save(RecordWriter out, Ask ask) {
    switch (ask) {
      case Ask.Open(String path, Ask.Opening how) -> {
        begin(out, 1, path);
        out.putInt(how.ordinal());
      }
      case Ask.ReadAt(String path, long position, int length) -> {
        begin(out, 2, path);
        out.putLong(position);
        out.putInt(length);
      }
      case Ask.WriteAt(String path, long position, byte[] bytes) -> {
        begin(out, 3, path);
        out.putLong(position);
        out.putBlock(bytes);
      }
      case Ask.Replace(String path, byte[] content) -> {
        begin(out, 4, path);
        out.putBlock(content);
      }
      case Ask.Stat(String path) -> begin(out, 5, path);
      case Ask.List(String path) -> begin(out, 6, path);
      case Ask.Remove(String path) -> begin(out, 7, path);
      case Ask.Rename(String from, String to) -> {
        begin(out, 8, from);
        out.putString(to);
      }
      case Ask.Lock(String path, long position, long length, Ask.LockMode mode) -> {
        begin(out, 9, path);
        out.putLong(position);
        out.putLong(length);
        out.putInt(mode.ordinal());
      }
      case Ask.Line(String prompt) -> begin(out, 10, prompt);
      case Ask.Packet(byte[] frame) -> {
        out.putInt(11);
        out.putBlock(frame);
      }
      case Ask.Picture(int width, int height, byte[] pixels) -> {
        out.putInt(12);
        out.putInt(width);
        out.putInt(height);
        out.putBlock(pixels);
      }
    }
  }

  private static void begin(RecordWriter out, int kind, String text) {
    out.putInt(kind);
    out.putString(text);
  }

  static Ask restore(RecordReader in) {
    int kind = in.getInt();
    return switch (kind) {
      case 1 -> new Ask.Open(in.getString(), in.getEnum(Ask.Opening.class));
      case 2 -> new Ask.ReadAt(in.getString(), in.getLong(), in.getInt());
      case 3 -> new Ask.WriteAt(in.getString(), in.getLong(), in.getBlock());
      case 4 -> new Ask.Replace(in.getString(), in.getBlock());
      case 5 -> new Ask.Stat(in.getString());
      case 6 -> new Ask.List(in.getString());
      case 7 -> new Ask.Remove(in.getString());
      case 8 -> new Ask.Rename(in.getString(), in.getString());
      case 9 ->
          new Ask.Lock(in.getString(), in.getLong(), in.getLong(), in.getEnum(Ask.LockMode.class));
      case 10 -> new Ask.Line(in.getString());
      case 11 -> new Ask.Packet(in.getBlock());
      case 12 -> new Ask.Picture(in.getInt(), in.getInt(), in.getBlock());
      default -> throw new SnapshotException("a record is damaged: no question is of kind " + kind);
    };
  }
}
