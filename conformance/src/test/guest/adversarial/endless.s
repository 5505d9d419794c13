# A hot loop that never ends and is interrupted by the timer, which the host lets go off at any
# instruction (SweepTest.java).

main:   la      t0, handler
        csrw    mtvec, t0
        li      s1, MTIME
        li      s2, MTIMECMP
        la      s6, data
        ld      t0, 0(s1)
        li      s3, 20000               # ticks: sooner than that only if time jumps
        add     t0, t0, s3
        sd      t0, 0(s2)
        li      t0, 1 << 7
        csrw    mie, t0
        csrsi   mstatus, 8
1:      li      a1, 13
2:      addi    a2, a2, 3
        lbu     a3, 0(s6)
        add     a3, a3, a2
        sd      a3, 8(s6)
        beqz    a3, 3f
        slli    a4, a3, 1
3:      c.addi  a5, 1
        sw      a4, 20(s6)
        addi    a1, a1, -1
        bnez    a1, 2b
        call    callee
        rdinstret a7
        j       1b
callee: ld      a6, 8(s6)
        addi    a6, a6, 1
        sd      a6, 0(s6)
        ret

        .balign 4
handler:
        addi    s11, s11, 1
        sd      t0, 24(s6)
        csrr    t0, mepc
        sd      t0, 32(s6)
        ld      t0, 0(s1)
        add     t0, t0, s3
        sd      t0, 0(s2)
        ld      t0, 24(s6)
        mret

        .data
        .balign 8
data:   .space  40
        .text
other:  wfi
        j       other
