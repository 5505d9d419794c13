// Control and status registers: which there are in which mode, and what can be written to them.
#include "runtime.h"

static u32 code[2] __attribute__((aligned(4096)));

// Runs one instruction, then returns.
static int works(int mode, u32 instruction) {
  ((volatile u32 *)code)[0] = instruction;
  ((volatile u32 *)code)[1] = 0x8067;
  asm volatile("fence.i" ::: "memory");
  run(mode, (void (*)(void))(u64)code, 0);
  return seen.epc == (u64)finished;
}

static void existence(void) {
  for (int mode = 0; mode < 4; mode++) {
    if (mode == 2) {
      continue;
    }
    tell("-- readable in mode", (u64)mode);
    for (u32 first = 0; first < 4096; first += 16) {
      u64 there = 0;
      for (u32 i = 0; i < 16; i++) {
        // csrrs a0, number, x0
        there |= (u64)works(mode, (first + i) << 20 | 0x2573) << i;
      }
      if (there != 0 || first >> 8 == 3 || first >> 8 == 2) {
        print(mode == MACHINE ? "M csrs " : mode == SUPERVISOR ? "S csrs " : "U csrs ");
        print_hex(first);
        tell("", there);
      }
    }
  }
  print("-- read-only ones that take a write\n");
  for (u32 number = 0xc00; number < 4096; number++) {
    // csrrsi a0, number, 1, and csrrs a0, number, x5, whatever is in x5
    if (works(MACHINE, number << 20 | 0xe573) || works(MACHINE, number << 20 | 0x2a573)) {
      tell("csr", number);
    }
  }
  tell("csrrw x0 to a read-only one", (u64)works(MACHINE, 0xf1401073));
  tell("csrrc with x0 of a read-only one", (u64)works(MACHINE, 0xf1403573));
  tell("csrrci with 0 of a read-only one", (u64)works(MACHINE, 0xf1407573));
}

