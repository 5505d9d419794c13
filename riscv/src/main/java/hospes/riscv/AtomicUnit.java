package hospes.riscv;

import hospes.machine.TrapException;
import hospes.memory.AddressSpace;

/// Atomic memory accesses: the reservation of LR and SC, and what AMOs read. RISC-V Unprivileged
/// ISA 20240411, 14.
///
/// Harts take turns on one thread, so an access is atomic by itself. A reservation covers the
/// address of the LR and lasts until the next SC, trap, or turn of another hart.
final class AtomicUnit {
  private static final long NONE = -1;

  private final AddressSpace memory;
  private long reservation = NONE;

  AtomicUnit(AddressSpace memory) {
    this.memory = memory;
  }

  void dropReservation() {
    reservation = NONE;
  }

  /// The reserved address, for snapshots.
  long reservation() {
    return reservation;
  }

  void restoreReservation(long address) {
    reservation = address;
  }

  int loadReservedInt(long address) {
    checkAlignedLoad(address, Integer.BYTES);
    int value = memory.loadInt(address);
    reservation = address;
    return value;
  }

  long loadReservedLong(long address) {
    checkAlignedLoad(address, Long.BYTES);
    long value = memory.loadLong(address);
    reservation = address;
    return value;
  }

  /// Stores if the address is still reserved: 0 if so, else 1.
  int storeConditionalInt(long address, int value) {
    checkAlignedStore(address, Integer.BYTES);
    if (!takeReservation(address)) {
      return 1;
    }
    memory.storeInt(address, value);
    return 0;
  }

  /// Stores if the address is still reserved: 0 if so, else 1.
  int storeConditionalLong(long address, long value) {
    checkAlignedStore(address, Long.BYTES);
    if (!takeReservation(address)) {
      return 1;
    }
    memory.storeLong(address, value);
    return 0;
  }

  private boolean takeReservation(long address) {
    boolean held = reservation == address;
    reservation = NONE;
    return held;
  }

  /// What an AMO reads; it traps as a store does.
  int loadForUpdateInt(long address) {
    checkAlignedStore(address, Integer.BYTES);
    memory.checkStore(address, Integer.BYTES);
    return memory.loadInt(address);
  }

  /// What an AMO reads; it traps as a store does.
  long loadForUpdateLong(long address) {
    checkAlignedStore(address, Long.BYTES);
    memory.checkStore(address, Long.BYTES);
    return memory.loadLong(address);
  }

  private static void checkAlignedLoad(long address, int bytes) {
    if ((address & bytes - 1) != 0) {
      throw new TrapException(new RiscvTrap.LoadAddressMisaligned(address));
    }
  }

  private static void checkAlignedStore(long address, int bytes) {
    if ((address & bytes - 1) != 0) {
      throw new TrapException(new RiscvTrap.StoreAddressMisaligned(address));
    }
  }
}
