# What random programs run on (ProgramGenerator.java): page tables, and a trap handler which brings a
# program on whatever it does, and changes the world under it.
#
# The generator defines MODE (3: machine, without translation; 1: supervisor and 0: user, with Sv39),
# TIMER_MASK (interrupts come 1 to TIMER_MASK + 1 ticks apart), PMP_HOLE (1: a part of a data page is
# not to be touched), and after how many traps, or timer interrupts, it is started again: MOST_TRAPS,
# MOST_TIMERS.
#
#       virtual address   with Sv39
#       0x00000000        1 GiB: devices, at their own addresses
#       0x40000000        data, pages 0 to 3, in an order that changes
#       0x40004000        not mapped
#       0x40005000        data page 1, to be read only
#       0x40006000        data page 2, to be executed only
#       0x40007000        data page 3; its A and D bits are taken away now and then
#       0x40100000        the first MiB of RAM once more
#       0x40200000        one of two pages of code
#       0x40300000        a page of code that goes on in the next, which is one of two
#       0x80000000        the first 2 MiB of RAM, at their own addresses

        .equ    USER, ((MODE == 0) & 1) << 4
        .equ    PTE_TABLE, 1
        .equ    PTE_ALL, 0xcf | USER
        .equ    PTE_DATA, 0xc7 | USER
        .equ    PTE_READ, 0xc3 | USER
        .equ    PTE_EXECUTE, 0xc9 | USER
        .equ    MTIMECMP, 0x02004000
        .equ    MTIME, 0x0200bff8
        .equ    MSIP, 0x02000000
        .equ    SATP_A, 8 << 60
        .equ    SATP_B, (8 << 60) | (5 << 44)

        .text
        .globl  _start
_start: la      t0, trap_entry
        csrw    mtvec, t0
        la      t0, saved
        csrw    mscratch, t0
        la      t0, data + 0x3100
        srli    t0, t0, 2
        ori     t0, t0, 7               # 64 bytes
        csrw    pmpaddr0, t0
        li      t0, -1
        csrw    pmpaddr1, t0
        li      t0, 0x1f00 | PMP_HOLE * 0x18
        csrw    pmpcfg0, t0
        li      t0, 7
        csrw    mcounteren, t0
        csrw    scounteren, t0

        la      t0, root_a              # one GiB of devices, the windows, RAM
        li      t1, PTE_DATA
        sd      t1, 0(t0)
        la      t1, middle_a
        call    table_entry
        sd      t1, 8(t0)
        la      t1, middle_ram
        call    table_entry
        sd      t1, 16(t0)
        la      t0, root_b
        li      t1, PTE_DATA
        sd      t1, 0(t0)
        la      t1, middle_b
        call    table_entry
        sd      t1, 8(t0)
        la      t1, middle_ram
        call    table_entry
        sd      t1, 16(t0)
        la      t1, table_ram
        call    table_entry
        sd      t1, middle_ram, t0
        la      t0, middle_a
        la      t1, table_a
        call    table_entry
        sd      t1, 0(t0)
        la      t1, table_code
        call    table_entry
        sd      t1, 8(t0)
        sd      t1, middle_b + 8, t0
        la      t1, table_b
        call    table_entry
        sd      t1, middle_b, t0

        la      t0, table_ram           # RAM as it is, and its first half once more
        la      t3, table_a + 256 * 8
        la      t4, table_b + 256 * 8
        li      t1, (0x80000000 >> 2) | PTE_ALL
        li      t2, 512
1:      sd      t1, 0(t0)
        li      t5, 256
        ble     t2, t5, 2f
        sd      t1, 0(t3)
        sd      t1, 0(t4)
2:      addi    t0, t0, 8
        addi    t3, t3, 8
        addi    t4, t4, 8
        addi    t1, t1, 0x400
        addi    t2, t2, -1
        bnez    t2, 1b

        la      t1, data                # data pages: 2 0 3 1 here, 0 1 2 3 there
        srli    t1, t1, 2
        li      t5, PTE_DATA
        or      t1, t1, t5
        la      t0, table_a
        la      t2, table_b
        sd      t1, 0 * 8(t2)
        sd      t1, 1 * 8(t0)
        addi    t1, t1, 0x400
        sd      t1, 1 * 8(t2)
        sd      t1, 3 * 8(t0)
        xori    t3, t1, PTE_DATA ^ PTE_READ
        sd      t3, 5 * 8(t0)
        sd      t3, 5 * 8(t2)
        addi    t1, t1, 0x400
        sd      t1, 2 * 8(t2)
        sd      t1, 0 * 8(t0)
        xori    t3, t1, PTE_DATA ^ PTE_EXECUTE
        sd      t3, 6 * 8(t0)
        sd      t3, 6 * 8(t2)
        addi    t1, t1, 0x400
        sd      t1, 3 * 8(t2)
        sd      t1, 2 * 8(t0)
        sd      t1, 7 * 8(t0)
        sd      t1, 7 * 8(t2)
        la      t1, variant_a
        srli    t1, t1, 2
        li      t5, PTE_ALL
        or      t1, t1, t5
        sd      t1, table_code, t0
        la      t1, head
        srli    t1, t1, 2
        or      t1, t1, t5
        la      t0, table_code + 256 * 8
        sd      t1, 0(t0)
        addi    t1, t1, 0x400           # tail_a
        sd      t1, 8(t0)

        li      t2, MODE
        li      t0, 3
        beq     t2, t0, 3f
        la      t0, root_a
        srli    t0, t0, 12
        li      t1, SATP_A
        or      t0, t0, t1
        csrw    satp, t0
        sfence.vma
        j       4f
