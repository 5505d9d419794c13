# Timer interrupts in a hot loop, 1 to 300 ticks apart, so that they come at every one of its
# instructions: the handler sums up where they came and what the registers were.
#
#= 12c
#= 59b9ff0b57d07d25
#= 8f6f
main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        la      t0, handler
        csrw    mtvec, t0
        li      s1, MTIME
        li      s2, MTIMECMP
        li      s3, 0                   # interrupts
        li      s4, 300                 # until then
        li      s5, 0                   # the sum
        la      s6, data
        ld      t0, 0(s1)
        addi    t0, t0, 1
        sd      t0, 0(s2)
        li      t0, 1 << 7
        csrw    mie, t0
        csrsi   mstatus, 8
1:      li      a1, 17                  # 17 * 7 + 4 instructions: no multiple of a tick's 100
2:      addi    a2, a2, 3
        xor     a3, a3, a2
        sd      a3, 0(s6)
        slli    a4, a3, 1
        ld      a5, 0(s6)
        addi    a1, a1, -1
        bnez    a1, 2b
        addi    a6, a6, 1
        bltu    s3, s4, 1b
        csrw    mie, zero
        mv      a0, s3
        call    print
        mv      a0, s5
        call    print
        mv      a0, a6
        call    print
        ld      ra, 0(sp)
        addi    sp, sp, 16
        ret

        .balign 4
handler:
        addi    s3, s3, 1
        csrr    t0, mepc
        add     s5, s5, t0
        slli    t0, s5, 5
        add     s5, s5, t0
        add     s5, s5, a1
        xor     s5, s5, a2
        add     s5, s5, a3
        xor     s5, s5, a4
        add     s5, s5, a5
        rdinstret t0
        add     s5, s5, t0
        ld      t0, 0(s6)
        xor     s5, s5, t0
        ld      t0, 0(s1)
        add     t0, t0, s3
        sd      t0, 0(s2)
        mret

        .data
        .balign 8
data:   .space  8
        .text
other:  wfi
        j       other
