# Code that changes instructions of its own block, before, at and behind the store.
#
#= 1356
#= 1356
#= 1356
#= 2d
#= 1356
#= 26ac
#= 2d
#= 2d
#= 2d
#= 2d0
#= 5000

main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        li      s2, ADD
        li      t0, 1 << 13
        csrs    mstatus, t0

        li      a0, 0                   # the next instruction but one, and no FENCE.I
        li      s0, 100
        la      s1, 2f
1:      addi    s0, s0, -1
        slli    t0, s0, 20
        add     t0, t0, s2
        sw      t0, 0(s1)
        c.nop
2:      .word   ADD
        bnez    s0, 1b
        call    print

        li      a0, 0                   # the very next one, behind a FENCE.I
        li      s0, 100
        la      s1, 2f
1:      addi    s0, s0, -1
        slli    t0, s0, 20
        add     t0, t0, s2
        sw      t0, 0(s1)
        fence.i
2:      .word   ADD
        bnez    s0, 1b
        call    print

        li      a0, 0                   # one that was executed just before
        li      s0, 100
        la      s1, 1f
1:      .word   ADD
        addi    s0, s0, -1
        slli    t0, s0, 20
        add     t0, t0, s2
        sw      t0, 0(s1)
        bnez    s0, 1b
        call    print

        li      a0, 0                   # the store itself
        li      s0, 10
        la      s1, 2f
        li      t1, ADD + (5 << 20)
1:      addi    s0, s0, -1
2:      sw      t1, 0(s1)
        bnez    s0, 1b
        call    print

        li      a0, 0                   # half of an instruction
        li      s0, 100
        la      s1, 2f
1:      addi    s0, s0, -1
        slli    t0, s0, 4
        ori     t0, t0, 5
        sh      t0, 2(s1)
2:      .word   ADD
        bnez    s0, 1b
        call    print

        li      a0, 0                   # two at once
        li      s0, 100
        la      s1, 2f
1:      addi    s0, s0, -1
        slli    t0, s0, 20
        add     t0, t0, s2
        slli    t1, t0, 32
        or      t0, t0, t1
        sd      t0, 0(s1)
2:      .word   ADD
        .word   ADD
        bnez    s0, 1b
        call    print

        li      a0, 0                   # by an AMO
        li      s0, 10
        la      s1, 2f
1:      addi    s0, s0, -1
        slli    t0, s0, 20
        add     t0, t0, s2
        amoswap.w zero, t0, (s1)
        .balign 4
2:      .word   ADD
        bnez    s0, 1b
        call    print

        li      a0, 0                   # by a store-conditional
        li      s0, 10
        la      s1, 3f
1:      addi    s0, s0, -1
        slli    t0, s0, 20
        add     t0, t0, s2
2:      lr.w    t1, (s1)
        sc.w    t1, t0, (s1)
        bnez    t1, 2b
        .balign 4
3:      .word   ADD
        bnez    s0, 1b
        call    print

        li      a0, 0                   # from a floating-point register
        li      s0, 10
        la      s1, 2f
1:      addi    s0, s0, -1
        slli    t0, s0, 20
        add     t0, t0, s2
        fmv.w.x ft0, t0
        fsw     ft0, 0(s1)
2:      .word   ADD
        bnez    s0, 1b
        call    print

        li      a0, 0                   # a byte
        li      s0, 10
        la      s1, 2f
1:      addi    s0, s0, -1
        sb      s0, 3(s1)
2:      .word   ADD
        bnez    s0, 1b
        call    print

        li      a0, 0                   # rarely, when the loop is hot
        li      s0, 9000
        la      s1, 2f
1:      addi    s0, s0, -1
        andi    t0, s0, 0x7ff
        bnez    t0, 2f
        srli    t0, s0, 11
        slli    t0, t0, 20
        add     t0, t0, s2
        sw      t0, 0(s1)
2:      .word   ADD
        bnez    s0, 1b
        call    print

        ld      ra, 0(sp)
        addi    sp, sp, 16
        ret
other:  wfi
        j       other
