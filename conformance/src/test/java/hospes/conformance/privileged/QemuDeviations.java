package hospes.conformance.privileged;

import java.util.List;

/// Where QEMU 7.2 differs from Hospes, and what the manual says: RISC-V Privileged ISA 20240411, if
/// not said otherwise.
///
/// First comes what QEMU gets wrong, then what the manual leaves open ("open:").
final class QemuDeviations {
  private QemuDeviations() {}

  private static final String AMO =
      "3.1.15, table 14: what a load-like part of an AMO meets is reported as a store's exception (7, 6 or 15)";
  private static final String PRIORITY =
      "3.1.9: interrupts of one mode are taken in the order MEI, MSI, MTI, SEI, SSI, STI";
  private static final String GATEWAY =
      "PLIC Specification 1.0.0, 2.2: a level-triggered gateway sends another request if the line is still high at completion";
  private static final String LOW_BIT =
      "3.1.14 and 10.1.7: the low bit of mepc and sepc is always zero";
  private static final String NO_MATCH =
      "3.7.1: if no entry matches, an access from S-mode or U-mode fails with an access fault; QEMU refuses the MRET instead";

  private static final String WRITTEN =
      "RISC-V Unprivileged ISA 20240411, 6.1: a value written to instret is what the next instruction reads";

  static final List<Deviation> TRAPS =
      List.of(
          Deviation.of(AMO, "(amo to nowhere: . cause=)5( .*)", "$17$2"),
          Deviation.of(AMO, "(misaligned amo..: . cause=)4( .*)", "$16$2"),
          Deviation.of(
              "3.1.16: tval is the address of the portion that failed, which begins at the access's own first byte",
              "(load from nowhere, misaligned: . cause=5 epc=\\+0 tval=)50( .*)",
              "$153$2"),
          Deviation.of(
              "RISC-V Unprivileged ISA 20240411, 14.2: a misaligned SC raises an exception, reserved or not",
              "misaligned sc without lr: returned 1",
              "misaligned sc without lr: M cause=6 epc=+0 tval=8000c004 status=a00001800"),
          Deviation.of(
              "3.1.6.3: MRET to a mode below M clears MPRV",
              "(mret: M cause=[89] .* status=a000)2(.*)",
              "$10$2"),
          Deviation.of(
              "3.1.6.3: SRET clears MPRV",
              "(sret to . from 3: M cause=[89] .* status=a000)2(.*)",
              "$10$2"),
          Deviation.of(
              "open: EBREAK sets tval to zero or to its own address (3.1.16)",
              "((?:c\\.)?ebreak: . cause=3 epc=(\\S+) tval=)0( .*)",
              "$1$2$3"),
          Deviation.of(
              "open: a misaligned store that fails in part may have become visible in part (3.7.1)",
              "what it left there: [1-9a-f].*",
              "what it left there: 0"));

  static final List<Deviation> INTERRUPTS =
      List.of(
          Deviation.of(PRIORITY, "(2\\+8 to M: M cause=800000000000000)1( .*)", "$13$2"),
          Deviation.of(PRIORITY, "(20?\\+80 to M: M cause=800000000000000)[15]( .*)", "$17$2"),
          Deviation.of(PRIORITY, "(20?\\+200 to M: M cause=800000000000000)[15]( .*)", "$19$2"),
          Deviation.of(
              PRIORITY, "(20?\\+200 both delegated: S cause=800000000000000)[15]( .*)", "$19$2"),
          Deviation.of(PRIORITY, "(all at once: M cause=800000000000000)1( .*)", "$1b$2"),
          Deviation.of(GATEWAY, "(M-mode's )(completed, not served: )0", "$1$2800"),
          Deviation.of(GATEWAY, "(S-mode's )(completed, not served: )0", "$1$2200"));

  static final List<Deviation> PAGING =
      List.of(
          Deviation.of(
              "11.3.2, step 2: a table entry that cannot be read is an access fault of the original access",
              "table where nothing is: S d/1 f/1 c/1 U d/1 f/1 c/1",
              "table where nothing is: S 5/1 7/1 1/1 U 5/1 7/1 1/1"));

  static final List<Deviation> MEMORY =
      List.of(Deviation.of(AMO, "(amo on a missing page: M cause=)d( .*)", "$1f$2"));

