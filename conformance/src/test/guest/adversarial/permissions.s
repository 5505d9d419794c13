# MPRV, SUM and MXR are switched in hot loops that load and store: how often is it allowed?
#
#= 7d0
#= 3e8
#= 1f4
#= fa
#= 3e8

main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        call    paging
        la      t0, handler
        csrw    mtvec, t0
        la      s3, page_one
        la      s4, page_two
        li      t0, 1
        sd      t0, 0(s3)
        sd      t0, 0(s4)
        li      a0, 0                   # page 0: for S-mode; 1: for U-mode; 2: to be executed only
        mv      a1, s3
        li      a2, PTE_DATA
        call    map
        li      a0, 1
        mv      a1, s4
        li      a2, PTE_DATA | 0x10
        call    map
        li      a0, 2
        mv      a1, s3
        li      a2, 0xc9
        call    map
        li      s5, WINDOW
        li      s6, WINDOW + 0x1000
        li      s7, WINDOW + 0x2000
        li      s9, 1 << 17             # MPRV

        li      t0, 3 << 11             # M-mode, looking as S-mode does every other time
        csrc    mstatus, t0
        li      s11, 1 << 11
        csrs    mstatus, s11
        li      a0, 0
        li      s0, 2000
1:      csrs    mstatus, s9
        ld      t0, 0(s5)
        csrc    mstatus, s9
        add     a0, a0, t0
        ld      t0, 0(s3)               # the same page, seen without translation
        addi    s0, s0, -1
        bnez    s0, 1b
        call    print

        li      s10, 0                  # faults
        li      s0, 2000                # a page of U-mode: with SUM only
        li      s8, 1 << 18
1:      andi    t0, s0, 1
        bnez    t0, 2f
        csrs    mstatus, s8
        j       3f
2:      csrc    mstatus, s8
3:      csrs    mstatus, s11            # a trap made it U
        csrs    mstatus, s9
        ld      t0, 0(s6)
        csrc    mstatus, s9
        addi    s0, s0, -1
        bnez    s0, 1b
        mv      a0, s10
        call    print

        li      s10, 0                  # a page to be executed only: with MXR only
        li      s0, 2000
        li      s8, 1 << 19
1:      andi    t0, s0, 3
        bnez    t0, 2f
        csrc    mstatus, s8
        j       3f
2:      csrs    mstatus, s8
3:      csrs    mstatus, s11            # a trap made it U
        csrs    mstatus, s9
        ld      t0, 0(s7)
        csrc    mstatus, s9
        addi    s0, s0, -1
        bnez    s0, 1b
        mv      a0, s10
        call    print

        li      s10, 0                  # in S-mode itself
        la      t0, supervisors
        csrw    mepc, t0
        csrs    mstatus, s11
        mret
supervisors:
        li      s0, 1000
        li      s8, 1 << 18
1:      andi    t0, s0, 3
        bnez    t0, 2f
        csrc    sstatus, s8
        j       3f
2:      csrs    sstatus, s8
3:      ld      t0, 0(s6)
        sd      t0, 8(s5)
        addi    s0, s0, -1
        bnez    s0, 1b
        mv      a0, s10
        call    print

        li      s0, 1000                # from S-mode to M-mode and back
        li      s10, 0
1:      ld      t0, 0(s5)
        ecall
        sd      t0, 8(s5)
        addi    s0, s0, -1
        bnez    s0, 1b
        mv      a0, s10
        call    print
        j       finish

        .balign 4
handler:
        addi    s10, s10, 1
        csrr    t1, mepc                # all that faults here has four bytes
        addi    t1, t1, 4
        csrw    mepc, t1
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