3:      la      t0, data + 0x2000       # without translation there are no windows
        sd      t0, data_pointer, t1
        sd      zero, window, t1
        la      t0, variant_a
        sd      t0, variant, t1
        la      t0, two_pages
        sd      t0, two_pages_pointer, t1
        la      t0, crossing
        sd      t0, crossing_pointer, t1
4:      li      t0, MTIME
        ld      t1, 0(t0)
        addi    t1, t1, 5
        li      t0, MTIMECMP
        sd      t1, 0(t0)
        li      t0, 0x88                # timer and software interrupts
        csrw    mie, t0
        li      t0, 1 << 13 | 1 << 7 | MODE << 11
        csrw    mstatus, t0
        la      t0, dispatch
        csrw    mepc, t0
        mret

# t1 = the entry that leads to the table at t1.
table_entry:
        srli    t1, t1, 2
        ori     t1, t1, PTE_TABLE
        ret

# What is at sp while the handler runs.
        .equ    RANDOM, 40
        .equ    TRAPS, 48               # since the program was started again
        .equ    TIMERS, 56

        .balign 4
trap_entry:
        csrrw   sp, mscratch, sp
        sd      t0, 0(sp)
        sd      t1, 8(sp)
        sd      t2, 16(sp)
        sd      t3, 24(sp)
        sd      t4, 32(sp)
        ld      t0, RANDOM(sp)          # Marsaglia's xorshift
        slli    t1, t0, 13
        xor     t0, t0, t1
        srli    t1, t0, 7
        xor     t0, t0, t1
        slli    t1, t0, 17
        xor     t0, t0, t1
        sd      t0, RANDOM(sp)
        csrr    t0, mcause
        bltz    t0, interrupt
        ld      t1, TRAPS(sp)
        addi    t1, t1, 1
        sd      t1, TRAPS(sp)
        li      t2, MOST_TRAPS
        bltu    t2, t1, restart
        li      t1, 2
        beq     t0, t1, illegal
        li      t1, 8
        beq     t0, t1, service
        li      t1, 9
        beq     t0, t1, service
        li      t1, 11
        beq     t0, t1, service
        li      t1, 12
        beq     t0, t1, restart
        li      t1, 1
        beq     t0, t1, restart
skip:   csrr    t0, mepc                # go on behind the instruction
        li      t1, 1 << 17 | 1 << 19   # MPRV and MXR: see it as it was fetched
        csrrs   t2, mstatus, t1
        lhu     t3, 0(t0)
        csrw    mstatus, t2
        andi    t3, t3, 3
        addi    t3, t3, -3
        addi    t0, t0, 2
        bnez    t3, 1f
        addi    t0, t0, 2
1:      csrw    mepc, t0
leave:  ld      t0, 0(sp)
        ld      t1, 8(sp)
        ld      t2, 16(sp)
        ld      t3, 24(sp)
        ld      t4, 32(sp)
        csrrw   sp, mscratch, sp
        mret
illegal:
        csrr    t0, mstatus             # floats may be off: then they come on
        srli    t0, t0, 13
        andi    t0, t0, 3
        bnez    t0, skip
        li      t0, 1 << 13
        csrs    mstatus, t0
        j       leave
restart:
        la      t0, dispatch
        csrw    mepc, t0
        sd      zero, TRAPS(sp)
        sd      zero, TIMERS(sp)
        li      t0, MODE
        li      t1, 3
        beq     t0, t1, leave
        la      t0, root_a              # wild code may have changed satp
        srli    t0, t0, 12
        li      t1, SATP_A
        or      t0, t0, t1
        csrw    satp, t0
        sfence.vma
        j       leave
service:
        csrr    t0, mepc
        addi    t0, t0, 4
        csrw    mepc, t0
        j       event
interrupt:
        andi    t0, t0, 15
        li      t1, 3
        bne     t0, t1, 2f
        li      t0, MSIP
        sw      zero, 0(t0)
        j       leave
2:      ld      t0, RANDOM(sp)
        andi    t0, t0, TIMER_MASK
        addi    t0, t0, 1
        li      t1, MTIME
        ld      t2, 0(t1)
        add     t0, t0, t2
        li      t1, MTIMECMP
        sd      t0, 0(t1)
        ld      t0, TIMERS(sp)
        addi    t0, t0, 1
        sd      t0, TIMERS(sp)
        li      t1, MOST_TIMERS
        bltu    t1, t0, restart
        ld      t0, RANDOM(sp)
        srli    t0, t0, 20
        andi    t0, t0, 3
        bnez    t0, leave

