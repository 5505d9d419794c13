# Accesses of every width at every offset around a border of pages; the second page is there, or is
# not: then nothing is stored.
#
#= 336efce29237edb8
#= 0
#= a96892d3262a628a
#= 1d88
main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        call    paging
        la      t0, handler
        csrw    mtvec, t0
        la      s3, page_one
        la      s4, page_two
        li      a0, 0
        mv      a1, s3
        li      a2, PTE_DATA
        call    map
        li      a0, 1
        mv      a1, s4
        li      a2, PTE_DATA
        call    map
        li      t0, 1 << 13
        csrs    mstatus, t0
        call    supervisor

        li      s2, 0                   # the checksum
        li      s10, 0
        li      s6, 40
1:      call    sweep
        addi    s6, s6, -1
        bnez    s6, 1b
        mv      a0, s2
        call    print
        mv      a0, s10
        call    print
        sd      zero, window_table + 8, t0
        li      t0, WINDOW + 0x1000
        sfence.vma t0, zero
        li      s6, 40
1:      call    sweep
        addi    s6, s6, -1
        bnez    s6, 1b
        mv      a0, s2
        call    print
        mv      a0, s10
        call    print
        j       finish

sweep:  li      s0, 17
        li      s5, WINDOW + 0x1000 - 9
1:      slli    t0, s0, 4
        add     t0, t0, s6
        sd      t0, 0(s5)
        lw      t1, 1(s5)
        add     s2, s2, t1
        slli    t2, s2, 1
        srli    s2, s2, 63
        add     s2, s2, t2
        sw      s2, 2(s5)
        lh      t1, 3(s5)
        xor     s2, s2, t1
        sh      s2, 1(s5)
        lbu     t1, 7(s5)
        add     s2, s2, t1
        sb      s2, 5(s5)
        ld      t1, -1(s5)
        xor     s2, s2, t1
        lhu     t1, 0(s5)
        add     s2, s2, t1
        lwu     t1, 3(s5)
        add     s2, s2, t1
        fld     ft0, 2(s5)
        fsd     ft0, 1(s5)
        flw     ft1, 1(s5)
        fsw     ft1, 6(s5)
        addi    s5, s5, 1
        addi    s0, s0, -1
        bnez    s0, 1b
        li      t3, WINDOW + 0x1000 - 16
        ld      t1, 0(t3)
        add     s2, s2, t1
        ld      t1, 8(t3)
        xor     s2, s2, t1
        ret

        .balign 4
handler:
        addi    s10, s10, 1
        csrr    t0, mtval
        add     s2, s2, t0
        csrr    t0, mcause
        add     s2, s2, t0
        csrr    t0, mepc
        addi    t0, t0, 4
        csrw    mepc, t0
        mret

        .bss
        .balign 4096
page_one:
        .space  4096
page_two:
        .space  4096
        .text
other:  wfi
        j       other
