// Interrupts: where they come from, who takes them, and in which order.
#include "runtime.h"

#define MSIP ((volatile u32 *)0x2000000UL)
#define MTIMECMP ((volatile u64 *)0x2004000UL)
#define MTIME ((volatile u64 *)0x200bff8UL)
#define UART ((volatile u8 *)0x10000000UL)
#define PLIC 0xc000000UL
#define PLIC_PRIORITY(source) (*(volatile u32 *)(PLIC + 4 * (source)))
#define PLIC_PENDING (*(volatile u32 *)(PLIC + 0x1000))
#define PLIC_ENABLE(context) (*(volatile u32 *)(PLIC + 0x2000 + 0x80 * (context)))
#define PLIC_THRESHOLD(context) (*(volatile u32 *)(PLIC + 0x200000 + 0x1000 * (context)))
#define PLIC_CLAIM(context) (*(volatile u32 *)(PLIC + 0x200004 + 0x1000 * (context)))

enum { SSI = 2, MSI = 8, STI = 0x20, MTI = 0x80, SEI = 0x200, MEI = 0x800 };
#define ALL_INTERRUPTS (SSI | MSI | STI | MTI | SEI | MEI)
#define STCE (1UL << 63)
#define UART_IRQ 10
#define LONG (1UL << 32)

// Waits for an interrupt for a while that the argument gives; says so if none comes.
CODE(do_wait, "mv a1, a0\n1: addi a1, a1, -1\nbnez a1, 1b\nli a0, 0x99\nret")
CODE(do_nothing, "nop\nnop\nret")
// Opens interrupts of its own mode: the first instruction behind is where it is taken.
CODE(do_open_machine, "csrsi mstatus, 8\nnop\nret")
CODE(do_open_supervisor, "csrsi sstatus, 2\nnop\nret")
CODE(do_write_pending, "csrw sip, a0\ncsrr a0, sip\nret")
CODE(do_write_enabled, "csrw sie, a0\ncsrr a0, sie\nret")
CODE(do_wfi, "csrci mstatus, 8\nwfi\nli a0, 0x77\nret")
CODE(do_wfi_open, "wfi\nli a0, 0x77\nret")
CODE(do_post_self, "csrsi sip, 2\nnop\nli a0, 0x77\nret")
CODE(do_set_deadline, "csrw 0x14d, a0\nli a0, 0x77\nret")
CODE(do_get_deadline, "csrr a0, 0x14d\nret")

static void quiet(void) {
  clear_csr(mstatus, MIE | MPIE | SIE | SPIE | SPP);
  write_csr(mie, 0);
  write_csr(mip, 0);
  write_csr(mideleg, 0);
  *MSIP = 0;
  *MTIMECMP = -1UL;
}

static u64 pending(void) {
  // A device's change may take a moment to get to the hart.
  for (volatile int i = 0; i < 1000; i++) {
  }
  return read_csr(mip) & ALL_INTERRUPTS;
}

static const u64 raisable[] = {SSI, MSI, STI, MTI, SEI};

static void raise(u64 which) {
  set_csr(mip, which & (SSI | STI | SEI));
  if (which & MSI) {
    *MSIP = 1;
  }
  if (which & MTI) {
    *MTIMECMP = 0;
  }
}

static void sources(void) {
  print("-- sources\n");
  for (int i = 0; i < 5; i++) {
    quiet();
    raise(raisable[i]);
    tell("pending", pending());
    for (int mode = 0; mode < 4; mode++) {
      if (mode == 2) {
        continue;
      }
      quiet();
      raise(raisable[i]);
      (void)pending();
      check("not enabled", mode, do_nothing, 1);
      write_csr(mie, raisable[i]);
      check("enabled, MIE off", mode, do_nothing, 1);
      set_csr(mstatus, MPIE);
      check("enabled, MIE on", mode, do_nothing, 1);
      quiet();
      raise(raisable[i]);
      (void)pending();
      write_csr(mideleg, raisable[i]);
      write_csr(mie, raisable[i]);
      tell("mideleg", read_csr(mideleg) & ALL_INTERRUPTS);
      set_csr(mstatus, MPIE);
      check("delegated, SIE off", mode, do_nothing, 1);
      set_csr(mstatus, SIE | MPIE);
      check("delegated, SIE on", mode, do_nothing, 1);
    }
  }
  quiet();
  raise(MSI);
  write_csr(mie, MSI);
  check("opened by itself in M", MACHINE, do_open_machine, 1);
  quiet();
  raise(SSI);
  write_csr(mideleg, SSI);
  write_csr(mie, SSI);
  check("opened by itself in S", SUPERVISOR, do_open_supervisor, 1);
  set_csr(mstatus, SIE);
  write_csr(mip, 0);
  check("posted by itself in S", SUPERVISOR, do_post_self, 1);
}

