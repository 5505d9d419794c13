# cycle, instret and time, read and written in hot loops.
#
#= 1770
#= 2af8
#= 7d0
#= 3e8

main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        li      t0, 7
        csrw    mcounteren, t0

        li      a0, 0                   # a round takes six instructions
        li      s0, 1000
        rdinstret s1
1:      rdinstret t0
        sub     t1, t0, s1
        mv      s1, t0
        add     a0, a0, t1
        addi    s0, s0, -1
        bnez    s0, 1b
        addi    a0, a0, 5               # the first one came one behind
        call    print

        li      a0, 0                   # a round takes five or six
        li      s0, 2000
        rdcycle s1
1:      andi    t0, s0, 1
        beqz    t0, 2f
        nop
2:      addi    s0, s0, -1
        bnez    s0, 1b
        rdcycle t0
        sub     a0, t0, s1
        addi    a0, a0, 2000 - 1
        call    print

        li      a0, 0                   # what is written counts from the next instruction on
        li      s0, 2000
1:      csrw    minstret, s0
        rdinstret t0
        sub     t0, t0, s0
        sltiu   t0, t0, 1
        add     a0, a0, t0
        addi    s0, s0, -1
        bnez    s0, 1b
        call    print

        li      a0, 0                   # exact across traps: ECALL is not retired
        li      s0, 1000
        la      t0, handler
        csrw    mtvec, t0
1:      rdinstret s1
        ecall
        rdinstret t0
        sub     t0, t0, s1
        addi    t0, t0, -5              # RDINSTRET and four of the handler
        sltiu   t0, t0, 1
        add     a0, a0, t0
        addi    s0, s0, -1
        bnez    s0, 1b
        call    print
        ld      ra, 0(sp)
        addi    sp, sp, 16
        ret
        .balign 4
handler:
        csrrw   t0, mepc, zero
        addi    t0, t0, 4
        csrw    mepc, t0
        mret
other:  wfi
        j       other
