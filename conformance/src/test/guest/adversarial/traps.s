# A hot loop with stores before and behind an instruction that traps now and then, in every way. The
# handler adds up where, why and after how many instructions; the stores are checked in the end.
#
#= 2e
#= d9dd4f672f7635d9
#= 1
#= 0
#= 2e
#= e4116a78f3ad7ade
#= 44affc
#= 44affd
#= 5c
#= 3fdf916ba6f5e85
#= 1
#= 44affc
#= 2e
#= bd52800d3174a1df
#= 1
#= 6447ffffde7c3f18
#= 17
#= de600bb366b1b3ec
#= 1
#= bb8
#= 176
#= b760e32e3b175034
#= 1
#= 0
#= 1770
#= 2a70902307197628
#= 1
#= 2328
#= 2e
#= fe0e46c4e5d8874b
#= 3ff0000000000000
#= 3ff0000000000000
#= 2e
#= fe0e46d346ff7252
#= 1
#= 800004b6
#= 3e8

main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        call    paging
        la      t0, handler
        csrw    mtvec, t0
        li      s11, 0                  # the sum over all traps
        la      s2, cases
1:      ld      s3, 0(s2)               # the address of a case
        beqz    s3, 2f
        call    round
        addi    s2, s2, 8
        j       1b
2:      li      a0, 1000
        call    print
        ld      ra, 0(sp)
        addi    sp, sp, 16
        ret

# Runs a case 3000 times; a0 leads to a good place but each 64th time, when it leads to a bad one.
round:  addi    sp, sp, -16
        sd      ra, 0(sp)
        li      s0, 3000
        la      s4, good
        li      s10, 0                  # traps
        sd      zero, good + 32, t0
        sd      zero, good + 40, t0
        jalr    s3
        mv      a0, s10
        call    print
        mv      a0, s11
        call    print
        ld      a0, good + 32
        call    print
        ld      a0, good + 40
        call    print
        ld      ra, 0(sp)
        addi    sp, sp, 16
        ret

        .balign 4
handler:
        addi    s10, s10, 1
        csrr    s5, mcause
        csrr    s6, mepc
        csrr    s7, mtval
        csrr    s8, minstret
        add     s11, s11, s5
        slli    s5, s11, 7
        xor     s11, s11, s5
        srli    s5, s11, 9
        xor     s11, s11, s5
        add     s11, s11, s6
        add     s11, s11, s7
        add     s11, s11, s8
        add     s11, s11, s0
        lhu     s7, 0(s6)               # go on behind it
        andi    s7, s7, 3
        addi    s7, s7, -3
        addi    s6, s6, 2
        bnez    s7, 1f
        addi    s6, s6, 2
1:      csrw    mepc, s6
        mret

# a0 = the good place, or each 64th time the bad one in a1.
        .balign 4
choose: mv      a0, s4
        andi    t0, s0, 63
        bnez    t0, 1f
        mv      a0, a1
1:      ret

bad_load:
        mv      s9, ra
        li      a1, 0x50000000          # nobody is there
1:      call    choose
        sd      s0, 32(s4)
        ld      t1, 0(a0)
        sd      t1, 40(s4)
        addi    s0, s0, -1
        bnez    s0, 1b
        jr      s9
bad_store:
        mv      s9, ra
        li      a1, 0x50000000
1:      call    choose
        ld      t1, 32(s4)
        add     t1, t1, s0
        sd      t1, 32(s4)
        sd      t1, 0(a0)
        addi    t1, t1, 1
        sd      t1, 40(s4)
        addi    s0, s0, -1
        bnez    s0, 1b
        jr      s9
odd_reserve:
        mv      s9, ra
        addi    a1, s4, 4
1:      call    choose
        sd      s0, 32(s4)
        lr.d    t1, (a0)
        sc.d    t2, t1, (a0)
        add     t1, t1, t2
        sd      t1, 40(s4)
        addi    s0, s0, -1
        bnez    s0, 1b
        jr      s9
odd_atomic:
        mv      s9, ra
        addi    a1, s4, 2
1:      call    choose
        sd      s0, 32(s4)
        amoadd.w t1, s0, (a0)
        ld      t2, 40(s4)
        add     t1, t1, t2
        sd      t1, 40(s4)
        addi    s0, s0, -1
        bnez    s0, 1b
        jr      s9
illegal:
        mv      s9, ra
1:      andi    t0, s0, 127
        sd      s0, 32(s4)
        bnez    t0, 2f
        .word   0xffffffff
2:      ld      t1, 40(s4)
        addi    t1, t1, 1
        sd      t1, 40(s4)
        addi    s0, s0, -1
        bnez    s0, 1b
        jr      s9
calls:
        mv      s9, ra
1:      andi    t0, s0, 15
        sd      s0, 32(s4)
        bnez    t0, 2f
        ecall
        c.ebreak
        sd      t0, 40(s4)
2:      addi    s0, s0, -1
        bnez    s0, 1b
        jr      s9
always: mv      s9, ra                  # a region that always traps in its middle
1:      sd      s0, 32(s4)
        ld      t1, 0(zero)
        ld      t2, 40(s4)
        addi    t2, t2, 3
        sd      t2, 40(s4)
        csrr    t3, 0x8ff               # there is no such register
        addi    s0, s0, -1
        bnez    s0, 1b
        jr      s9
bad_float:
        mv      s9, ra
        li      t0, 1 << 13
        csrs    mstatus, t0
        li      a1, 0x50000000
        fmv.d.x ft1, zero
1:      call    choose
        fcvt.d.l ft0, s0
        fsd     ft0, 32(s4)
        fld     ft1, 0(a0)
        fadd.d  ft1, ft1, ft0
        fsd     ft1, 40(s4)
        addi    s0, s0, -1
        bnez    s0, 1b
        jr      s9
bad_jump:
        mv      s9, ra                  # to where no code is: the handler cannot look there
        la      t0, jump_handler
        csrrw   s1, mtvec, t0
        li      a1, 0x50000000
1:      call    choose
        andi    t0, s0, 63
        sd      s0, 32(s4)
        bnez    t0, 2f
        jalr    a1
2:      sd      ra, 40(s4)
        addi    s0, s0, -1
        bnez    s0, 1b
        csrw    mtvec, s1
        jr      s9
        .balign 4
jump_handler:
        csrr    s6, mepc
        add     s11, s11, s6
        csrr    s6, mcause
        add     s11, s11, s6
        csrr    s6, minstret
        add     s11, s11, s6
        addi    s10, s10, 1
        csrw    mepc, ra
        mret

        .data
        .balign 8
cases:  .dword  bad_load, bad_store, odd_reserve, odd_atomic, illegal, calls, always, bad_float
        .dword  bad_jump, 0
        .balign 64
good:   .space  64
        .text
other:  wfi
        j       other
