package hospes.riscv;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.memory.Access;

/// Physical memory protection: 16 entries. RISC-V Privileged ISA 20240411, 3.7.
final class Pmp {
  static final int ENTRIES = 16;

  private static final int READ = 1;
  private static final int WRITE = 2;
  private static final int EXECUTE = 4;
  private static final int MODE_SHIFT = 3;
  private static final int LOCKED = 0x80;
  private static final int OFF = 0;
  private static final int TOR = 1;
  private static final int NA4 = 2;
  private static final long ADDRESS_MASK = (1L << 54) - 1;

  private final int[] config = new int[ENTRIES];
  private final long[] address = new long[ENTRIES];
  private final long[] first = new long[ENTRIES];
  private final long[] last = new long[ENTRIES];
  private int active;

  /// A range of addresses that no entry divides, and what is allowed in it: what was asked for
  /// last.
  private long from;

  private long to;
  private int allowedToMachine;
  private int allowedToOthers;

  Pmp() {
    update();
  }

  long readConfig(int entry) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value |= (long) config[entry + i] << 8 * i;
    }
    return value;
  }

  void writeConfig(int entry, long value) {
    for (int i = 0; i < 8; i++) {
      int next = (int) (value >>> 8 * i) & 0x9f;
      boolean reserved = (next & (READ | WRITE)) == WRITE;
      if ((config[entry + i] & LOCKED) == 0 && !reserved) {
        config[entry + i] = next;
      }
    }
    update();
  }

  long readAddress(int entry) {
    return address[entry];
  }

  void writeAddress(int entry, long value) {
    boolean locked = (config[entry] & LOCKED) != 0;
    boolean boundOfLocked =
        entry + 1 < ENTRIES && (config[entry + 1] & LOCKED) != 0 && mode(entry + 1) == TOR;
    if (!locked && !boundOfLocked) {
      address[entry] = value & ADDRESS_MASK;
      update();
    }
  }

  private int mode(int entry) {
    return config[entry] >>> MODE_SHIFT & 3;
  }

  /// Works out which bytes each entry covers, and how many entries must be looked at.
  private void update() {
    active = 0;
    for (int i = 0; i < ENTRIES; i++) {
      switch (mode(i)) {
        case OFF -> {
          first[i] = 1;
          last[i] = 0;
        }
        case TOR -> {
          first[i] = i == 0 ? 0 : address[i - 1] << 2;
          last[i] = (address[i] << 2) - 1;
        }
        case NA4 -> {
          first[i] = address[i] << 2;
          last[i] = first[i] + 3;
        }
        default -> {
          long ones = address[i] ^ address[i] + 1;
          first[i] = (address[i] & ~ones) << 2;
          last[i] = first[i] + (ones << 2 | 3);
        }
      }
      if (mode(i) != OFF) {
        active = i + 1;
      }
    }
    look(0);
  }

  /// Whether an access of `bytes` in a mode is allowed.
  boolean allows(long physicalAddress, int bytes, Access access, int mode) {
    long end = physicalAddress + bytes - 1;
    if (physicalAddress < from || end > to) {
      look(physicalAddress);
      if (end > to) {
        return allowsAcross(physicalAddress, end, access, mode);
      }
    }
    int allowed = mode == Mode.MACHINE ? allowedToMachine : allowedToOthers;
    return (allowed & bit(access)) != 0;
  }

  private static int bit(Access access) {
    return switch (access) {
      case READ -> READ;
      case WRITE -> WRITE;
      case EXECUTE -> EXECUTE;
    };
  }

  /// Finds the widest range around an address that no entry divides, and what is allowed in it.
  private void look(long physicalAddress) {
    from = Long.MIN_VALUE;
    to = Long.MAX_VALUE;
    allowedToMachine = READ | WRITE | EXECUTE;
    allowedToOthers = 0;
    boolean matched = false;
    for (int i = 0; i < active; i++) {
      if (first[i] > last[i]) {
        continue;
      }
      if (physicalAddress < first[i]) {
        to = Math.min(to, first[i] - 1);
      } else if (physicalAddress > last[i]) {
        from = Math.max(from, last[i] + 1);
      } else {
        from = Math.max(from, first[i]);
        to = Math.min(to, last[i]);
        if (!matched) {
          matched = true;
          allowedToOthers = config[i];
          allowedToMachine = (config[i] & LOCKED) == 0 ? allowedToMachine : config[i];
        }
      }
    }
  }

  /// The check of an access that not every entry covers alike: the first entry that matches any of
  /// its bytes decides, and must match all of them.
  private boolean allowsAcross(long physicalAddress, long end, Access access, int mode) {
    for (int i = 0; i < active; i++) {
      if (end < first[i] || physicalAddress > last[i]) {
        continue;
      }
      if (physicalAddress < first[i] || end > last[i]) {
        return false;
      }
      return mode == Mode.MACHINE && (config[i] & LOCKED) == 0 || (config[i] & bit(access)) != 0;
    }
    return mode == Mode.MACHINE;
  }

  /// Whether all of a page is treated alike, so that one check stands for it.
  boolean isUniform(long page) {
    if (page < from || page > to) {
      look(page);
    }
    return page >= from && page + 4095 <= to;
  }

  /// Lets S-mode and U-mode reach everything, as firmware does before it starts a kernel.
  void openAll() {
    address[0] = ADDRESS_MASK;
    config[0] = 3 << MODE_SHIFT | READ | WRITE | EXECUTE;
    update();
  }

  void save(RecordWriter out) {
    for (int i = 0; i < ENTRIES; i++) {
      out.putInt(config[i]);
      out.putLong(address[i]);
    }
  }

  void restore(RecordReader in) {
    for (int i = 0; i < ENTRIES; i++) {
      config[i] = in.getInt();
      address[i] = in.getLong();
    }
    update();
  }
}
