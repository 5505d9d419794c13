# Hot loops with an instruction that lies in two pages, in S-mode: the second page is taken away, so
# that it faults in the middle of the loop, and comes back as another page.
#
#= 2710
#= 7d0
#= c
#= fffffffffffffffe
#= 0
#= bb8

main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        call    paging
        la      t0, handler
        csrw    mtvec, t0
        la      a1, first               # pages 4 and 5 of the window
        li      a0, 4
        li      a2, PTE_ALL
        call    map
        la      a1, second
        li      a0, 5
        li      a2, PTE_ALL
        call    map
        call    supervisor

        li      a0, 0
        li      s0, 10000
        la      s1, first + 4096 - 6    # as they lie in RAM
        jalr    s1
        call    print

        li      s5, 0                   # taken away in the middle, and put back by the handler
        li      s6, 0
        li      a0, 0
        li      s0, 2000
        li      s1, WINDOW + 0x5000 - 6
        sd      zero, window_table + 5 * 8, t0
        sfence.vma
        jalr    s1
        call    print
        mv      a0, s5                  # the cause
        call    print
        li      t0, WINDOW + 0x5000
        sub     a0, s6, t0              # the instruction is in the first page ...
        call    print
        li      t0, WINDOW + 0x5000
        sub     a0, s7, t0              # ... but the fault in the second
        call    print

        li      a0, 0                   # the other second page, by turns
        li      s2, 100
        la      s3, second
        la      s4, third
1:      srli    t1, s4, 2
        ori     t1, t1, PTE_ALL
        sd      t1, window_table + 5 * 8, t0
        mv      t0, s3
        mv      s3, s4
        mv      s4, t0
        li      t0, WINDOW + 0x5000
        sfence.vma t0, zero
        li      s0, 20
        jalr    s1
        addi    s2, s2, -1
        bnez    s2, 1b
        call    print
        j       finish

        .balign 4
handler:
        csrr    s5, mcause
        csrr    s6, mepc
        csrr    s7, mtval
        la      t0, second
        srli    t0, t0, 2
        ori     t0, t0, PTE_ALL
        sd      t0, window_table + 5 * 8, t1
        sfence.vma
        mret

        .balign 4096
first:  .space  4096 - 6
loop:   addi    s0, s0, -1
        .half   0x0513                  # addi a0, a0, ...
second: .half   0x0015                  # ... 1
        beqz    s0, 1f
        j       . - 12
1:      ret
        .balign 4096
third:  .half   0x0025                  # ... 2
        beqz    s0, 1f
        j       . - 12
1:      ret
other:  wfi
        j       other
