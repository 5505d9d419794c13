package hospes.conformance.lockstep;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where the parts of a hart lie in its record.
///
/// @param name what reports call it
/// @param offset in bytes
/// @param size in bytes
record HartField(String name, int offset, int size) {
  private static final List<HartField> ALL = layout();

  /// The program counter.
  static final HartField PC = named("pc");

  private static List<HartField> layout() {
    List<HartField> fields = new ArrayList<>();
    for (int i = 1; i < 32; i++) {
      add(fields, "x" + i, Long.BYTES);
    }
    for (int i = 0; i < 32; i++) {
      add(fields, "f" + i, Long.BYTES);
    }
    for (String name :
        List.of("pc", "status", "satp", "reservation", "timer deadline", "instructions")) {
      add(fields, name, Long.BYTES);
    }
    for (String name : List.of("mode", "fflags", "frm")) {
      add(fields, name, Integer.BYTES);
    }
    return fields;
  }

  private static void add(List<HartField> fields, String name, int size) {
    int offset = fields.isEmpty() ? 0 : fields.getLast().offset + fields.getLast().size;
    fields.add(new HartField(name, offset, size));
  }

  /// The part that reports call so.
  static HartField named(String name) {
    return ALL.stream().filter(field -> field.name.equals(name)).findFirst().orElseThrow();
  }

  long read(byte[] hart) {
    ByteBuffer bytes = ByteBuffer.wrap(hart).order(ByteOrder.LITTLE_ENDIAN);
    return size == Long.BYTES ? bytes.getLong(offset) : bytes.getInt(offset);
  }

  /// Says which parts of two records differ.
  static void differences(String hart, byte[] ours, byte[] right, List<String> found) {
    int known = ALL.getLast().offset + ALL.getLast().size;
    for (HartField field : ALL) {
      if (field.read(ours) != field.read(right)) {
        found.add(
            "%s %s: %x, should be %x"
                .formatted(hart, field.name, field.read(ours), field.read(right)));
      }
    }
    byte[] ourRest = Arrays.copyOfRange(ours, known, ours.length);
    byte[] rightRest = Arrays.copyOfRange(right, known, right.length);
    int mismatch = Arrays.mismatch(ourRest, rightRest);
    if (mismatch >= 0) {
      found.add("%s traps, PMP or counters: byte %d".formatted(hart, mismatch));
    }
  }
}
