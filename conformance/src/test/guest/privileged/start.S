# Entry, traps, and the way into a lower mode and back.
#
# `enter` (runtime.h: run) leaves for a function in a mode; whatever trap then reaches M-mode ends it: the trap is written down
# in `seen` and `enter` returns. A trap that reaches S-mode is written down in `seen_by_supervisor`, and ends in an ECALL.

  .section .text.start, "ax"
  .globl _start
_start:
  csrr t0, mhartid
  bnez t0, park
  la sp, upper_stack
  la t0, machine_vector
  csrw mtvec, t0
  la t0, supervisor_vector
  csrw stvec, t0
  call main
  li a0, 0x5555
  li t0, 0x100000
  sw a0, 0(t0)
park:
  wfi
  j park

  .text
# void enter(unsigned long mode, unsigned long entry, unsigned long alias, unsigned long argument)
  .globl enter
enter:
  la t0, frame
  sd ra, 0(t0)
  sd sp, 8(t0)
  sd gp, 16(t0)
  sd tp, 24(t0)
  sd s0, 32(t0)
  sd s1, 40(t0)
  sd s2, 48(t0)
  sd s3, 56(t0)
  sd s4, 64(t0)
  sd s5, 72(t0)
  sd s6, 80(t0)
  sd s7, 88(t0)
  sd s8, 96(t0)
  sd s9, 104(t0)
  sd s10, 112(t0)
  sd s11, 120(t0)
  la sp, lower_stack
  add sp, sp, a2
  la ra, finished
  add ra, ra, a2
  csrw mepc, a1
  li t1, 3 << 11
  csrc mstatus, t1
  slli t1, a0, 11
  csrs mstatus, t1
  mv a0, a3
  mret

# A function that returns gets here.
  .globl finished
  .balign 4
finished:
  .option push
  .option norvc
  ecall
  .option pop

  .globl machine_vector
  .balign 4
machine_vector:
  csrw mscratch, a0
  la t0, seen
  csrr t1, mcause
  sd t1, 0(t0)
  csrr t1, mepc
  sd t1, 8(t0)
  csrr t1, mtval
  sd t1, 16(t0)
  csrr t1, mstatus
  sd t1, 24(t0)
  csrr t1, mscratch
  sd t1, 32(t0)
back:
  la t0, frame
  ld ra, 0(t0)
  ld sp, 8(t0)
  ld gp, 16(t0)
  ld tp, 24(t0)
  ld s0, 32(t0)
  ld s1, 40(t0)
  ld s2, 48(t0)
  ld s3, 56(t0)
  ld s4, 64(t0)
  ld s5, 72(t0)
  ld s6, 80(t0)
  ld s7, 88(t0)
  ld s8, 96(t0)
  ld s9, 104(t0)
  ld s10, 112(t0)
  ld s11, 120(t0)
  ret

  .globl supervisor_vector
  .balign 4
supervisor_vector:
  la t0, seen_by_supervisor
  csrr t1, scause
  sd t1, 0(t0)
  csrr t1, sepc
  sd t1, 8(t0)
  csrr t1, stval
  sd t1, 16(t0)
  csrr t1, sstatus
  sd t1, 24(t0)
  sd a0, 32(t0)
  ecall

# Vector tables: the entry that is taken tells its number, then goes on as above.
  .option push
  .option norvc
  .globl machine_table
  .balign 256
machine_table:
  .irp number, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
  j machine_slot_\number
  .endr
  .irp number, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
machine_slot_\number:
  li t2, \number
  j machine_slotted
  .endr
machine_slotted:
  la t0, slot
  sd t2, 0(t0)
  j machine_vector

  .globl supervisor_table
  .balign 256
supervisor_table:
  .irp number, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
  j supervisor_slot_\number
  .endr
  .irp number, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
supervisor_slot_\number:
  li t2, \number
  j supervisor_slotted
  .endr
supervisor_slotted:
  la t0, slot
  sd t2, 0(t0)
  j supervisor_vector

  .option pop

  .bss
  .balign 8
  .globl seen, seen_by_supervisor, slot
seen: .space 40
seen_by_supervisor: .space 40
slot: .space 8
frame: .space 128
