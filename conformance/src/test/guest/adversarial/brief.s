# A short program with a bit of everything, to be run to its end in many ways (SweepTest.java).

main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        la      t0, handler
        csrw    mtvec, t0
        la      s1, data
        li      s0, 40
        li      a0, 0
1:      ld      t0, 0(s1)
        add     t0, t0, s0
        sd      t0, 8(s1)
        andi    t1, s0, 7
        bnez    t1, 2f
        ld      t2, 1(zero)             # nobody is there
2:      sd      t0, 0(s1)
        call    callee
        add     a0, a0, t0
        slli    t3, a0, 3
        xor     a0, a0, t3
        addi    s0, s0, -1
        bnez    s0, 1b
        call    print
        ld      ra, 0(sp)
        addi    sp, sp, 16
        ret
callee: li      t4, 5
1:      addi    t4, t4, -1
        lw      t5, 4(s1)
        add     a0, a0, t5
        bnez    t4, 1b
        ret
        .balign 4
handler:
        csrr    t2, mepc
        addi    t2, t2, 4
        csrw    mepc, t2
        mret
        .data
        .balign 8
data:   .dword  3, 5
        .text
other:  wfi
        j       other