// Every pair of interrupts that can be raised from here, and all: which comes first.
static void priorities(void) {
  print("-- priorities\n");
  for (int a = 0; a < 5; a++) {
    for (int b = a + 1; b < 5; b++) {
      quiet();
      raise(raisable[a] | raisable[b]);
      (void)pending();
      write_csr(mie, raisable[a] | raisable[b]);
      set_csr(mstatus, MPIE);
      print_hex(raisable[a]);
      print("+");
      print_hex(raisable[b]);
      check(" to M", MACHINE, do_nothing, 1);
      write_csr(mideleg, raisable[a]);
      set_csr(mstatus, MPIE | SIE);
      print_hex(raisable[a]);
      print("+");
      print_hex(raisable[b]);
      check(" first delegated", SUPERVISOR, do_nothing, 1);
      write_csr(mideleg, raisable[a] | raisable[b]);
      set_csr(mstatus, MPIE | SIE);
      print_hex(raisable[a]);
      print("+");
      print_hex(raisable[b]);
      check(" both delegated", SUPERVISOR, do_nothing, 1);
    }
  }
}

static void vectored(void) {
  print("-- vectored\n");
  write_csr(mtvec, (u64)machine_table | 1);
  write_csr(stvec, (u64)supervisor_table | 1);
  for (int i = 0; i < 5; i++) {
    quiet();
    raise(raisable[i]);
    (void)pending();
    write_csr(mie, raisable[i]);
    set_csr(mstatus, MPIE);
    check("to M", USER, do_nothing, 1);
    write_csr(mideleg, raisable[i] & (SSI | STI | SEI));
    set_csr(mstatus, MPIE);
    check("to S", USER, do_nothing, 1);
  }
  write_csr(mtvec, machine_vector);
  write_csr(stvec, supervisor_vector);
}

// What software may write where.
static void registers(void) {
  print("-- registers\n");
  quiet();
  write_csr(mie, -1UL);
  tell("mie", read_csr(mie) & ALL_INTERRUPTS);
  write_csr(mip, -1UL);
  tell("mip", pending());
  write_csr(mip, 0);
  tell("mip cleared", pending());
  write_csr(mideleg, SSI | SEI);
  write_csr(mie, ALL_INTERRUPTS);
  tell("sie shows", read_csr(sie));
  write_csr(mip, SSI | STI | SEI);
  tell("sip shows", read_csr(sip));
  check("sip written with 0 in S", SUPERVISOR, do_write_pending, 0);
  tell("mip then", pending());
  write_csr(mip, 0);
  check("sip written with ones in S", SUPERVISOR, do_write_pending, -1UL);
  tell("mip then", pending());
  write_csr(mip, 0);
  check("sie written with 0 in S", SUPERVISOR, do_write_enabled, 0);
  tell("mie then", read_csr(mie) & ALL_INTERRUPTS);
  write_csr(mie, 0);
  check("sie written with ones in S", SUPERVISOR, do_write_enabled, -1UL);
  tell("mie then", read_csr(mie) & ALL_INTERRUPTS);
  quiet();
}

static void timer(void) {
  print("-- timer\n");
  quiet();
  write_csr(mie, MTI);
  set_csr(mstatus, MPIE);
  *MTIMECMP = *MTIME + 20000;
  tell("before", pending() & MTI);
  run(MACHINE, do_wfi_open, 0);
  tell("mtimecmp reached: cause", seen.cause);
  tell("not too early", *MTIME >= *MTIMECMP);
  *MTIMECMP = -1UL;
  tell("set ahead", pending() & MTI);
  clear_csr(mstatus, MPIE);
  *MTIMECMP = *MTIME + 1000;
  check("busy, MIE off", MACHINE, do_wait, 1000000);
  set_csr(mstatus, MPIE);
  *MTIMECMP = *MTIME + 1000;
  run(MACHINE, do_wait, LONG);
  tell("busy", seen.cause);
  quiet();
  write_csr(mie, MTI);
  *MTIMECMP = *MTIME + 20000;
  check("wfi with MIE off", MACHINE, do_wfi, 0);
}

// Sstc.
static void supervisor_timer(void) {
  print("-- stimecmp\n");
  quiet();
  write_csr(0x30a, 0);
  write_csr(mcounteren, 2);
  check("in S without STCE", SUPERVISOR, do_set_deadline, -1UL);
  check("read in S without STCE", SUPERVISOR, do_get_deadline, -1UL);
  write_csr(0x30a, STCE);
  tell("STCE", read_csr(0x30a) & STCE);
  write_csr(mcounteren, 0);
  check("in S without TM", SUPERVISOR, do_set_deadline, -1UL);
  write_csr(mcounteren, 2);
  check("in S", SUPERVISOR, do_set_deadline, -1UL);
  check("read in S", SUPERVISOR, do_get_deadline, 0);
  check("in U", USER, do_set_deadline, -1UL);
  tell("pending", pending() & STI);
  write_csr(mip, STI);
  tell("STIP is not for software", pending() & STI);
  write_csr(0x14d, 0);
  tell("passed", pending() & STI);
  write_csr(mip, 0);
  tell("STIP is not cleared by software", pending() & STI);
  write_csr(0x14d, -1UL);
  tell("set ahead", pending() & STI);
  write_csr(mideleg, STI);
  write_csr(mie, STI);
  set_csr(mstatus, SIE);
  write_csr(0x14d, *MTIME + 20000);
  check("waits in S", SUPERVISOR, do_wfi_open, 0);
  write_csr(0x14d, *MTIME + 1000);
  run(USER, do_wait, LONG);
  tell("busy in U", seen_by_supervisor.cause);
  write_csr(0x14d, 0);
  tell("passed", pending() & STI);
  write_csr(0x30a, 0);
  write_csr(mip, 0);
  tell("STCE off, cleared by software", pending() & STI);
  write_csr(mip, STI);
  tell("STCE off, set by software", pending() & STI);
  quiet();
}

