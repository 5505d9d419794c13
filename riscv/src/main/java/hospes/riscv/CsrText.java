package hospes.riscv;

import hospes.engine.OperandText;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// Names of control and status registers. RISC-V Privileged ISA 20240411, 2.2.
final class CsrText implements OperandText {
  private static final Map<Integer, String> NAMES = names();
  private static final Map<String, Integer> NUMBERS = new HashMap<>();

  static {
    NAMES.forEach((number, name) -> NUMBERS.put(name, number));
  }

  private static Map<Integer, String> names() {
    Map<Integer, String> names = new HashMap<>();
    add(names, 0x001, "fflags frm fcsr");
    add(names, 0x100, "sstatus - - - sie stvec scounteren - - - senvcfg");
    add(names, 0x140, "sscratch sepc scause stval sip");
    add(names, 0x14d, "stimecmp");
    add(names, 0x180, "satp");
    add(names, 0x300, "mstatus misa medeleg mideleg mie mtvec mcounteren - - - menvcfg");
    add(names, 0x320, "mcountinhibit");
    add(names, 0x340, "mscratch mepc mcause mtval mip");
    add(names, 0x3a0, "pmpcfg0 - pmpcfg2");
    add(names, 0x747, "mseccfg");
    add(names, 0x7a0, "tselect tdata1 tdata2 tdata3");
    add(names, 0xb00, "mcycle - minstret");
    add(names, 0xc00, "cycle time instret");
    add(names, 0xf11, "mvendorid marchid mimpid mhartid mconfigptr");
    for (int i = 0; i < 64; i++) {
      names.put(0x3b0 + i, "pmpaddr" + i);
    }
    for (int i = 3; i < 32; i++) {
      names.put(0xb00 + i, "mhpmcounter" + i);
      names.put(0xc00 + i, "hpmcounter" + i);
      names.put(0x320 + i, "mhpmevent" + i);
    }
    return names;
  }

  private static void add(Map<Integer, String> names, int first, String list) {
    for (String name : list.split(" ")) {
      if (!name.equals("-")) {
        names.put(first, name);
      }
      first++;
    }
  }

  @Override
  public String format(long value) {
    String name = NAMES.get((int) value);
    return name == null ? "0x" + Long.toHexString(value) : name;
  }

  @Override
  public OptionalLong parse(String text) {
    Integer number = NUMBERS.get(text);
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }
}
