# The same virtual page of code, in two address spaces and with pages exchanged, while it is hot; and
# code that loses its permission to be executed.
#
#= 36b0
#= 36b0
#= 7d

main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        call    paging
        la      t0, handler
        csrw    mtvec, t0
        la      s3, one
        la      s4, two
        srli    s7, s3, 2
        ori     s7, s7, PTE_ALL
        srli    s8, s4, 2
        ori     s8, s8, PTE_ALL
        la      s5, window_table
        li      s6, WINDOW
        call    supervisor

        sd      s7, 0(s5)
        sfence.vma
        li      a0, 0
        li      s0, 2000
1:      andi    t0, s0, 7
        bnez    t0, 2f
        ld      t1, 0(s5)               # exchanged every eighth time
        xor     t1, t1, s7
        xor     t1, t1, s8
        sd      t1, 0(s5)
        sfence.vma s6, zero
2:      jalr    s6
        addi    s0, s0, -1
        bnez    s0, 1b
        call    print

        la      t0, root                # two address spaces
        la      t1, other_root
        la      t2, other_middle
        la      t3, other_table
        ld      t4, 0(t0)
        sd      t4, 0(t1)
        ld      t4, 16(t0)
        sd      t4, 16(t1)
        srli    t4, t2, 2
        ori     t4, t4, 1
        sd      t4, 8(t1)
        srli    t4, t3, 2
        ori     t4, t4, 1
        sd      t4, 0(t2)
        sd      s8, 0(t3)
        sd      s7, 0(s5)
        csrr    s9, satp
        srli    t1, t1, 12
        li      t2, 8 << 60 | 7 << 44
        or      s11, t1, t2
        sfence.vma
        li      a0, 0
        li      s0, 2000
1:      csrrw   t0, satp, s11
        mv      s11, t0
        sfence.vma
        jalr    s6
        addi    s0, s0, -1
        bnez    s0, 1b
        csrw    satp, s9
        sfence.vma
        call    print

        li      s10, 0                  # without X every sixteenth time
        li      s0, 2000
        sd      s7, 0(s5)
        sfence.vma
1:      andi    t0, s0, 15
        bnez    t0, 2f
        xori    t1, s7, 8
        sd      t1, 0(s5)
        sfence.vma s6, zero
2:      jalr    s6
        addi    s0, s0, -1
        bnez    s0, 1b
        mv      a0, s10
        call    print
        j       finish

        .balign 4
handler:
        addi    s10, s10, 1
        csrr    t0, mcause
        li      t1, 12
        bne     t0, t1, unexpected
        sd      s7, 0(s5)
        sfence.vma s6, zero
        mret

        .balign 4096
one:    li      t2, 5
1:      addi    a0, a0, 1
        addi    t2, t2, -1
        bnez    t2, 1b
        ret
        .balign 4096
two:    li      t2, 3
1:      addi    a0, a0, 3
        addi    t2, t2, -1
        bnez    t2, 1b
        ret

        .bss
        .balign 4096
other_root:
        .space  4096
other_middle:
        .space  4096
other_table:
        .space  4096
        .text
other:  wfi
        j       other
