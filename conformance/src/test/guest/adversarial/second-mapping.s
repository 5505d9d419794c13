# Code that is changed, and executed, through several virtual addresses. In S-mode, Sv39.
#
#= 1356
#= 1356
#= 26ac
#= 3e7
#= 1356

main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        call    paging
        li      a0, 3                   # page 3 of the window is the page of code
        la      a1, code
        li      a2, PTE_ALL
        call    map
        li      a0, 9                   # page 9, too
        la      a1, code
        li      a2, PTE_ALL
        call    map
        call    supervisor
        li      s2, ADD
        li      s3, WINDOW + 0x3000     # addresses of `code`
        li      s4, WINDOW + 0x9000
        la      s5, code

        li      a0, 0                   # changed in the window, executed at its own address
        li      s0, 100
1:      addi    s0, s0, -1
        slli    t0, s0, 20
        add     t0, t0, s2
        sw      t0, 0(s3)
        jalr    s5
        bnez    s0, 1b
        call    print

        li      a0, 0                   # changed at its own address, executed in the window
        li      s0, 100
1:      addi    s0, s0, -1
        slli    t0, s0, 20
        add     t0, t0, s2
        sw      t0, 0(s5)
        jalr    s3
        bnez    s0, 1b
        call    print

        li      a0, 0                   # executed in both windows
        li      s0, 100
1:      addi    s0, s0, -1
        slli    t0, s0, 20
        add     t0, t0, s2
        sw      t0, 0(s4)
        jalr    s3
        fence.i
        jalr    s4
        bnez    s0, 1b
        call    print

        li      a0, 0                   # a loop that changes its own first instruction
        la      t0, loop - code         # through a window
        add     t1, s3, t0
        add     t0, s5, t0
        li      s0, 1000
        jalr    t0
        call    print

        li      a0, 0                   # two pages with the same content, one of them changed
        la      t0, code
        la      t1, twin
        lw      t2, 0(t0)
        sw      t2, 0(t1)
        li      s0, 100
1:      addi    s0, s0, -1
        slli    t0, s0, 20
        add     t0, t0, s2
        la      t1, twin
        sw      t0, 0(t1)
        call    twin
        bnez    s0, 1b
        call    print
        j       finish

        .balign 4096
code:   .word   ADD
        ret
        .balign 64
loop:   addi    a0, a0, 1
        addi    s0, s0, -1
        li      t2, ADD + (1 << 20)
        sw      t2, 0(t1)
        bnez    s0, 1f
        ret
1:      li      t3, 1
        bne     s0, t3, loop
        li      t2, ADD                 # the last time it adds nothing
        sw      t2, 0(t1)
        j       loop
        .balign 4096
twin:   .word   ADD
        ret
        .balign 64
        addi    a0, a0, 1
other:  wfi
        j       other
