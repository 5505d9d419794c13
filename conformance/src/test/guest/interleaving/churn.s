# Never ends. Each hart draws random numbers, and by them writes to memory that all harts share, and
# folds what it reads there into a checksum that what it writes depends on: a byte that is wrong once
# makes everything wrong that follows. Pages become alike, become zeros, become different again; code
# is written and called; it waits for the timer.
#
# SEED and PAGES (a power of two, 1024 at most) are given.

        .equ    DATA, 0x80100000
        .equ    CODE, 0x80080000
        .equ    CODE_PAGES, 8
        .equ    MTIME, 0x0200bff8
        .equ    MTIMECMP, 0x02004000
        .equ    ADDI, 0x00050513        # addi a0, a0, 0; an immediate is added in bits 20 to 31
        .equ    RET, 0x00008067

        .text
        .globl  _start
_start: csrr    s7, mhartid
        la      t0, trapped
        csrw    mtvec, t0
        li      s0, SEED
        slli    t0, s7, 20
        xor     s0, s0, t0
        li      s1, DATA
        li      s2, PAGES - 1
        li      s3, 0
        li      s4, CODE
        slli    t0, s7, 15              # a hart's code is its own
        add     s4, s4, t0
        li      s5, MTIMECMP
        slli    t0, s7, 3
        add     s5, s5, t0
        li      s6, MTIME
        li      t0, -1
        sd      t0, 0(s5)
        li      t0, 1 << 7              # the timer wakes; no interrupt is taken
        csrw    mie, t0
        li      t0, CODE_PAGES          # each code page begins with a function
        li      t1, ADDI
        li      t2, RET
        mv      t3, s4
        li      t4, 4096
1:      sw      t1, 0(t3)
        sw      t2, 4(t3)
        add     t3, t3, t4
        addi    t0, t0, -1
        bnez    t0, 1b
        fence.i

next:   call    random
        srli    t0, s0, 61
        slli    t0, t0, 3
        la      t1, deeds
        add     t1, t1, t0
        ld      t1, 0(t1)
        jalr    t1
        j       next

trapped:
        j       .                       # there is no reason for it

# Draws s0 anew. Changes t0 only.
random: slli    t0, s0, 13
        xor     s0, s0, t0
        srli    t0, s0, 7
        xor     s0, s0, t0
        slli    t0, s0, 17
        xor     s0, s0, t0
        ret

# The address of a page, by the low bits of a0, in a0.
page:   and     a0, a0, s2
        slli    a0, a0, 12
        add     a0, a0, s1
        ret

# Words here and there.
scatter:
        mv      s9, ra
        li      s8, 32
1:      call    random
        mv      a0, s0
        call    page
        srli    t0, s0, 52
        andi    t0, t0, -8
        add     a0, a0, t0
        ld      t0, 0(a0)
        add     s3, s3, t0
        sd      s3, 0(a0)
        addi    s8, s8, -1
        bnez    s8, 1b
        jr      s9

# A page full of one of four values; zero is one.
fill:   mv      s9, ra
        mv      a0, s0
        call    page
        srli    t0, s0, 20
        andi    t0, t0, 3
        li      t1, 512
1:      sd      t0, 0(a0)
        addi    a0, a0, 8
        addi    t1, t1, -1
        bnez    t1, 1b
        jr      s9

# The sum of a page.
sum:    mv      s9, ra
        mv      a0, s0
        call    page
        li      t1, 512
1:      ld      t0, 0(a0)
        slli    t2, s3, 1
        srli    s3, s3, 63
        or      s3, s3, t2
        add     s3, s3, t0
        addi    a0, a0, 8
        addi    t1, t1, -1
        bnez    t1, 1b
        jr      s9

# A page becomes like another one.
copy:   mv      s9, ra
        mv      a0, s0
        call    page
        mv      a1, a0
        srli    a0, s0, 30
        call    page
        li      t1, 512
1:      ld      t0, 0(a0)
        sd      t0, 0(a1)
        addi    a0, a0, 8
        addi    a1, a1, 8
        addi    t1, t1, -1
        bnez    t1, 1b
        jr      s9

# A new function anywhere in a code page, which is called.
rewrite:
        mv      s9, ra
        srli    t0, s0, 8
        andi    t0, t0, CODE_PAGES - 1
        slli    t0, t0, 12
        add     a1, s4, t0
        srli    t0, s0, 52
        andi    t0, t0, -8
        add     a1, a1, t0
        srli    t0, s0, 20
        andi    t0, t0, 0x7ff
        slli    t0, t0, 20
        li      t1, ADDI
        add     t1, t1, t0
        sw      t1, 0(a1)
        li      t1, RET
        sw      t1, 4(a1)
        fence.i
        mv      a0, s3
        jalr    a1
        mv      s3, a0
        jr      s9

# The first function of a code page, often.
again:  mv      s9, ra
        srli    t0, s0, 8
        andi    t0, t0, CODE_PAGES - 1
        slli    t0, t0, 12
        add     a1, s4, t0
        li      s8, 40
        mv      a0, s3
1:      jalr    a1
        addi    s8, s8, -1
        bnez    s8, 1b
        mv      s3, a0
        jr      s9

# Until the timer goes off, soon.
wait:   srli    t0, s0, 30
        andi    t0, t0, 15
        ld      t1, 0(s6)
        add     t0, t0, t1
        add     s3, s3, t1
        sd      t0, 0(s5)
1:      wfi
        ld      t1, 0(s6)
        bltu    t1, t0, 1b
        add     s3, s3, t1
        li      t0, -1
        sd      t0, 0(s5)
        ret

# Atomic accesses, where harts meet.
meet:   mv      s9, ra
        li      s8, 8
1:      call    random
        srli    a0, s0, 60              # 16 words of the first page
        slli    a0, a0, 3
        add     a0, a0, s1
        amoadd.d        t0, s3, (a0)
        add     s3, s3, t0
2:      lr.d    t0, (a0)
        xor     t0, t0, s3
        sc.d    t1, t0, (a0)
        bnez    t1, 2b
        addi    s8, s8, -1
        bnez    s8, 1b
        jr      s9

        .balign 8
deeds:  .dword  scatter, fill, sum, copy, rewrite, again, wait, meet
