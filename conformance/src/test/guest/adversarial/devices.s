# Devices in hot loops: the serial port's registers and its interrupt at the PLIC, the clock, and the
# timer that is set again and again.
#
#= 1f4
#= 1f4
#= 1
#= 3e8
#= 64
#= a
#= 64

        .equ    PLIC, 0x0c000000

main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        li      s1, UART
        li      a0, 0                   # the scratch register keeps what is written
        li      s0, 500
1:      sb      s0, 7(s1)
        lbu     t0, 7(s1)
        andi    t1, s0, 255
        bne     t0, t1, 2f
        addi    a0, a0, 1
2:      addi    s0, s0, -1
        bnez    s0, 1b
        call    print

        li      a0, 0                   # the transmitter is always empty
        li      s0, 500
1:      lbu     t0, 5(s1)
        andi    t0, t0, 0x60
        addi    t0, t0, -0x60
        bnez    t0, 2f
        addi    a0, a0, 1
2:      addi    s0, s0, -1
        bnez    s0, 1b
        call    print

        li      s2, MTIME               # time does not run backwards, and is the CSR's
        li      a0, 1
        li      s0, 3000
        rdtime  s3
1:      ld      t0, 0(s2)
        rdtime  t1
        bltu    t0, s3, 3f
        bltu    t1, t0, 3f
        mv      s3, t1
        addi    s0, s0, -1
        bnez    s0, 1b
        j       4f
3:      li      a0, 0
4:      call    print

        li      s4, MSIP                # bits that stay
        li      a0, 0
        li      s0, 1000
1:      andi    t0, s0, 1
        sw      t0, 0(s4)
        lw      t1, 0(s4)
        csrr    t2, mip
        srli    t2, t2, 3
        andi    t2, t2, 1
        bne     t0, t1, 2f
        bne     t0, t2, 2f
        addi    a0, a0, 1
2:      addi    s0, s0, -1
        bnez    s0, 1b
        sw      zero, 0(s4)
        call    print

        la      t0, timer               # a timer that is set anew by its own interrupt
        csrw    mtvec, t0
        li      s5, MTIMECMP
        li      s10, 0
        ld      t0, 0(s2)
        addi    t0, t0, 2
        sd      t0, 0(s5)
        li      t0, 1 << 7
        csrw    mie, t0
        csrsi   mstatus, 8
        li      s6, 100
1:      addi    s7, s7, 1
        bltu    s10, s6, 1b
        csrw    mie, zero
        mv      a0, s10
        call    print

        li      s10, 0                  # a timer that is put off in time, in a loop: it never comes
        csrsi   mstatus, 8
        li      t0, 1 << 7
        ld      t1, 0(s2)
        addi    t1, t1, 50
        sd      t1, 0(s5)
        csrw    mie, t0
        li      s0, 5000
1:      ld      t1, 0(s2)
        addi    t1, t1, 2
        sd      t1, 0(s5)
        addi    s0, s0, -1
        bnez    s0, 1b
        csrw    mie, zero
        addi    a0, s10, 10
        call    print

        la      t0, external            # the transmitter's interrupt, claimed and completed
        csrw    mtvec, t0
        li      t0, PLIC + 10 * 4
        li      t1, 1
        sw      t1, 0(t0)
        li      t0, PLIC + 0x2000
        li      t1, 1 << 10
        sw      t1, 0(t0)
        li      s6, PLIC + 0x200000
        sw      zero, 0(s6)
        li      s10, 0
        li      s7, 100
        li      t0, 1 << 11
        csrw    mie, t0
        li      t0, 2
        sb      t0, 1(s1)               # from now on
1:      addi    s8, s8, 1
        bltu    s10, s7, 1b
        csrw    mie, zero
        mv      a0, s10
        call    print
        ld      ra, 0(sp)
        addi    sp, sp, 16
        ret

        .balign 4
timer:  addi    s10, s10, 1
        ld      t0, 0(s2)
        addi    t0, t0, 3
        sd      t0, 0(s5)
        mret
        .balign 4
external:
        lw      t0, 4(s6)               # which one? It goes on and on
        li      t1, 10
        bne     t0, t1, unexpected
        addi    s10, s10, 1
        sb      zero, 1(s1)
        sltu    t1, s10, s7             # once more, until it is enough
        slli    t1, t1, 1
        sb      t1, 1(s1)
        sw      t0, 4(s6)
        mret
other:  wfi
        j       other
