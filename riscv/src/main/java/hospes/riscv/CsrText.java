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
    add(names, 0x008, "vstart vxsat vxrm - - - - vcsr");
    add(names, 0x015, "seed");
    add(names, 0x100, "sstatus - - - sie stvec scounteren - - - senvcfg");
    add(names, 0x10c, "sstateen0 sstateen1 sstateen2 sstateen3");
    add(names, 0x140, "sscratch sepc scause stval sip");
    add(names, 0x14d, "stimecmp");
    add(names, 0x150, "siselect sireg");
    add(names, 0x15c, "stopei stimecmph");
    add(names, 0x180, "satp");
    add(names, 0x200, "vsstatus - - - vsie vstvec");
    add(names, 0x240, "vsscratch vsepc vscause vstval vsip");
    add(names, 0x24d, "vstimecmp");
    add(names, 0x250, "vsiselect vsireg");
    add(names, 0x25c, "vstopei vstimecmph");
    add(names, 0x280, "vsatp");
    add(names, 0x300, "mstatus misa medeleg mideleg mie mtvec mcounteren");
    add(names, 0x308, "mvien mvip menvcfg - mstateen0 mstateen1 mstateen2 mstateen3");
    add(names, 0x310, "mstatush");
    add(names, 0x31a, "menvcfgh - mstateen0h mstateen1h mstateen2h mstateen3h");
    add(names, 0x320, "mcountinhibit");
    add(names, 0x340, "mscratch mepc mcause mtval mip");
    add(names, 0x34a, "mtinst mtval2");
    add(names, 0x350, "miselect mireg");
    add(names, 0x35c, "mtopei");
    add(names, 0x5a8, "scontext");
    add(names, 0x600, "hstatus - hedeleg hideleg hie htimedelta hcounteren hgeie");
    add(names, 0x608, "hvien hvictl henvcfg - hstateen0 hstateen1 hstateen2 hstateen3");
    add(names, 0x615, "htimedeltah - - - - henvcfgh");
    add(names, 0x61c, "hstateen0h hstateen1h hstateen2h hstateen3h");
    add(names, 0x643, "htval hip hvip hviprio1 hviprio2 - - htinst");
    add(names, 0x656, "hviprio1h hviprio2h");
    add(names, 0x680, "hgatp");
    add(names, 0x6a8, "hcontext");
    add(names, 0x747, "mseccfg");
    add(names, 0x757, "mseccfgh");
    add(names, 0x7a0, "tselect tdata1 tdata2 tdata3 tinfo tcontrol - - mcontext - mscontext");
    add(names, 0x7b0, "dcsr dpc dscratch0 dscratch1");
    add(names, 0xb00, "mcycle - minstret");
    add(names, 0xb80, "mcycleh - minstreth");
    add(names, 0xc00, "cycle time instret");
    add(names, 0xc20, "vl vtype vlenb");
    add(names, 0xc80, "cycleh timeh instreth");
    add(names, 0xda0, "scountovf");
    add(names, 0xdb0, "stopi");
    add(names, 0xe12, "hgeip");
    add(names, 0xeb0, "vstopi");
    add(names, 0xf11, "mvendorid marchid mimpid mhartid mconfigptr");
    add(names, 0xfb0, "mtopi");
    // The upper halves of interrupt registers, on RV32.
    add(names, 0x114, "sieh");
    add(names, 0x154, "siph");
    add(names, 0x214, "vsieh");
    add(names, 0x254, "vsiph");
    add(names, 0x313, "midelegh mieh");
    add(names, 0x318, "mvienh mviph");
    add(names, 0x354, "miph");
    add(names, 0x613, "hidelegh");
    add(names, 0x618, "hvienh");
    add(names, 0x655, "hviph");
    for (int i = 0; i < 16; i++) {
      names.put(0x3a0 + i, "pmpcfg" + i);
    }
    for (int i = 0; i < 64; i++) {
      names.put(0x3b0 + i, "pmpaddr" + i);
    }
    for (int i = 3; i < 32; i++) {
      names.put(0x320 + i, "mhpmevent" + i);
      names.put(0x720 + i, "mhpmevent" + i + "h");
      names.put(0xb00 + i, "mhpmcounter" + i);
      names.put(0xb80 + i, "mhpmcounter" + i + "h");
      names.put(0xc00 + i, "hpmcounter" + i);
      names.put(0xc80 + i, "hpmcounter" + i + "h");
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
