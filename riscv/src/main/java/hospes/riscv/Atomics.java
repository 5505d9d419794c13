package hospes.riscv;

import hospes.engine.Extension;
import hospes.engine.Extension.Place;
import hospes.engine.Instruction;
import hospes.engine.Load;
import hospes.engine.Store;
import hospes.memory.AddressSpace;

/// Atomic instructions. RISC-V Unprivileged ISA 20240411, 14.
@Extension(value = "A", place = Place.CALLED)
final class Atomics {
  private Atomics() {}

  /// Loads a word and reserves it (Zalrsc).
  @Instruction("lr.w{aqrl} rd, (rs1) : 00010 aqrl 00000 rs1 010 rd 0101111")
  @Load
  static int lrW(Hart hart, @X long rs1) {
    return hart.atomics.loadReservedInt(rs1);
  }

  /// Loads a doubleword and reserves it (Zalrsc).
  @Instruction("lr.d{aqrl} rd, (rs1) : 00010 aqrl 00000 rs1 011 rd 0101111")
  @Load
  static long lrD(Hart hart, @X long rs1) {
    return hart.atomics.loadReservedLong(rs1);
  }

  /// Stores a word if it is still reserved; rd is 0 if so (Zalrsc).
  @Instruction("sc.w{aqrl} rd, rs2, (rs1) : 00011 aqrl rs2 rs1 010 rd 0101111")
  @Store
  static long scW(Hart hart, @X long rs1, @X int rs2) {
    return hart.atomics.storeConditionalInt(rs1, rs2);
  }

  /// Stores a doubleword if it is still reserved; rd is 0 if so (Zalrsc).
  @Instruction("sc.d{aqrl} rd, rs2, (rs1) : 00011 aqrl rs2 rs1 011 rd 0101111")
  @Store
  static long scD(Hart hart, @X long rs1, @X long rs2) {
    return hart.atomics.storeConditionalLong(rs1, rs2);
  }

  /// Swaps a word in memory; rd gets what was there (Zaamo).
  @Instruction("amoswap.w{aqrl} rd, rs2, (rs1) : 00001 aqrl rs2 rs1 010 rd 0101111")
  @Store
  static int amoswapW(Hart hart, AddressSpace memory, @X long rs1, @X int rs2) {
    int old = hart.atomics.loadForUpdateInt(rs1);
    memory.storeInt(rs1, rs2);
    return old;
  }

  /// Swaps a doubleword in memory; rd gets what was there (Zaamo).
  @Instruction("amoswap.d{aqrl} rd, rs2, (rs1) : 00001 aqrl rs2 rs1 011 rd 0101111")
  @Store
  static long amoswapD(Hart hart, AddressSpace memory, @X long rs1, @X long rs2) {
    long old = hart.atomics.loadForUpdateLong(rs1);
    memory.storeLong(rs1, rs2);
    return old;
  }

  /// Adds to a word in memory; rd gets what was there (Zaamo).
  @Instruction("amoadd.w{aqrl} rd, rs2, (rs1) : 00000 aqrl rs2 rs1 010 rd 0101111")
  @Store
  static int amoaddW(Hart hart, AddressSpace memory, @X long rs1, @X int rs2) {
    int old = hart.atomics.loadForUpdateInt(rs1);
    memory.storeInt(rs1, old + rs2);
    return old;
  }

  /// Adds to a doubleword in memory; rd gets what was there (Zaamo).
  @Instruction("amoadd.d{aqrl} rd, rs2, (rs1) : 00000 aqrl rs2 rs1 011 rd 0101111")
  @Store
  static long amoaddD(Hart hart, AddressSpace memory, @X long rs1, @X long rs2) {
    long old = hart.atomics.loadForUpdateLong(rs1);
    memory.storeLong(rs1, old + rs2);
    return old;
  }

  /// Exclusive or to a word in memory; rd gets what was there (Zaamo).
  @Instruction("amoxor.w{aqrl} rd, rs2, (rs1) : 00100 aqrl rs2 rs1 010 rd 0101111")
  @Store
  static int amoxorW(Hart hart, AddressSpace memory, @X long rs1, @X int rs2) {
    int old = hart.atomics.loadForUpdateInt(rs1);
    memory.storeInt(rs1, old ^ rs2);
    return old;
  }

  /// Exclusive or to a doubleword in memory; rd gets what was there (Zaamo).
  @Instruction("amoxor.d{aqrl} rd, rs2, (rs1) : 00100 aqrl rs2 rs1 011 rd 0101111")
  @Store
  static long amoxorD(Hart hart, AddressSpace memory, @X long rs1, @X long rs2) {
    long old = hart.atomics.loadForUpdateLong(rs1);
    memory.storeLong(rs1, old ^ rs2);
    return old;
  }

  /// And to a word in memory; rd gets what was there (Zaamo).
  @Instruction("amoand.w{aqrl} rd, rs2, (rs1) : 01100 aqrl rs2 rs1 010 rd 0101111")
  @Store
  static int amoandW(Hart hart, AddressSpace memory, @X long rs1, @X int rs2) {
    int old = hart.atomics.loadForUpdateInt(rs1);
    memory.storeInt(rs1, old & rs2);
    return old;
  }

