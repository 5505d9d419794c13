# Instructions whose second half is an instruction, too: a hot loop enters at either, by turns; then
# the inner one is changed, which changes both.
#
#= 4e20
#= 7530
#= 3a98
#= 493e

main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        li      a0, 0
        li      a1, 0
        li      s0, 10000
        la      s1, both
1:      andi    t0, s0, 1
        slli    t0, t0, 1
        add     t0, t0, s1
        jalr    t0
        addi    s0, s0, -1
        bnez    s0, 1b
        call    print
        mv      a0, a1
        call    print

        li      t0, 0x050d              # c.addi a0, 3 instead of 4
        sh      t0, 2(s1)
        li      a0, 0
        li      a1, 0
        li      s0, 5000
1:      jalr    2(s1)
        addi    s0, s0, -1
        bnez    s0, 1b
        call    print
        li      s0, 5000
1:      andi    t0, s0, 3
        li      t1, 1
        beq     t0, t1, 2f              # mostly in front, sometimes into the middle by a branch
        call    both
3:      addi    s0, s0, -1
        bnez    s0, 1b
        j       4f
2:      la      ra, 3b
        j       both + 2
4:
        call    print
        ld      ra, 0(sp)
        addi    sp, sp, 16
        ret

        .balign 4
both:   .word   0x05110337              # lui t1, 0x511 << 4; behind it c.addi a0, 4
        addi    a1, a1, 3
        addi    a0, a0, 0
        ret
other:  wfi
        j       other
