# Calls that do not return to where they came from: changed return addresses, coroutines, one
# function called from many places, deep recursion, tail calls, and returns without a call.
#
#= bb8
#= 7d0
#= 2710
#= 179
#= 1f4
#= 5dc

main:   addi    sp, sp, -16
        sd      ra, 0(sp)

        li      a0, 0                   # returns behind the instruction that follows, by turns
        li      s0, 2000
1:      call    skips
        addi    a0, a0, 1
        addi    a0, a0, 1
        addi    s0, s0, -1
        bnez    s0, 1b
        call    print

        li      a0, 0                   # coroutines
        li      s0, 1000
        la      t0, partner
1:      jalr    t0, t0
        addi    a0, a0, 1
        addi    s0, s0, -1
        bnez    s0, 1b
        call    print

        li      a0, 0                   # called from four places
        li      s0, 1000
1:      call    adds
        call    adds
        li      t0, 1
        beq     s0, t0, 2f
        call    adds
2:      call    adds
        addi    s0, s0, -1
        bnez    s0, 1b
        li      t1, 10000 - 3999
        add     a0, a0, t1
        call    print

        li      s0, 12                  # recursion: Fibonacci's numbers
1:      mv      a0, s0
        call    fib
        mv      s1, a0
        addi    s0, s0, 1
        li      t0, 15
        bne     s0, t0, 1b
        mv      a0, s1
        call    print

        li      a0, 0                   # a chain of tail calls, back to the first caller
        li      s0, 500
1:      call    tail_one
        addi    s0, s0, -1
        bnez    s0, 1b
        call    print

        li      a0, 0                   # a return that nobody called, and a call that never returns
        li      s0, 500
1:      la      ra, 2f
        ret
        addi    a0, a0, 100
2:      call    leaves
        addi    a0, a0, 100
3:      addi    a0, a0, 2
        addi    s0, s0, -1
        bnez    s0, 1b
        call    print
        ld      ra, 0(sp)
        addi    sp, sp, 16
        ret

skips:  andi    t0, s0, 1
        slli    t0, t0, 2
        add     ra, ra, t0
        ret
partner:
        addi    a0, a0, 1
        jalr    t0, t0
        j       partner
adds:   addi    a0, a0, 1
        ret
fib:    li      t0, 2
        blt     a0, t0, 1f
        addi    sp, sp, -16
        sd      ra, 0(sp)
        sd      a0, 8(sp)
        addi    a0, a0, -1
        call    fib
        ld      t0, 8(sp)
        sd      a0, 8(sp)
        addi    a0, t0, -2
        call    fib
        ld      t0, 8(sp)
        add     a0, a0, t0
        ld      ra, 0(sp)
        addi    sp, sp, 16
1:      ret
tail_one:
        j       tail_two
tail_two:
        andi    t0, s0, 1
        beqz    t0, 1f
        tail    tail_three
1:      addi    a0, a0, 1
        ret
tail_three:
        addi    a0, a0, 1
        jr      ra
leaves: addi    a0, a0, 1
        la      t0, 3b
        jr      t0
other:  wfi
        j       other
