# hello: memory.s -- virtual memory by the scheme Sv39. RISC-V Privileged ISA, "Sv39".
#
# A virtual address has 39 bits: three numbers of 9 bits, which choose one of 512 entries in a table
# of each level, and 12 bits within a page of 4096 bytes. An entry may end the walk at any level; one
# of the top level then maps a whole GiB.
#
#       virtual address   what we map there
#       0x00000000        1 GiB: the devices, at their own addresses
#       0x40000000        2 MiB of pages that appear when they are touched
#       0x80000000        1 GiB: the RAM with this kernel, at its own addresses

        # Bits of a page table entry; the number of the physical page stands above them.
        .equ    PTE_VALID, 1 << 0
        .equ    PTE_READ, 1 << 1
        .equ    PTE_WRITE, 1 << 2
        .equ    PTE_EXECUTE, 1 << 3
        .equ    PTE_ACCESSED, 1 << 6
        .equ    PTE_DIRTY, 1 << 7
        .equ    PTE_DATA, PTE_VALID | PTE_READ | PTE_WRITE | PTE_ACCESSED | PTE_DIRTY
        .equ    PTE_NUMBER, 10          # from this bit on: the page's number

        .equ    SATP_SV39, 8 << 60

        .equ    PAGE, 4096
        .equ    LAZY, 0x40000000
        .equ    LAZY_SIZE, 2 << 20
        .equ    SPARE_PAGES, 16

        .text

# Fills in the page table and switches paging on.
paging_start:
        la      t0, root_table
        li      t1, PTE_DATA
        sd      t1, 8 * 0(t0)           # entry 0: devices
        li      t1, (0x80000000 >> 12 << PTE_NUMBER) | PTE_DATA | PTE_EXECUTE
        sd      t1, 8 * 2(t0)           # entry 2: RAM
        la      t1, middle_table        # entry 1 leads to a table of the next level ...
        srli    t1, t1, 12
        slli    t1, t1, PTE_NUMBER
        ori     t1, t1, PTE_VALID
        sd      t1, 8 * 1(t0)
        la      t2, middle_table
        la      t1, page_table          # ... whose first entry leads to the last, still empty
        srli    t1, t1, 12
        slli    t1, t1, PTE_NUMBER
        ori     t1, t1, PTE_VALID
        sd      t1, (t2)
        srli    t0, t0, 12              # the root table's page number
        li      t1, SATP_SV39
        or      t0, t0, t1
        sfence.vma                      # the tables are written before they are used
        csrw    satp, t0                # and the next instruction is fetched through them
        sfence.vma
        ret

# The trap handler's part: a0 = an address that no page was found for. Maps a fresh page there;
# a0 = 0 if that cannot be done.
map_fresh_page:
        li      t0, LAZY
        sub     t0, a0, t0
        li      t1, LAZY_SIZE
        bgeu    t0, t1, 1f              # not an address that we promised anything about
        ld      t1, pages_used
        li      t2, SPARE_PAGES
        bgeu    t1, t2, 1f              # out of memory
        la      t2, spare_pages
        slli    t3, t1, 12
        add     t2, t2, t3              # the page that we take
        addi    t1, t1, 1
        sd      t1, pages_used, t3
        srli    t2, t2, 12
        slli    t2, t2, PTE_NUMBER
        ori     t2, t2, PTE_DATA
        la      t3, page_table
        srli    t0, t0, 12              # which page of the lazy area
        slli    t0, t0, 3
        add     t3, t3, t0
        sd      t2, (t3)
        sfence.vma
        li      a0, 1
        ret
1:      li      a0, 0
        ret

# Reads from, and writes to, a page that is not there yet. What happens in between is in traps.s.
touch_new_page:
        addi    sp, sp, -32
        sd      ra, 24(sp)
        sd      s0, 16(sp)
        sd      s1, 8(sp)
        ld      t0, pages_used
        li      t1, SPARE_PAGES
        bgeu    t0, t1, 1f
        slli    t0, t0, 12
        li      s0, LAZY
        add     s0, s0, t0
        la      a0, touching
        call    print
        mv      a0, s0
        call    print_hex
        la      a0, not_there
        call    print
        ld      s1, (s0)                # <- the page fault happens here, and then it works
        la      a0, it_reads
        call    print
        mv      a0, s1
        call    print_decimal
        li      t0, 42
        sd      t0, (s0)                # no fault: the page is there now
        la      a0, wrote
        call    print
        ld      a0, (s0)
        call    print_decimal
        la      a0, end_of_touch
        j       2f
1:      la      a0, no_pages
2:      call    print
        ld      ra, 24(sp)
        ld      s0, 16(sp)
        ld      s1, 8(sp)
        addi    sp, sp, 32
        ret

        .section .rodata
touching:
        .asciz  "reading from "
not_there:
        .asciz  ", where there is no page ...\n"
it_reads:
        .asciz  "              The load was tried again, and found "
wrote:  .asciz  ". I stored a number, and it holds: "
end_of_touch:
        .asciz  ".\n"
no_pages:
        .asciz  "I have no page left to give. A real kernel would take one from somebody.\n"

        .bss
        .balign PAGE
root_table:
        .space  PAGE
middle_table:
        .space  PAGE
page_table:
        .space  PAGE
spare_pages:
        .space  PAGE * SPARE_PAGES
pages_used:
        .space  8
