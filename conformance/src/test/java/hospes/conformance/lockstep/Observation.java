package hospes.conformance.lockstep;

import hospes.machine.StateRecord;
import hospes.virt.VirtMachine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The complete state of a machine at one moment, by record.
///
/// @param records the bytes of each record
/// @param console what the guest printed so far
record Observation(SequencedMap<String, byte[]> records, String console) {
  private static final int PAGE = 4096;
  private static final int MOST_REPORTED = 40;

  static Observation of(VirtMachine machine, String console) {
    SequencedMap<String, byte[]> records = new LinkedHashMap<>();
    machine.save((StateRecord part) -> records.put(part.name(), part.bytes()));
    return new Observation(records, console);
  }

  /// Whether everything is the same.
  boolean matches(Observation other) {
    if (!console.equals(other.console) || records.size() != other.records.size()) {
      return false;
    }
    for (var part : records.entrySet()) {
      if (!Arrays.equals(part.getValue(), other.records.get(part.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /// A part of the first hart's state.
  long hart(HartField field) {
    return field.read(record("hart0"));
  }

  private byte[] record(String name) {
    byte[] bytes = records.get(name);
    if (bytes == null) {
      throw new IllegalArgumentException("the machine has no record " + name);
    }
    return bytes;
  }

  /// What differs from what the other one says, which is right.
  List<String> differences(Observation right) {
    List<String> found = new ArrayList<>();
    if (!console.equals(right.console)) {
      found.add("console: \"%s\", should be \"%s\"".formatted(console, right.console));
    }
    for (String name : right.records.keySet()) {
      byte[] ours = records.getOrDefault(name, new byte[0]);
      byte[] theirs = right.record(name);
      if (Arrays.equals(ours, theirs)) {
        continue;
      }
      if (name.startsWith("ram")) {
        memory(ours, theirs, found);
      } else if (name.startsWith("hart")) {
        HartField.differences(name, ours, theirs, found);
      } else {
        found.add("%s differs at byte %d".formatted(name, Arrays.mismatch(ours, theirs)));
      }
    }
    return found.subList(0, Math.min(found.size(), MOST_REPORTED));
  }

  /// Pages of RAM stand in a record with their numbers.
  private static void memory(byte[] ours, byte[] theirs, List<String> found) {
    SequencedMap<Integer, byte[]> mine = pages(ours);
    SequencedMap<Integer, byte[]> right = pages(theirs);
    right.forEach(
        (number, page) -> {
          byte[] my = mine.getOrDefault(number, new byte[PAGE]);
          for (int i = 0; i < PAGE; i += Long.BYTES) {
            long have = word(my).getLong(i);
            long should = word(page).getLong(i);
            if (have != should) {
              found.add(
                  "memory at %x: %016x, should be %016x"
                      .formatted(0x8000_0000L + (long) number * PAGE + i, have, should));
            }
          }
        });
    mine.keySet().stream()
        .filter(number -> !right.containsKey(number))
        .forEach(number -> found.add("page %x should be blank".formatted(0x8_0000 + number)));
  }

  private static ByteBuffer word(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static SequencedMap<Integer, byte[]> pages(byte[] part) {
    SequencedMap<Integer, byte[]> pages = new LinkedHashMap<>();
    ByteBuffer bytes = word(part);
    while (bytes.remaining() > PAGE) {
      byte[] page = new byte[PAGE];
      int number = bytes.getInt();
      bytes.get(page);
      pages.put(number, page);
    }
    return pages;
  }

  /// Four bytes of RAM at a physical address; 0 where there is no RAM.
  int word(long physicalAddress) {
    return half(physicalAddress) | half(physicalAddress + 2) << 16;
  }

  private int half(long physicalAddress) {
    int number = (int) (physicalAddress - 0x8000_0000L >>> 12);
    byte[] group = records.get("ram:" + number / 512);
    byte[] page = group == null ? null : pages(group).get(number);
    return page == null
        ? 0
        : Short.toUnsignedInt(word(page).getShort((int) physicalAddress & PAGE - 2));
  }
}
