#harts 2
# Two harts that contend for a word, by LR/SC, by AMO, and by a lock, in hot loops.
#
#= 2710
#= 2710
#= 2710

main:   la      s1, counters
        call    work
        la      s2, finished
1:      lw      t0, 0(s2)
        beqz    t0, 1b
        fence
        ld      a0, 0(s1)
        call    print
        ld      a0, 64(s1)
        call    print
        ld      a0, 128(s1)
        call    print
        j       finish

other:  la      s1, counters
        call    work
        la      s2, finished
        li      t0, 1
        amoswap.w.rl zero, t0, (s2)
1:      wfi
        j       1b

work:   li      s0, 5000
1:      lr.d    t0, (s1)                # LR/SC
        addi    t0, t0, 1
        sc.d    t1, t0, (s1)
        bnez    t1, 1b
        addi    s0, s0, -1
        bnez    s0, 1b
        li      s0, 5000
        addi    t2, s1, 64
        li      t0, 1
1:      amoadd.d zero, t0, (t2)         # AMO
        addi    s0, s0, -1
        bnez    s0, 1b
        li      s0, 5000
        addi    t2, s1, 136             # a lock around a plain increment
1:      amoswap.w.aq t1, t0, (t2)
        bnez    t1, 1b
        ld      t3, 128(s1)
        addi    t3, t3, 1
        sd      t3, 128(s1)
        amoswap.w.rl zero, zero, (t2)
        addi    s0, s0, -1
        bnez    s0, 1b
        ret

        .data
        .balign 64
counters:
        .space  192
finished:
        .space  8
        .text
