# Page tables and code in one page: walks of page tables write it, within loads and stores of code in
# it, and so often that it is not taken for code any more. No instruction may be counted twice.
#
#= e10
#= 1773
#= 258
#= 151b

        .equ    UNUSED, 0x87            # valid, read, write, dirty; not accessed
        .equ    CLEAN, 0x47             # valid, read, write, accessed; not dirty

main:   addi    sp, sp, -16
        sd      ra, 0(sp)
        call    paging
        li      t0, -1
        csrw    mcounteren, t0
        la      s5, window_table
        li      s6, WINDOW
        la      s7, datum
        srli    s7, s7, 2
        li      t0, 2048                # behind the entries that are used
        add     s8, s5, t0
        la      t0, loads
        la      t1, end
        mv      t2, s8
1:      lw      t3, 0(t0)
        sw      t3, 0(t2)
        addi    t0, t0, 4
        addi    t2, t2, 4
        bltu    t0, t1, 1b
        fence.i
        call    supervisor

        ori     s11, s7, UNUSED
        li      a0, 0
        li      s0, 600
        csrr    s9, instret
        jalr    s8
        csrr    s10, instret
        call    print
        sub     a0, s10, s9
        call    print

        ori     s11, s7, CLEAN
        la      t0, loads
        la      t1, stores
        sub     t1, t1, t0
        add     s8, s8, t1
        li      a0, 0
        li      s0, 600
        csrr    s9, instret
        jalr    s8
        csrr    s10, instret
        call    print
        sub     a0, s10, s9
        call    print
        ld      ra, 0(sp)
        addi    sp, sp, 16
        ret

        .balign 4
loads:  sd      s11, 0(s5)
        sfence.vma s6, zero
        ld      t1, 0(s6)               # sets A
        add     a0, a0, t1
        ld      t1, 0(s5)
        srli    t1, t1, 6
        andi    t1, t1, 1
        add     a0, a0, t1
        addi    s0, s0, -1
        bnez    s0, loads
        ret
        .balign 4
stores: sd      s11, 0(s5)
        sfence.vma s6, zero
        sd      s0, 8(s6)               # sets D
        ld      t1, 0(s5)
        srli    t1, t1, 7
        andi    t1, t1, 1
        add     a0, a0, t1
        addi    s0, s0, -1
        bnez    s0, stores
        ret
        .balign 4
end:

other:  j       .

        .data
        .balign 4096
datum:  .dword  5
        .space  4088
        .text
