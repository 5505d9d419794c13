# A hot loop that goes through two pages; the second one is exchanged while the loop runs, from
# within the loop and from an interrupt. In S-mode, Sv39.
#
#= 1b59
#= 1f40
#= 64

main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        call    paging
        la      t0, handler
        csrw    mtvec, t0
        la      a1, head
        li      a0, 4
        li      a2, PTE_ALL
        call    map
        la      a1, tail
        li      a0, 5
        li      a2, PTE_ALL
        call    map
        la      s3, tail
        la      s4, other_tail
        srli    s3, s3, 2
        ori     s3, s3, PTE_ALL
        srli    s4, s4, 2
        ori     s4, s4, PTE_ALL
        la      s5, window_table + 5 * 8
        li      s6, WINDOW + 0x5000
        call    supervisor

        li      a0, 0                   # exchanged by the loop itself every 1000 rounds
        li      s0, 5000
        li      s1, 1000
        li      s8, 1000
        li      s7, WINDOW + 0x4800
        jalr    s7
        call    print

        li      a0, 0                   # exchanged by ECALL every 10 rounds
        li      s0, 2000
        li      s1, -1
        li      s8, 10
        li      s7, WINDOW + 0x4800
        sd      s3, 0(s5)
        sfence.vma s6, zero
        li      s9, 400                 # so often the handler did it
        jalr    s7
        slli    a0, a0, 2
        addi    a0, a0, -2000
        addi    a0, a0, -2000
        call    print
        li      a0, 500
        sub     a0, a0, s9
        call    print
        j       finish

        .balign 4
handler:
        csrr    t0, mepc
        addi    t0, t0, 4
        csrw    mepc, t0
        addi    s9, s9, -1
        ld      t0, 0(s5)
        xor     t0, t0, s3
        xor     t0, t0, s4
        sd      t0, 0(s5)
        sfence.vma s6, zero
        addi    s9, s9, 1
        mret

        .balign 4096
head:   .space  2048
loop:   addi    s0, s0, -1
        bgtz    s1, 1f
        addi    s8, s8, -1              # by the handler
        bnez    s8, 2f
        li      s8, 10
        ecall
        j       2f
1:      addi    s8, s8, -1              # here
        bnez    s8, 2f
        mv      s8, s1
        ld      t0, 0(s5)
        xor     t0, t0, s3
        xor     t0, t0, s4
        sd      t0, 0(s5)
        sfence.vma s6, zero
2:      addi    a0, a0, 0
        j       tail + 0x80
        .balign 4096
tail:   .space  0x80
        addi    a0, a0, 1
        beqz    s0, 1f
        j       tail - 2048
1:      ret
        .balign 4096
other_tail:
        .space  0x80
        addi    a0, a0, 2
        beqz    s0, 1f
        j       other_tail - 2048
        nop
1:      ret
other:  wfi
        j       other
