# Flags and rounding modes in hot loops: what each round leaves in fcsr is summed up; floats are
# switched off, and on again by the trap; singles and doubles share registers.
#
#= 68d1a346c58f1e33
#= b6bce728e470bbc5
#= f6e04c479e460087
#= 7c
#= f818bc59f4051106
#= 7d
#= 78d1a9c6971c10ca
main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        la      t0, handler
        csrw    mtvec, t0
        li      t0, 1 << 13
        csrs    mstatus, t0
        li      s2, 0                   # the sum
        li      s10, 0                  # traps

        li      s0, 5000                # the flags stay, or are cleared every 64 rounds
        li      t0, 3
        fcvt.d.l fs0, t0
        fcvt.d.l fs1, zero
        li      t0, 1
        fcvt.d.l fs2, t0
1:      fcvt.d.l ft0, s0
        fdiv.d  ft1, ft0, fs0           # inexact two times of three
        frflags t0
        call    mix
        andi    t1, s0, 63
        bnez    t1, 2f
        fsflags zero
        fdiv.d  ft2, fs2, fs1           # division by zero
        frflags t0
        call    mix
2:      fmul.d  ft1, ft1, fs0
        feq.d   t0, ft1, ft0
        call    mix
        addi    s0, s0, -1
        bnez    s0, 1b
        mv      a0, s2
        call    print

        li      s0, 5000                # the rounding mode changes in each round
        li      s4, 0
1:      fsrm    s4
        addi    s4, s4, 1
        li      t0, 5
        bltu    s4, t0, 2f
        li      s4, 0
2:      fcvt.s.l ft0, s0
        fdiv.s  ft1, ft0, fs0           # not boxed: a NaN
        fmv.x.w t0, ft1
        call    mix
        fcvt.d.l ft0, s0
        fdiv.d  ft1, ft0, fs0
        fmv.x.d t0, ft1
        call    mix
        fcvt.w.d t0, ft1
        call    mix
        fcvt.s.d ft2, ft1
        fmv.x.d t0, ft2
        call    mix
        fsqrt.s ft3, ft2
        fmadd.d ft4, ft1, ft0, fs0
        fmv.x.d t0, ft4
        call    mix
        frcsr   t0
        call    mix
        fmv.d   fs0, fs0
        addi    s0, s0, -1
        bnez    s0, 1b
        mv      a0, s2
        call    print

        li      s0, 2000                # a mode that does not exist, now and then
1:      andi    t0, s0, 31
        sltiu   t0, t0, 1
        slli    t0, t0, 2
        addi    t0, t0, 1               # 1, or 5
        fsrm    t0
        fcvt.d.l ft0, s0
        fadd.d  ft5, ft5, ft0
        fmin.d  ft6, ft5, ft0           # does not round
        fmv.x.d t0, ft5
        call    mix
        addi    s0, s0, -1
        bnez    s0, 1b
        mv      a0, s2
        call    print
        mv      a0, s10
        call    print

        fsrm    zero
        li      s10, 0                  # floats are switched off every 16 rounds
        li      s0, 2000
        li      s5, 3 << 13
1:      andi    t0, s0, 15
        bnez    t0, 2f
        csrc    mstatus, s5
2:      addi    s2, s2, 1
        fadd.d  ft5, ft5, fs2
        csrr    t0, mstatus             # dirty, or not
        call    mix
        li      t0, 1 << 13             # clean
        csrc    mstatus, s5
        csrs    mstatus, t0
        fmv.x.d t0, ft5
        call    mix
        csrr    t0, mstatus
        call    mix
        addi    s0, s0, -1
        bnez    s0, 1b
        mv      a0, s2
        call    print
        mv      a0, s10
        call    print

        li      s0, 3000                # small and large numbers: underflow and overflow
        li      t0, 0x0010000000000001
        fmv.d.x fs3, t0
        li      t0, 0x7fe0000000000001
        fmv.d.x fs4, t0
        li      t0, 0x3ff8000000000001
        fmv.d.x fs5, t0
        fmv.d   ft0, fs5
1:      fmul.d  ft0, ft0, fs5
        fmul.d  ft1, fs3, ft0
        fdiv.d  ft2, fs3, ft0
        fmul.d  ft3, fs4, ft0
        frflags t0
        call    mix
        fmv.x.d t0, ft2
        call    mix
        andi    t1, s0, 31
        bnez    t1, 2f
        fsflags zero
        fmv.d   ft0, fs5
2:      addi    s0, s0, -1
        bnez    s0, 1b
        mv      a0, s2
        call    print
        ld      ra, 0(sp)
        addi    sp, sp, 16
        ret

mix:    add     s2, s2, t0
        slli    t1, s2, 7
        srli    s2, s2, 57
        xor     s2, s2, t1
        ret

        .balign 4
handler:
        csrr    t1, mcause
        li      t2, 2
        bne     t1, t2, unexpected
        addi    s10, s10, 1
        csrr    t1, mstatus             # were they off?
        li      t2, 3 << 13
        and     t1, t1, t2
        bnez    t1, 1f
        li      t2, 1 << 13
        csrs    mstatus, t2
        mret
1:      csrr    t1, mepc
        addi    t1, t1, 4
        csrw    mepc, t1
        mret
other:  wfi
        j       other