// The UART is both the source and the way to print, so what is seen is kept and printed later.
static const char *noted[16];
static u64 notes[16];
static int note_count;

static void note(const char *name, u64 value) {
  noted[note_count] = name;
  notes[note_count++] = value;
}

static void tell_notes(void) {
  for (int i = 0; i < note_count; i++) {
    tell(noted[i], notes[i]);
  }
  note_count = 0;
}

static void assert_uart(void) {
  UART[1] = 2;  // the transmitter is empty: it asks for service at once
}

static void external_for(int context, u64 line) {
  tell("context", (u64)context);
  quiet();
  PLIC_PRIORITY(UART_IRQ) = 1;
  PLIC_THRESHOLD(context) = 0;
  PLIC_ENABLE(context) = 1 << UART_IRQ;
  note("idle", pending());
  assert_uart();
  note("asserted", pending());
  note("source pending", PLIC_PENDING);
  PLIC_THRESHOLD(context) = 1;
  note("behind the threshold", pending());
  PLIC_THRESHOLD(context) = 0;
  PLIC_PRIORITY(UART_IRQ) = 0;
  note("priority 0", pending());
  PLIC_PRIORITY(UART_IRQ) = 7;
  note("priority 7", pending());
  PLIC_ENABLE(context) = 0;
  PLIC_PRIORITY(UART_IRQ) = 7;
  note("disabled", pending());
  PLIC_ENABLE(context) = 1 << UART_IRQ;
  PLIC_PRIORITY(UART_IRQ) = 7;
  note("enabled again", pending());
  u32 source = PLIC_CLAIM(context);
  note("claimed", source);
  note("while claimed", pending());
  note("claimed again", PLIC_CLAIM(context));
  PLIC_CLAIM(context) = 3;
  note("wrong completion", pending());
  PLIC_CLAIM(context) = source;
  note(context == 0 ? "M-mode's completed, not served" : "S-mode's completed, not served", pending());
  UART[1] = 0;
  source = PLIC_CLAIM(context);
  PLIC_CLAIM(context) = source;
  note("served and completed", pending());
  tell_notes();
  if (line == SEI) {
    // The line reads as pending but is no software bit: setting other bits must not keep it (3.1.9).
    assert_uart();
    (void)pending();
    write_csr(mip, 0);
    note("line stays over a clear by software", pending());
    set_csr(mip, SSI);
    source = PLIC_CLAIM(context);
    note("SEIP after a set of SSIP and a claim", pending());
    UART[1] = 0;
    PLIC_CLAIM(context) = source;
    write_csr(mip, SEI);
    assert_uart();
    (void)pending();
    source = PLIC_CLAIM(context);
    note("software SEIP stays over a claim", pending());
    UART[1] = 0;
    PLIC_CLAIM(context) = source;
    write_csr(mip, 0);
    tell_notes();
  }
  quiet();
  assert_uart();
  (void)pending();
  write_csr(mie, line);
  set_csr(mstatus, MPIE);
  check("taken in M", USER, do_nothing, 1);
  assert_uart();
  (void)pending();
  write_csr(mideleg, line);
  set_csr(mstatus, MPIE | SIE);
  check("delegated", USER, do_nothing, 1);
  quiet();
  UART[1] = 0;
  source = PLIC_CLAIM(context);
  PLIC_CLAIM(context) = source;
  PLIC_ENABLE(context) = 0;
  PLIC_PRIORITY(UART_IRQ) = 0;
}

static void external(void) {
  print("-- external\n");
  external_for(0, MEI);
  external_for(1, SEI);
  // Beside all that software can raise, external comes first.
  quiet();
  PLIC_PRIORITY(UART_IRQ) = 1;
  PLIC_ENABLE(0) = 1 << UART_IRQ;
  UART[1] = 2;
  raise(SSI | MSI | STI | MTI | SEI);
  (void)pending();
  write_csr(mie, ALL_INTERRUPTS);
  set_csr(mstatus, MPIE);
  check("all at once", MACHINE, do_nothing, 1);
  write_csr(mie, MEI);
  write_csr(mtvec, (u64)machine_table | 1);
  set_csr(mstatus, MPIE);
  check("vectored", MACHINE, do_nothing, 1);
  write_csr(mtvec, machine_vector);
  PLIC_ENABLE(0) = 0;
  UART[1] = 0;
}

int main(void) {
  open_memory();
  quiet();
  sources();
  priorities();
  vectored();
  registers();
  timer();
  supervisor_timer();
  external();
  return 0;
}
