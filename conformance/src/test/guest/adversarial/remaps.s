# Data pages that are exchanged, taken away and made read-only in the middle of a hot loop, by the
# loop itself, with SFENCE.VMA for one address and for all; and tables that are switched in a loop.
#
#= 8000
#= 2000
#= 7c
#= 55aa
#= fa00

main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        call    paging
        la      t0, handler
        csrw    mtvec, t0
        la      s3, page_one
        la      s4, page_two
        li      t0, 1
        sd      t0, 0(s3)
        li      t0, 3
        sd      t0, 0(s4)
        la      s5, window_table
        li      s6, WINDOW              # the page that changes
        call    supervisor

        srli    t1, s3, 2               # by turns the one and the other, every 16 rounds
        ori     s7, t1, PTE_DATA
        srli    t1, s4, 2
        ori     s8, t1, PTE_DATA
        sd      s7, 0(s5)
        sfence.vma
        li      a0, 0
        li      s0, 16384
1:      ld      t0, 0(s6)
        add     a0, a0, t0
        addi    s0, s0, -1
        andi    t0, s0, 15
        bnez    t0, 2f
        ld      t1, 0(s5)
        xor     t1, t1, s7
        xor     t1, t1, s8
        sd      t1, 0(s5)
        sfence.vma s6, zero
2:      bnez    s0, 1b
        call    print

        li      a0, 0                   # stores that go to the one and the other
        li      s0, 8192
        sd      zero, 8(s3)
        sd      zero, 8(s4)
1:      ld      t0, 8(s6)
        addi    t0, t0, 1
        sd      t0, 8(s6)
        addi    s0, s0, -1
        andi    t0, s0, 31
        bnez    t0, 2f
        ld      t1, 0(s5)
        xor     t1, t1, s7
        xor     t1, t1, s8
        sd      t1, 0(s5)
        sfence.vma
2:      bnez    s0, 1b
        ld      a0, 8(s3)
        ld      t0, 8(s4)
        add     a0, a0, t0
        call    print

        li      s10, 0                  # read-only now and then: the handler permits it again
        sd      s7, 0(s5)
        sfence.vma
        li      s0, 8000
1:      sd      s0, 16(s6)
        ld      t2, 16(s6)
        bne     t2, s0, 3f
        addi    s0, s0, -1
        andi    t0, s0, 63
        bnez    t0, 2f
        xori    t1, s7, 4
        sd      t1, 0(s5)
        sfence.vma s6, zero
2:      bnez    s0, 1b
        mv      a0, s10
        call    print
        j       4f
3:      li      a0, 0xbad
        call    print

4:      li      s0, 2000                # A and D bits are taken away; they come back by themselves
        li      a0, 0
1:      xori    t1, s7, 0xc0
        sd      t1, 0(s5)
        sfence.vma s6, zero
        ld      t0, 0(s6)
        ld      t1, 0(s5)
        andi    t1, t1, 0xc0
        xori    t1, t1, 0x40            # only A
        add     a0, a0, t1
        sd      t0, 24(s6)
        ld      t1, 0(s5)
        andi    t1, t1, 0xc0
        xori    t1, t1, 0xc0
        add     a0, a0, t1
        addi    s0, s0, -1
        bnez    s0, 1b
        li      t0, 0x55aa
        add     a0, a0, t0
        call    print

        la      t0, root                # two address spaces that differ in page 0 of the window
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
        li      s0, 32000
1:      andi    t0, s0, 3
        bnez    t0, 2f
        csrrw   t0, satp, s11
        mv      s11, t0
        sfence.vma
2:      ld      t0, 0(s6)
        add     a0, a0, t0
        addi    s0, s0, -1
        bnez    s0, 1b
        csrw    satp, s9
        sfence.vma
        call    print
        j       finish

        .balign 4
handler:
        addi    s10, s10, 1
        csrr    t0, mcause
        li      t1, 15
        bne     t0, t1, unexpected
        sd      s7, 0(s5)
        sfence.vma s6, zero
        mret

        .bss
        .balign 4096
page_one:
        .space  4096
page_two:
        .space  4096
other_root:
        .space  4096
other_middle:
        .space  4096
other_table:
        .space  4096
        .text
other:  wfi
        j       other
