# hello: traps.s -- what interrupts the kernel: the timer, the serial port, and its own faults.
# RISC-V Privileged ISA, "Supervisor-Level ISA".

        .equ    SSTATUS_SIE, 1 << 1             # interrupts are on
        .equ    SIE_TIMER, 1 << 5               # which interrupts we want
        .equ    SIE_EXTERNAL, 1 << 9

        # Values of scause, the reason of a trap. The top bit says that it is an interrupt.
        .equ    CAUSE_TIMER, 5
        .equ    CAUSE_EXTERNAL, 9
        .equ    CAUSE_LOAD_PAGE_FAULT, 13
        .equ    CAUSE_STORE_PAGE_FAULT, 15

        .equ    TICKS_PER_MILLISECOND, 10000    # the virt board's clock runs at 10 MHz

        .equ    SAVED, 16 * 8                   # registers that a trap has to keep

        .text

# From now on traps come to trap_entry, and interrupts are on.
traps_start:
        la      t0, trap_entry
        csrw    stvec, t0
        li      t0, SIE_TIMER | SIE_EXTERNAL
        csrw    sie, t0
        csrsi   sstatus, SSTATUS_SIE
        ret

# The hart comes here, with interrupts off, wherever it was. What it was doing must not notice: all
# registers that functions may use freely are kept on the stack.
        .balign 4
trap_entry:
        addi    sp, sp, -SAVED
        sd      ra, 0 * 8(sp)
        sd      t0, 1 * 8(sp)
        sd      t1, 2 * 8(sp)
        sd      t2, 3 * 8(sp)
        sd      t3, 4 * 8(sp)
        sd      t4, 5 * 8(sp)
        sd      t5, 6 * 8(sp)
        sd      t6, 7 * 8(sp)
        sd      a0, 8 * 8(sp)
        sd      a1, 9 * 8(sp)
        sd      a2, 10 * 8(sp)
        sd      a3, 11 * 8(sp)
        sd      a4, 12 * 8(sp)
        sd      a5, 13 * 8(sp)
        sd      a6, 14 * 8(sp)
        sd      a7, 15 * 8(sp)
        call    trap
        ld      ra, 0 * 8(sp)
        ld      t0, 1 * 8(sp)
        ld      t1, 2 * 8(sp)
        ld      t2, 3 * 8(sp)
        ld      t3, 4 * 8(sp)
        ld      t4, 5 * 8(sp)
        ld      t5, 6 * 8(sp)
        ld      t6, 7 * 8(sp)
        ld      a0, 8 * 8(sp)
        ld      a1, 9 * 8(sp)
        ld      a2, 10 * 8(sp)
        ld      a3, 11 * 8(sp)
        ld      a4, 12 * 8(sp)
        ld      a5, 13 * 8(sp)
        ld      a6, 14 * 8(sp)
        ld      a7, 15 * 8(sp)
        addi    sp, sp, SAVED
        sret                            # back to the instruction at sepc, interrupts as before

# Finds out what happened.
trap:
        csrr    t0, scause
        bgez    t0, 1f                  # the top bit is the sign
        slli    t0, t0, 1               # an interrupt: which one?
        srli    t0, t0, 1
        li      t1, CAUSE_TIMER
        beq     t0, t1, timer_interrupt
        li      t1, CAUSE_EXTERNAL
        beq     t0, t1, console_interrupt
        j       unexpected
1:      li      t1, CAUSE_LOAD_PAGE_FAULT
        beq     t0, t1, page_fault
        li      t1, CAUSE_STORE_PAGE_FAULT
        beq     t0, t1, page_fault
        j       unexpected

# Says that the time has come, and that no other is wanted.
timer_interrupt:
        li      t0, 1
        sd      t0, timer_fired, t1
        li      a0, -1
set_timer:                              # a0 = when, in ticks of the clock
        li      a6, 0
        li      a7, SBI_TIME
        ecall
        ret

# Gives the page that was missing, so that sret repeats the instruction with better luck.
page_fault:
        addi    sp, sp, -16
        sd      ra, 8(sp)
        csrr    a0, stval               # the address that has no page
        call    map_fresh_page
        beqz    a0, unexpected
        la      a0, faulted
        call    print
        csrr    a0, scause
        call    print_decimal
        la      a0, faulted_at
        call    print
        csrr    a0, stval
        call    print_hex
        la      a0, mapped
        call    print
        ld      ra, 8(sp)
        addi    sp, sp, 16
        ret

# Reports a trap that nobody expected, and stops.
unexpected:
        la      a0, trapped
        call    print
        csrr    a0, scause
        call    print_hex
        la      a0, trapped_at
        call    print
        csrr    a0, sepc
        call    print_hex
        la      a0, trap_value
        call    print
        csrr    a0, stval
        call    print_hex
        la      a0, trapped_end
        j       panic

# Sleeps for a0 ticks of the clock.
sleep:
        addi    sp, sp, -16
        sd      ra, 8(sp)
        sd      zero, timer_fired, t0
        rdtime  t0
        add     a0, a0, t0
        call    set_timer
1:      csrci   sstatus, SSTATUS_SIE    # as in read_byte
        ld      t0, timer_fired
        bnez    t0, 2f
        wfi
        csrsi   sstatus, SSTATUS_SIE
        j       1b
2:      csrsi   sstatus, SSTATUS_SIE
        ld      ra, 8(sp)
        addi    sp, sp, 16
        ret

        .section .rodata
faulted:
        .asciz  "              Trap! scause = "
faulted_at:
        .asciz  " (page fault), stval = "
mapped: .asciz  ": I map a fresh page.\n"
trapped:
        .asciz  "Trap! scause = "
trapped_at:
        .asciz  ", sepc = "
trap_value:
        .asciz  ", stval = "
trapped_end:
        .asciz  ".\n"

        .bss
        .balign 8
timer_fired:
        .space  8