  static final List<Deviation> PMP =
      List.of(
          Deviation.of(
              NO_MATCH,
              "(all off in [SU]: )load 2@\\S+ store 2@\\S+ amo 2@\\S+ fetch 2@\\S+",
              "$1load 1@+0 store 1@+0 amo 1@+0 fetch 1@+0"),
          Deviation.of(AMO, "(.* store 7 amo )5( .*)", "$17$2"),
          Deviation.of(
              "3.7.1: the entry must match all bytes of an access, and each fetch is one; QEMU checks a page once",
              "(mode 0 runs into a shut word: )returned 40",
              "$1M cause=1 epc=+80 tval=+80 status=a00000000"),
          Deviation.of(
              "3.7.1: as above",
              "(mode 1 runs into a shut word: )returned 40",
              "$1M cause=1 epc=+80 tval=+80 status=a00000800"),
          Deviation.of(
              "3.7.1: as above; 3.1.16: tval is the address of the half that failed",
              "half an instruction: returned 44",
              "half an instruction: M cause=1 epc=+2 tval=+4 status=a00000800"),
          Deviation.of(
              "11.3.2, step 7: if PMP forbids the store that sets A or D, the access ends in an access fault",
              "(table read-only, A and D clear: S )ok/4f ok/cf ok/4f( .*)",
              "$15/f 7/f 1/f$2"),
          Deviation.of(
              "3.7.1, figure 30: bits 5 and 6 of an entry's configuration are zero (WARL)",
              "bits 5 and 6: 1f00000000600000",
              "bits 5 and 6: 1f00000000000000"),
          Deviation.of(
              "3.7.1, figure 29: pmpaddr holds bits 55 to 2 of an address, the rest is zero (WARL)",
              "widest: ffffffffffffffff",
              "widest: 3fffffffffffff"));

  static final List<Deviation> CSRS =
      List.of(
          Deviation.of(
              "RISC-V Sstc: vstimecmp belongs to the hypervisor extension, which is switched off",
              "M csrs 240: 2000",
              "M csrs 240: 0"),
          Deviation.of(
              "3.1.6: MPV, GVA and VS do not exist without H and V; 3.1.6.3: UXL holds no reserved value",
              "(mstatus ffffffffffffffff: 800000)cb007e7f(aa)",
              "$10a007e79$2"),
          Deviation.of(
              "3.1.6.1: MPP holds only modes that exist (WARL)",
              "mstatus 1000: a00001000",
              "mstatus 1000: a00000000"),
          Deviation.of(
              "3.1.6.1: MPP holds only modes that exist (WARL)",
              "MPP was 3, written with 2: 2",
              "MPP was 3, written with 2: 3"),
          Deviation.of(
              "10.1.1: VS does not exist without V; UXL holds no reserved value",
              "(sstatus(?: f+)?: 8000000)3000c67(22)",
              "$12000c61$2"),
          Deviation.of(
              "3.1.6: as above",
              "(mstatus behind a write of 0 to sstatus: )cb00721888",
              "$1a00721888"),
          Deviation.of(LOW_BIT, "([ms]epc 80001001: 8000100)1", "$10"),
          Deviation.of(LOW_BIT, "([ms]epc 80001003: 8000100)3", "$12"),
          Deviation.of(LOW_BIT, "([ms]epc 80001005: 8000100)5", "$14"),
          Deviation.of(LOW_BIT, "([ms]epc 80001007: 8000100)7", "$16"),
          Deviation.of(LOW_BIT, "([ms]epc f+: fffffffffffffff)f", "$1e"),
          Deviation.of(
              "3.1.8: only causes that exist can be delegated; QEMU has those of the hypervisor extension",
              "medeleg ffffffffffffffff: f0bfff",
              "medeleg ffffffffffffffff: b3ff"),
          Deviation.of(
              "3.1.8: as above, for interrupts",
              "mideleg ffffffffffffffff: 2666",
              "mideleg ffffffffffffffff: 222"),
          Deviation.of(
              "3.1.11 and 10.1.5: mcounteren and scounteren are 32-bit registers",
              "([ms]counteren f+: )f{16}",
              "$1ffffffff"),
          Deviation.of(
              "3.1.18: ADUE is there with Svadu, PBMTE is not without Svpbmt",
              "(0x30a f+: )c0000000000000f1",
              "$1a0000000000000f1"),
          Deviation.of(
              "3.1.6.6: FS is dirty where the flags, a part of the state, have changed",
              "(FS after a comparison that raises a flag: )1",
              "$13"),
          Deviation.of(
              "open: whether PMP registers beyond the implemented entries read as zero or are illegal (3.7.1)",
              "M csrs 3a0: 5",
              "M csrs 3a0: 5555"),
          Deviation.of("open: as above", "(M csrs 3[cde]0: )0", "$1ffff"),
          Deviation.of(
              "open: an instruction that may change the state may make it dirty though it did not (3.1.6.6)",
              "c0010553 works, FS [12] SD: 0",
              "c0010553 works, FS 3 SD: 1"));

  static final List<Deviation> COUNTERS =
      List.of(
          Deviation.of(WRITTEN, "(read behind a write of 1000: )3e9", "$13e8"),
          Deviation.of(WRITTEN, "(two later: )3eb", "$13ea"),
          Deviation.of(WRITTEN, "(wraps around: )2", "$11"),
          Deviation.of(
              "3.3.1: ECALL and EBREAK, as all instructions that trap, do not retire; and as above",
              "(over an exception: )6",
              "$14"));
}
