# Code that changes functions in other pages: called, jumped to, in a loop over two pages, and the
# caller itself while it waits to be returned to.
#
#= 1e74e
#= 1e74e
#= 618
#= 96
#= 3e7

main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        li      s2, ADD
        la      s1, callee

        li      a0, 0                   # a function in the next page, before each call
        li      s0, 500
1:      addi    s0, s0, -1
        slli    t0, s0, 20
        add     t0, t0, s2
        sw      t0, 0(s1)
        call    callee
        bnez    s0, 1b
        call    print

        li      a0, 0                   # the same with FENCE.I, and through a register
        li      s0, 500
1:      addi    s0, s0, -1
        slli    t0, s0, 20
        add     t0, t0, s2
        sw      t0, 0(s1)
        fence.i
        jalr    s1
        bnez    s0, 1b
        call    print

        li      a0, 0                   # a loop that lies in two pages, each changing the other
        li      s0, 40
        la      s1, there
        la      s3, here
        j       here
        .balign 4096
here:   .word   ADD
        addi    s0, s0, -1
        slli    t0, s0, 20
        add     t0, t0, s2
        sw      t0, 0(s1)               # the next page adds s0
        j       there
back:   bnez    s0, here
        call    print

        li      a0, 0                   # a callee that changes what its caller does next
        li      s0, 100
1:      addi    s0, s0, -1
        la      s1, 2f
        call    changes_caller
2:      addi    a0, a0, 1
        la      t0, 2b
        li      t1, ADD + (1 << 20)
        sw      t1, 0(t0)
        bnez    s0, 1b
        call    print

        li      a0, 0                   # a function copied over another, when both are hot
        li      s0, 333
1:      call    callee_copy
        addi    s0, s0, -1
        li      t0, 111
        bne     s0, t0, 2f
        la      t0, spare
        la      t1, callee_copy
        ld      t2, 0(t0)
        sd      t2, 0(t1)
2:      bnez    s0, 1b
        call    print

        ld      ra, 0(sp)
        addi    sp, sp, 16
        ret

changes_caller:                         # every other time
        andi    t0, s0, 1
        beqz    t0, 1f
        li      t0, ADD + (2 << 20)
        sw      t0, 0(s1)
1:      ret

        .balign 4096
there:  .word   ADD
        slli    t0, s0, 20
        add     t0, t0, s2
        sw      t0, 0(s3)               # the page before adds it, too, in the next round
        j       back
callee: .word   ADD
        ret

        .balign 4096
        .balign 8
callee_copy:
        addi    a0, a0, 4
        nop
        ret
        .balign 8
spare:  addi    a0, a0, 1
        nop
other:  wfi
        j       other
