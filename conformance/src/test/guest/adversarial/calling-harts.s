#harts 2
# Two harts that send each other interrupts: one answers in a handler, the other waits with WFI or in
# a loop; and one changes the code that the other executes.
#
#= 1f4
#= 1f4
#= 64

main:   la      s1, mailbox
        la      t0, count
        csrw    mtvec, t0
        li      s2, MSIP
        li      s10, 0
        li      t0, 8
        csrw    mie, t0
        csrsi   mstatus, 8

        li      s0, 500                 # ping, and wait for the pong in a loop
        li      t0, 1
1:      li      t1, 1
        sw      t1, 4(s2)
        addi    t2, s10, 0
2:      beq     s10, t2, 2b
        addi    s0, s0, -1
        bnez    s0, 1b
        mv      a0, s10
        call    print
        ld      a0, 0(s1)
        call    print

        csrci   mstatus, 8              # the other one executes what we write
        la      s3, shared
        li      s0, 100
        li      s4, ADD
1:      slli    t0, s0, 20
        add     t0, t0, s4
        sw      t0, 0(s3)
        sd      s0, 8(s1)               # go
2:      ld      t0, 8(s1)               # until it is done
        bnez    t0, 2b
        ld      t0, 16(s1)
        bne     t0, s0, 3f
        addi    s0, s0, -1
        bnez    s0, 1b
        li      a0, 100
        call    print
        j       finish
3:      mv      a0, t0
        call    print
        j       finish

        .balign 4
count:  addi    s10, s10, 1
        sw      zero, 0(s2)
        mret

other:  la      s1, mailbox
        la      t0, answer
        csrw    mtvec, t0
        li      s2, MSIP
        li      t0, 8
        csrw    mie, t0
        li      s0, 500
1:      csrci   mstatus, 8
        lw      t0, 4(s2)
        bnez    t0, 2f
        wfi
2:      csrsi   mstatus, 8
        ld      t0, 0(s1)
        bltu    t0, s0, 1b
3:      ld      t0, 8(s1)
        beqz    t0, 3b
        li      a0, 0
        fence.i
        call    shared
        sd      a0, 16(s1)
        fence
        sd      zero, 8(s1)
        j       3b

        .balign 4
answer: sw      zero, 4(s2)
        ld      t0, 0(s1)
        addi    t0, t0, 1
        sd      t0, 0(s1)
        li      t0, 1
        sw      t0, 0(s2)
        mret

        .balign 4
shared: .word   ADD
        ret

        .data
        .balign 8
mailbox:
        .space  24
        .text