  /// And to a doubleword in memory; rd gets what was there (Zaamo).
  @Instruction("amoand.d{aqrl} rd, rs2, (rs1) : 01100 aqrl rs2 rs1 011 rd 0101111")
  @Store
  static long amoandD(Hart hart, AddressSpace memory, @X long rs1, @X long rs2) {
    long old = hart.atomics.loadForUpdateLong(rs1);
    memory.storeLong(rs1, old & rs2);
    return old;
  }

  /// Or to a word in memory; rd gets what was there (Zaamo).
  @Instruction("amoor.w{aqrl} rd, rs2, (rs1) : 01000 aqrl rs2 rs1 010 rd 0101111")
  @Store
  static int amoorW(Hart hart, AddressSpace memory, @X long rs1, @X int rs2) {
    int old = hart.atomics.loadForUpdateInt(rs1);
    memory.storeInt(rs1, old | rs2);
    return old;
  }

  /// Or to a doubleword in memory; rd gets what was there (Zaamo).
  @Instruction("amoor.d{aqrl} rd, rs2, (rs1) : 01000 aqrl rs2 rs1 011 rd 0101111")
  @Store
  static long amoorD(Hart hart, AddressSpace memory, @X long rs1, @X long rs2) {
    long old = hart.atomics.loadForUpdateLong(rs1);
    memory.storeLong(rs1, old | rs2);
    return old;
  }

  /// Signed minimum to a word in memory; rd gets what was there (Zaamo).
  @Instruction("amomin.w{aqrl} rd, rs2, (rs1) : 10000 aqrl rs2 rs1 010 rd 0101111")
  @Store
  static int amominW(Hart hart, AddressSpace memory, @X long rs1, @X int rs2) {
    int old = hart.atomics.loadForUpdateInt(rs1);
    memory.storeInt(rs1, Math.min(old, rs2));
    return old;
  }

  /// Signed minimum to a doubleword in memory; rd gets what was there (Zaamo).
  @Instruction("amomin.d{aqrl} rd, rs2, (rs1) : 10000 aqrl rs2 rs1 011 rd 0101111")
  @Store
  static long amominD(Hart hart, AddressSpace memory, @X long rs1, @X long rs2) {
    long old = hart.atomics.loadForUpdateLong(rs1);
    memory.storeLong(rs1, Math.min(old, rs2));
    return old;
  }

  /// Signed maximum to a word in memory; rd gets what was there (Zaamo).
  @Instruction("amomax.w{aqrl} rd, rs2, (rs1) : 10100 aqrl rs2 rs1 010 rd 0101111")
  @Store
  static int amomaxW(Hart hart, AddressSpace memory, @X long rs1, @X int rs2) {
    int old = hart.atomics.loadForUpdateInt(rs1);
    memory.storeInt(rs1, Math.max(old, rs2));
    return old;
  }

  /// Signed maximum to a doubleword in memory; rd gets what was there (Zaamo).
  @Instruction("amomax.d{aqrl} rd, rs2, (rs1) : 10100 aqrl rs2 rs1 011 rd 0101111")
  @Store
  static long amomaxD(Hart hart, AddressSpace memory, @X long rs1, @X long rs2) {
    long old = hart.atomics.loadForUpdateLong(rs1);
    memory.storeLong(rs1, Math.max(old, rs2));
    return old;
  }

  /// Unsigned minimum to a word in memory; rd gets what was there (Zaamo).
  @Instruction("amominu.w{aqrl} rd, rs2, (rs1) : 11000 aqrl rs2 rs1 010 rd 0101111")
  @Store
  static int amominuW(Hart hart, AddressSpace memory, @X long rs1, @X int rs2) {
    int old = hart.atomics.loadForUpdateInt(rs1);
    memory.storeInt(rs1, Integer.compareUnsigned(old, rs2) < 0 ? old : rs2);
    return old;
  }

  /// Unsigned minimum to a doubleword in memory; rd gets what was there (Zaamo).
  @Instruction("amominu.d{aqrl} rd, rs2, (rs1) : 11000 aqrl rs2 rs1 011 rd 0101111")
  @Store
  static long amominuD(Hart hart, AddressSpace memory, @X long rs1, @X long rs2) {
    long old = hart.atomics.loadForUpdateLong(rs1);
    memory.storeLong(rs1, Long.compareUnsigned(old, rs2) < 0 ? old : rs2);
    return old;
  }

  /// Unsigned maximum to a word in memory; rd gets what was there (Zaamo).
  @Instruction("amomaxu.w{aqrl} rd, rs2, (rs1) : 11100 aqrl rs2 rs1 010 rd 0101111")
  @Store
  static int amomaxuW(Hart hart, AddressSpace memory, @X long rs1, @X int rs2) {
    int old = hart.atomics.loadForUpdateInt(rs1);
    memory.storeInt(rs1, Integer.compareUnsigned(old, rs2) > 0 ? old : rs2);
    return old;
  }

  /// Unsigned maximum to a doubleword in memory; rd gets what was there (Zaamo).
  @Instruction("amomaxu.d{aqrl} rd, rs2, (rs1) : 11100 aqrl rs2 rs1 011 rd 0101111")
  @Store
  static long amomaxuD(Hart hart, AddressSpace memory, @X long rs1, @X long rs2) {
    long old = hart.atomics.loadForUpdateLong(rs1);
    memory.storeLong(rs1, Long.compareUnsigned(old, rs2) > 0 ? old : rs2);
    return old;
  }
}
