# PMP divides pages of code and of data; hot loops in S-mode go up to the border, over it, and along
# it while it moves.
#
#= 1f4
#= 0
#= 1
#= 3e8
#= 1f4

        .equ    SHUT, 0x18              # NAPOT, nothing permitted
main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        la      t0, handler
        csrw    mtvec, t0
        la      s3, code
        la      s4, data
        addi    t0, s3, 64              # the 64 bytes behind the first 64 of the code
        srli    t0, t0, 2
        ori     t0, t0, 7
        csrw    pmpaddr0, t0
        addi    t0, s4, 64
        srli    t0, t0, 2
        ori     t0, t0, 7
        csrw    pmpaddr1, t0
        li      t0, SHUT << 8 | SHUT
        csrw    pmpcfg0, t0
        li      t0, 3 << 11
        csrc    mstatus, t0
        li      t0, 1 << 11
        csrs    mstatus, t0
        la      t0, supervisors
        csrw    mepc, t0
        mret
supervisors:
        li      s0, 500                 # code beside the border
        li      a0, 0
        li      s10, 0
1:      jalr    s3
        addi    s0, s0, -1
        bnez    s0, 1b
        call    print
        mv      a0, s10
        call    print

        li      s10, 0                  # code that runs into the border: the handler leads it back
        addi    t0, s3, 52
        jalr    t0
        mv      a0, s10
        call    print

        li      s0, 1000                # data: each fourth doubleword of the loop is shut
        li      s10, 0
        li      a0, 0
1:      andi    t0, s0, 31
        slli    t0, t0, 3
        add     t0, t0, s4
        ld      t1, 0(t0)
        sd      s0, 0(t0)
        addi    s0, s0, -1
        bnez    s0, 1b
        srli    a0, s10, 0
        addi    a0, a0, 1000 - 498
        call    print

        li      s0, 1000                # opened and shut by ECALL every other time
        li      s10, 0
1:      ecall
        ld      t1, 64(s4)
        sd      s0, 56(s4)
        addi    s0, s0, -1
        bnez    s0, 1b
        mv      a0, s10
        call    print
        j       finish

        .balign 4
handler:
        csrr    t1, mcause
        li      t2, 9
        beq     t1, t2, 2f
        addi    s10, s10, 1
        li      t2, 1
        beq     t1, t2, 1f
        csrr    t1, mepc
        addi    t1, t1, 4
        csrw    mepc, t1
        mret
1:      csrw    mepc, ra
        mret
2:      csrr    t1, mepc
        addi    t1, t1, 4
        csrw    mepc, t1
        csrr    t1, pmpcfg0
        li      t2, 3 << 8
        xor     t1, t1, t2
        csrw    pmpcfg0, t1
        mret

        .balign 4096
code:   addi    a0, a0, 1
        ret
        .space  64 - 8 - 12
        li      t2, 9                   # at 52 the last 12 bytes that may be executed
        addi    t2, t2, -1
        addi    t2, t2, -1
        nop
        nop
        ret

        .data
        .balign 4096
data:   .space  4096
        .text
other:  wfi
        j       other