# Changes something about the world.
event:  ld      t0, RANDOM(sp)
        srli    t0, t0, 30
        andi    t0, t0, 7
        slli    t0, t0, 2
        la      t1, events
        add     t1, t1, t0
        jr      t1
events: j       swap_pages
        j       toggle_write
        j       floats_off
        j       toggle_mxr
        j       clear_accessed
        j       switch_tables
        j       swap_code
        j       send_interrupt
swap_pages:
        la      t0, table_a
        ld      t1, 0(t0)
        ld      t2, 8(t0)
        sd      t1, 8(t0)
        sd      t2, 0(t0)
        sfence.vma
        j       leave
toggle_write:
        la      t0, table_a
        ld      t1, 3 * 8(t0)
        xori    t1, t1, 4
        sd      t1, 3 * 8(t0)
        li      t0, 0x40003000
        sfence.vma t0, zero
        j       leave
floats_off:
        li      t0, 3 << 13
        csrc    mstatus, t0
        j       leave
toggle_mxr:
        csrr    t0, mstatus
        li      t1, 1 << 19 | 1 << 18
        xor     t0, t0, t1
        csrw    mstatus, t0
        j       leave
clear_accessed:
        la      t0, table_a
        ld      t1, 7 * 8(t0)
        andi    t1, t1, -0xc1
        sd      t1, 7 * 8(t0)
        ld      t1, 3 * 8(t0)
        andi    t1, t1, -0xc1
        sd      t1, 3 * 8(t0)
        sfence.vma
        j       leave
switch_tables:
        csrr    t0, satp
        beqz    t0, leave
        la      t1, root_a
        srli    t1, t1, 12
        li      t2, SATP_A
        or      t1, t1, t2
        bne     t0, t1, 1f
        la      t1, root_b
        srli    t1, t1, 12
        li      t2, SATP_B
        or      t1, t1, t2
1:      csrw    satp, t1
        sfence.vma
        j       leave
swap_code:
        la      t0, variant_a
        la      t1, variant_b
        xor     t0, t0, t1
        srli    t0, t0, 2
        la      t2, table_code
        ld      t1, 0(t2)
        xor     t1, t1, t0
        sd      t1, 0(t2)
        li      t0, 0x40200000
        sfence.vma t0, zero
        la      t0, tail_a
        la      t1, tail_b
        xor     t0, t0, t1
        srli    t0, t0, 2
        la      t2, table_code + 257 * 8
        ld      t1, 0(t2)
        xor     t1, t1, t0
        sd      t1, 0(t2)
        li      t0, 0x40301000
        sfence.vma t0, zero
        j       leave
send_interrupt:
        li      t0, MSIP
        li      t1, 1
        sw      t1, 0(t0)
        j       leave

        .balign 4096
variant_a:
        li      t5, 20
1:      addi    a0, a0, 7
        xor     a1, a1, a0
        addi    t5, t5, -1
        bnez    t5, 1b
        ret
        .balign 4096
variant_b:
        li      t5, 30
1:      slli    a0, a0, 1
        xor     a1, a1, a0
        addi    a1, a1, 1
        addi    t5, t5, -1
        bnez    t5, 1b
        ret
        .balign 4096
head:   .space  2048
crossing:
        li      t5, 60
        addi    a0, a0, 5
        j       tail_a + 64
        .space  2048 - 12 - 14
two_pages:
        li      t5, 40
        addi    a0, a0, 5
        slli    a1, a1, 1
        .half   0x8593                  # the first half of addi a1, a1, ...
tail_a: .half   0x0035                  # ... 3
        addi    t5, t5, -1
        bnez    t5, . - 12              # into the page before, where slli is
        ret
        .space  64 - 14
        xori    a0, a0, 1               # entered from the page before, and back
        addi    t5, t5, -1
        bnez    t5, . - 2048 - 64 - 4
        ret
        .balign 4096
tail_b: .half   0x0045                  # ... 4
        addi    t5, t5, -1
        xor     a1, a1, a0
        bnez    t5, . - 12              # to the instruction in two pages, or what it is now
        ret
        .space  64 - 18
        xori    a0, a0, 2
        addi    t5, t5, -1
        bnez    t5, . - 2048 - 64 - 4
        ret
        .balign 4096

        .data
        .balign 4096
data:   .space  0x4000, 0x5b
saved:  .space  40
        .dword  SEED
        .space  64
data_pointer:
        .dword  0x40002000
window: .dword  0x40100000 - 0x80000000
variant:
        .dword  0x40200000
two_pages_pointer:
        .dword  0x40300000 + 4096 - 14
crossing_pointer:
        .dword  0x40300000 + 2048
        .bss
        .balign 4096
root_a: .space  4096
root_b: .space  4096
middle_a:
        .space  4096
middle_b:
        .space  4096
middle_ram:
        .space  4096
table_a:
        .space  4096
table_b:
        .space  4096
table_code:
        .space  4096
table_ram:
        .space  4096
        .space  4096
stack:  .space  64
