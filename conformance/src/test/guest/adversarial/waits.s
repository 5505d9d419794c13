# WFI in a hot loop: woken by the timer with interrupts on and off, by a software interrupt that is
# already there, and not at all where it is a hint only.
#
#= 1f4
#= 1f4
#= 1f4

main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        la      t0, handler
        csrw    mtvec, t0
        li      s1, MTIME
        li      s2, MTIMECMP
        li      s3, MSIP
        li      s10, 0
        li      t0, 1 << 7 | 1 << 3
        csrw    mie, t0

        csrsi   mstatus, 8              # the interrupt is taken
        li      s0, 500
1:      ld      t0, 0(s1)
        addi    t0, t0, 7
        sd      t0, 0(s2)
        mv      s4, s10
2:      csrci   mstatus, 8
        bne     s4, s10, 3f
        wfi
        csrsi   mstatus, 8
        j       2b
3:      csrsi   mstatus, 8
        addi    s0, s0, -1
        bnez    s0, 1b
        mv      a0, s10
        call    print

        csrci   mstatus, 8              # it only wakes
        li      a0, 0
        li      s0, 500
1:      ld      s4, 0(s1)
        addi    t0, s4, 9
        sd      t0, 0(s2)
        wfi
        ld      t1, 0(s1)
        sltu    t1, t1, t0
        xori    t1, t1, 1
        add     a0, a0, t1
        li      t0, -1
        sd      t0, 0(s2)
        addi    s0, s0, -1
        bnez    s0, 1b
        call    print

        li      a0, 0                   # it is there already
        li      s0, 500
        li      t0, 1
        sw      t0, 0(s3)
1:      wfi
        addi    a0, a0, 1
        addi    s0, s0, -1
        bnez    s0, 1b
        sw      zero, 0(s3)
        call    print
        ld      ra, 0(sp)
        addi    sp, sp, 16
        ret

        .balign 4
handler:
        addi    s10, s10, 1
        li      t6, -1
        sd      t6, 0(s2)
        mret
other:  wfi
        j       other
