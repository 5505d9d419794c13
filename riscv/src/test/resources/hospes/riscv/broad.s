# Aliases, pseudo-instructions, labels, expressions and directives: what the table's samples leave
# out. Must mean the same to the GNU assembler.
        .equ    COUNT, 5
        .equ    MASK, (1 << COUNT) - 1 | 0x100   # operators bind as GNU has them
        .set    later, 7
LENGTH  =       end - start
        .globl  start, end
        .text
start:  nop; nop /* two statements */
        nop /* a comment
               of two lines */
        li      a0, COUNT << 40
        li      a1, later
        .set    later, 8
        li      a2, later
        addi    a0, a0, COUNT + 2 * 3
        addi    a1, a1, MASK & 0x7f
        andi    a1, a1, ~3
        addi    a2, a2, 'A'
        addi    a3, a3, '\n'
        addi    a4, a4, ','
        addi    a5, a5, '#'
        addi    a6, a6, 010 + 0x10 + 0b101 + 1
        mv      a0, a1
        not     a0, a1
        neg     a0, a1
        negw    a0, a1
        sext.w  a0, a1
        zext.b  a0, a1
        zext.w  a0, a1
        seqz    a0, a1
        snez    a0, a1
        sltz    a0, a1
        sgtz    a0, a1
        sgt     a0, a1, a2
        sgtu    a0, a1, a2
        add     a0, a1, 12
        and     a0, a1, 12
        or      a0, a1, 12
        xor     a0, a1, 12
        slt     a0, a1, 12
        sltu    a0, a1, 12
        sll     a0, a1, 12
        srl     a0, a1, 52
        sra     a0, a1, 1
        addw    a0, a1, 12
        sllw    a0, a1, 12
        srlw    a0, a1, 31
        sraw    a0, a1, 1
1:      beqz    a0, 1b
        bnez    a0, 1f
        blez    a0, 2f
        bgez    a0, 1b
1:      bltz    a0, 1b
        bgtz    a0, 1f
        bgt     a0, a1, 1b
        ble     a0, a1, 2f
        bgtu    a0, a1, 1b
        bleu    a0, a1, 2f
1:      beq     a0, a1, .
        bne     a0, a1, . + 8
2:      j       start
        jal     start
        jal     t0, end
        jr      a0
        jr      8(a0)
        jalr    a0
        jalr    -4(a0)
        jalr    t0, a1
        jalr    t0, a1, 12
        jalr    t0, 12(a1)
        ret
        call    end
        tail    end
        jump    start, t3
        la      a0, message
        lla     a1, numbers
        lw      a2, numbers
        ld      a3, numbers + 8
        sw      a4, numbers, t0
        sd      a5, room, t0
        fld     fa0, numbers, t1
        fsw     fa1, room, t1
        lui     a0, %hi(0x12345fff)
        addi    a0, a0, %lo(0x12345fff)
        lw      a0, %lo(0x12345fff)(a0)
        sw      a1, %lo(0x12345fff)(a0)
        lui     a1, 0xfffff
        lui     a1, COUNT * 2
3:      auipc   a0, %pcrel_hi(numbers)
        ld      a1, %pcrel_lo(3b)(a0)
        sd      a1, %pcrel_lo(3b)(a0)
        auipc   a0, 0x80000
        lw      a0, (sp)
        lw      a0, 4 * 2(fp)
        sd      x31, -8(x2)
        csrr    a0, sstatus
        csrw    satp, a0
        csrw    stvec, 4
        csrs    sie, a0
        csrs    sstatus, 2
        csrc    sip, a0
        csrc    sstatus, 2
        csrwi   sscratch, 31
        csrsi   sstatus, 1 << 1
        csrci   sstatus, 2
        csrrw   a0, sscratch, 3
        csrrs   a0, 0x100, 3
        csrrc   a0, scause, 3
        rdcycle a0
        rdtime  a0
        rdinstret a0
        fence
        fence   rw, w
        fence   iorw, iorw
        fence.tso
        fence.i
        pause
        unimp
        sfence.vma
        sfence.vma a0
        sfence.vma a0, a1
        ecall
        ebreak
        wfi
        sret
        mret
        lr.d.aq a0, (a1)
        sc.d.rl a0, a2, (a1)
        amoadd.w.aqrl a0, a2, (a1)
        amoswap.d zero, a2, (a1)
        fadd.s  fa0, fa1, fa2
        fadd.d  fa0, fa1, fa2, rtz
        fcvt.w.d a0, fa0, rtz
        fcvt.d.w fa0, a0
        fcvt.d.s fa0, fa1
        fcvt.d.wu fa0, a1
        fcvt.s.d fa0, fa1
        fmv.s   fa0, fa1
        fneg.d  fa0, fa1
        fabs.s  fa0, fa1
        fgt.s   a0, fa0, fa1
        fge.d   a0, fa0, fa1
        fmadd.d ft0, ft1, ft2, ft11
        fmv.x.d a0, fs0
        fsqrt.s fs1, fs11
        frcsr   a0
        fscsr   a1
        fscsr   a0, a1
        frrm    a0
        fsrm    a0
        fsrmi   3
        frflags a0
        fsflags a0, a1
        fsflagsi 5
        cbo.zero (a0)
        .balign 64
        .p2align 5
        .org    0x500
        .org    0x540
end:
        .section .rodata
message: .asciz "hello"
        .data
        .byte   1, -1, 255, 'x', 1 + 1
        .align  2
        .half   0x1234, -2
        .short  65535
        .balign 16
        .word   0xdeadbeef, -3, end - start
        .p2align 3
        .dword  0x123456789abcdef0, start, end - start, numbers
        .quad   -1
        .ascii  "no zero", "two\n"
        .asciz  "zero: \"quoted\" \\ \t\x41\101;#//"
        .string "ümlaut"
        .space  5
        .zero   3
        .skip   2, 0xaa
        .balign 8
        .balign 8
numbers: .dword 1, 2, 3
        .bss
        .balign 8
room:   .space  64