#define WRITE(name, value)                             \
  do {                                                 \
    u64 saved_ = read_csr(name);                       \
    write_csr(name, value);                            \
    u64 kept_ = read_csr(name);                        \
    write_csr(name, saved_);                           \
    print(#name " ");                                  \
    print_hex(value);                                  \
    tell("", kept_);                                   \
  } while (0)

static void legal_values(void) {
  print("-- legal values\n");
  write_csr(mstatus, 0);
  WRITE(mstatus, -1UL);
  WRITE(mstatus, 2UL << 11);
  write_csr(mstatus, 3UL << 11);
  write_csr(mstatus, 2UL << 11);
  tell("MPP was 3, written with 2", read_csr(mstatus) >> 11 & 3);
  WRITE(mstatus, 0x2000);
  WRITE(mstatus, 0x4000);
  WRITE(mstatus, 0x6000);
  write_csr(mstatus, 0);
  WRITE(sstatus, -1UL);
  write_csr(mstatus, -1UL);
  tell("sstatus", read_csr(sstatus));
  write_csr(sstatus, 0);
  tell("mstatus behind a write of 0 to sstatus", read_csr(mstatus));
  write_csr(mstatus, 0);
  for (u64 low = 0; low < 8; low++) {
    WRITE(mtvec, 0x80001000UL | low);
    WRITE(stvec, 0x80001000UL | low);
    WRITE(mepc, 0x80001000UL | low);
    WRITE(sepc, 0x80001000UL | low);
  }
  WRITE(mepc, -1UL);
  WRITE(sepc, -1UL);
  WRITE(mscratch, -1UL);
  WRITE(sscratch, -1UL);
  WRITE(mtval, -1UL);
  WRITE(stval, -1UL);
  WRITE(mcause, -1UL >> 1);
  WRITE(scause, 0x800000000000000fUL);
  WRITE(medeleg, -1UL);
  WRITE(mideleg, -1UL);
  WRITE(mcounteren, -1UL);
  WRITE(scounteren, -1UL);
  WRITE(misa, 0);
  WRITE(0x30a, -1UL);
  WRITE(0x10a, -1UL);
  tell("misa has C, D, F, A, I, M, S, U", (read_csr(misa) & 0x14112d) == 0x14112d);
  tell("misa is of 64 bits", read_csr(misa) >> 62);
  tell("mhartid", read_csr(mhartid));
}

static const u32 floats[] = {
    0x0002a087,  // flw f1, 0(x5)
    0x0002b087,  // fld f1, 0(x5)
    0x0012a027,  // fsw f1, 0(x5)
    0x0012b027,  // fsd f1, 0(x5)
    0x003100d3,  // fadd.s f1, f2, f3
    0x023100d3,  // fadd.d f1, f2, f3
    0x203100d3,  // fsgnj.s f1, f2, f3
    0xa0312553,  // feq.s a0, f2, f3
    0xe0010553,  // fmv.x.w a0, f2
    0xf00500d3,  // fmv.w.x f1, a0
    0xc0010553,  // fcvt.w.s a0, f2
    0xd00500d3,  // fcvt.s.w f1, a0
    0xe0011553,  // fclass.s a0, f2
    0x20310043,  // fmadd.s f0, f2, f3, f4
    0x00102573,  // frflags a0
    0x00202573,  // frrm a0
    0x00302573,  // frcsr a0
    0x00101573,  // fsflags a0, x0
    0x00215573,  // fsrmi a0, 2
};

static void float_unit(void) {
  print("-- floating point\n");
  // Loads and stores go through t0 (x5), which `enter` leaves at its frame.
  for (u64 state = 0; state < 4; state++) {
    for (int mode = 0; mode < 4; mode += 3) {
      tell("FS", state);
      for (u32 i = 0; i < sizeof floats / sizeof floats[0]; i++) {
        write_csr(mstatus, 3UL << 13);
        write_csr(fcsr, 0);
        asm volatile("fmv.d.x f2, x0\nfmv.d.x f3, x0\nfmv.d.x f4, x0" ::: "memory");
        write_csr(mstatus, state << 13);
        int worked = works(mode, floats[i]);
        print_hex(floats[i]);
        print(worked ? " works, FS " : " fails, FS ");
        print_hex(seen.status >> 13 & 3);
        tell(" SD", seen.status >> 63);
      }
    }
  }
  write_csr(mstatus, 3UL << 13);
  // A comparison with a signalling NaN changes nothing but the flags.
  write_csr(fcsr, 0);
  asm volatile("fmv.d.x f2, %0\nfmv.d.x f3, x0" ::"r"(0xffffffff7f800001UL) : "memory");
  write_csr(mstatus, 1UL << 13);
  (void)works(MACHINE, 0xa0312553);
  tell("FS after a comparison that raises a flag", seen.status >> 13 & 3);
  set_csr(mstatus, 3UL << 13);
  tell("fflags", read_csr(fflags));
  for (u64 rounding = 0; rounding < 8; rounding++) {
    write_csr(frm, rounding);
    tell("dynamic rounding", rounding);
    write_csr(mstatus, 3UL << 13);
    tell("works", (u64)works(MACHINE, 0x003170d3));  // fadd.s f1, f2, f3, dyn
    set_csr(mstatus, 3UL << 13);
  }
  write_csr(frm, 0);
  for (u32 rounding = 0; rounding < 8; rounding++) {
    tell("rounding in the instruction", (u64)works(MACHINE, 0x003100d3 | rounding << 12));
    set_csr(mstatus, 3UL << 13);
  }
  write_csr(fcsr, -1UL);
  tell("fcsr", read_csr(fcsr));
  tell("frm", read_csr(frm));
  tell("fflags", read_csr(fflags));
  write_csr(fflags, 0);
  tell("fcsr", read_csr(fcsr));
  write_csr(frm, -1UL);
  tell("fcsr", read_csr(fcsr));
  write_csr(fcsr, 0);
}

int main(void) {
  open_memory();
  write_csr(mie, 0);
  clear_csr(mstatus, ~0UL);
  write_csr(mcounteren, -1UL);
  write_csr(scounteren, -1UL);
  existence();
  legal_values();
  float_unit();
  return 0;
}
