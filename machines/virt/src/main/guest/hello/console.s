# hello: console.s -- text in and out, by the firmware and by the serial port.

        # Calls to the firmware: RISC-V SBI specification. a7 = extension, a6 = function,
        # a0... = arguments; back come a0 = error and a1 = value.
        .equ    SBI_BASE, 0x10
        .equ    SBI_CONSOLE, 0x4442434e         # "DBCN", since SBI 2.0
        .equ    SBI_OLD_PUTCHAR, 1
        .equ    SBI_TIME, 0x54494d45            # "TIME"
        .equ    SBI_SYSTEM_RESET, 0x53525354    # "SRST"

        # The serial port, a 16550 UART: registers of one byte each.
        .equ    UART, 0x10000000
        .equ    UART_DATA, 0                    # write: send, read: receive
        .equ    UART_INTERRUPTS, 1
        .equ    UART_RECEIVED, 1 << 0           # ... interrupt when a byte arrived
        .equ    UART_FIFO, 2
        .equ    UART_LINE_STATUS, 5
        .equ    UART_HAS_BYTE, 1 << 0           # ... a byte can be read
        .equ    UART_CAN_SEND, 1 << 5           # ... a byte can be written
        .equ    UART_ALL_SENT, 1 << 6           # ... nothing is on its way any more

        # The interrupt controller (PLIC) of QEMU's virt board. It tells "contexts", of which
        # each hart has two: its machine mode (even) and its supervisor mode (odd).
        .equ    PLIC, 0x0c000000
        .equ    PLIC_ENABLE, 0x2000             # + 0x80 for each context
        .equ    PLIC_CONTEXT, 0x200000          # + 0x1000 for each context: threshold, claim
        .equ    PLIC_CLAIM, 4
        .equ    UART_IRQ, 10

        .equ    TYPED_SIZE, 256                 # a power of two

        .text

# Prints the string at a0 through the firmware.
firmware_print:
        addi    sp, sp, -32
        sd      ra, 24(sp)
        sd      s0, 16(sp)
        sd      s1, 8(sp)
        mv      s0, a0
        li      a0, SBI_CONSOLE
        call    firmware_has
        mv      s1, a0
        beqz    s1, 2f
        mv      a0, s0
        call    string_length
        mv      s1, a0                  # s1 = bytes still to print
1:      beqz    s1, 4f
        mv      a0, s1
        mv      a1, s0                  # the address, low half; the high half is 0
        li      a2, 0
        li      a6, 0
        li      a7, SBI_CONSOLE
        ecall
        bnez    a0, 4f
        add     s0, s0, a1              # a1 = how many it printed
        sub     s1, s1, a1
        j       1b
2:      lbu     a0, (s0)                # firmware from before SBI 2.0: byte by byte
        beqz    a0, 4f
        addi    s0, s0, 1
        li      a7, SBI_OLD_PUTCHAR
        ecall
        j       2b
4:      ld      ra, 24(sp)
        ld      s0, 16(sp)
        ld      s1, 8(sp)
        addi    sp, sp, 32
        ret

# a0 = whether the firmware has the extension a0; 0 if not.
firmware_has:
        li      a6, 3                   # probe an extension
        li      a7, SBI_BASE
        ecall
        mv      a0, a1
        ret

# Prints the firmware's SBI version through the firmware, as in "2.0".
firmware_version:
        addi    sp, sp, -16
        sd      ra, 8(sp)
        li      a6, 0                   # the version: major in bits 24 to 30, minor below
        li      a7, SBI_BASE
        ecall
        srli    t0, a1, 24
        andi    t0, t0, 0x7f
        addi    t0, t0, '0'
        andi    t1, a1, 0x7f
        addi    t1, t1, '0'
        la      a0, version
        sb      t0, 0(a0)
        sb      t1, 2(a0)
        call    firmware_print
        ld      ra, 8(sp)
        addi    sp, sp, 16
        ret

# Makes the serial port interrupt us when a byte arrives, by way of the interrupt controller.
console_start:
        li      t0, UART
        li      t1, 1
        sb      t1, UART_FIFO(t0)
        li      t1, UART_RECEIVED
        sb      t1, UART_INTERRUPTS(t0)
        li      t0, PLIC
        li      t1, 1
        sw      t1, 4 * UART_IRQ(t0)    # priority 1; 0 would mean never
        ld      t2, hart_number
        slli    t2, t2, 1
        addi    t2, t2, 1               # our context
        li      t3, PLIC + PLIC_ENABLE
        slli    t4, t2, 7
        add     t3, t3, t4
        li      t1, 1 << UART_IRQ
        sw      t1, (t3)
        li      t3, PLIC + PLIC_CONTEXT
        slli    t4, t2, 12
        add     t3, t3, t4
        sw      zero, (t3)              # threshold 0: let every priority through
        sd      t3, plic_context, t0
        ret

# The interrupt handler's part (traps.s): takes what was typed out of the serial port.
console_interrupt:
        ld      t0, plic_context
        lw      t1, PLIC_CLAIM(t0)      # which device was it?
        beqz    t1, 4f
        li      t2, UART
1:      lbu     t3, UART_LINE_STATUS(t2)
        andi    t3, t3, UART_HAS_BYTE
        beqz    t3, 3f
        ld      t4, typed_count
        ld      t5, read_count
        sub     t5, t4, t5
        li      t6, TYPED_SIZE
        bltu    t5, t6, 2f
        sb      zero, UART_INTERRUPTS(t2)       # no room: leave the rest where it is
        j       3f
2:      lbu     t3, UART_DATA(t2)
        la      t5, typed
        andi    t6, t4, TYPED_SIZE - 1
        add     t5, t5, t6
        sb      t3, (t5)
        addi    t4, t4, 1
        sd      t4, typed_count, t5
        j       1b
3:      sw      t1, PLIC_CLAIM(t0)      # done with this interrupt
4:      ret

# a0 = the next byte that was typed; sleeps until there is one.
read_byte:
1:      csrci   sstatus, SSTATUS_SIE    # no interrupt may come between the look and the sleep
        ld      t0, typed_count
        ld      t1, read_count
        bne     t0, t1, 2f
        li      t2, UART
        li      t3, UART_RECEIVED
        sb      t3, UART_INTERRUPTS(t2)
        wfi                             # wakes up for an interrupt even while they are off ...
        csrsi   sstatus, SSTATUS_SIE    # ... and here it is taken
        j       1b
2:      csrsi   sstatus, SSTATUS_SIE
        la      t0, typed
        andi    t2, t1, TYPED_SIZE - 1
        add     t0, t0, t2
        lbu     a0, (t0)
        addi    t1, t1, 1
        sd      t1, read_count, t0
        ret

# Sends the byte a0 through the serial port. A line feed gets its carriage return.
print_byte:
        li      t0, UART
        li      t1, '\n'
        bne     a0, t1, 2f
1:      lbu     t1, UART_LINE_STATUS(t0)
        andi    t1, t1, UART_CAN_SEND
        beqz    t1, 1b
        li      t1, '\r'
        sb      t1, UART_DATA(t0)
2:      lbu     t1, UART_LINE_STATUS(t0)
        andi    t1, t1, UART_CAN_SEND
        beqz    t1, 2b
        sb      a0, UART_DATA(t0)
        ret

# Waits until all that was printed has left the serial port.
console_flush:
        li      t0, UART
1:      lbu     t1, UART_LINE_STATUS(t0)
        andi    t1, t1, UART_ALL_SENT
        beqz    t1, 1b
        ret

# Prints the string at a0.
print:
        addi    sp, sp, -16
        sd      ra, 8(sp)
        sd      s0, (sp)
        mv      s0, a0
1:      lbu     a0, (s0)
        beqz    a0, 2f
        call    print_byte
        addi    s0, s0, 1
        j       1b
2:      ld      ra, 8(sp)
        ld      s0, (sp)
        addi    sp, sp, 16
        ret

# Prints a0 as an unsigned decimal number.
print_decimal:
        li      a1, 10
        la      a2, empty
        j       print_number

# Prints a0 as a hexadecimal number with 0x before it.
print_hex:
        li      a1, 16
        la      a2, hex_prefix

# Prints a0 in the base a1, behind the string at a2. Digits come out last one first, so they are
# written backwards into a buffer on the stack.
print_number:
        addi    sp, sp, -96
        sd      ra, 88(sp)
        addi    t0, sp, 80
        sb      zero, (t0)              # the string's end
1:      remu    t1, a0, a1
        divu    a0, a0, a1
        la      t2, digits
        add     t2, t2, t1
        lbu     t2, (t2)
        addi    t0, t0, -1
        sb      t2, (t0)
        bnez    a0, 1b
        sd      t0, (sp)
        mv      a0, a2
        call    print
        ld      a0, (sp)
        call    print
        ld      ra, 88(sp)
        addi    sp, sp, 96
        ret

# a0 = the length of the string at a0.
string_length:
        mv      t0, a0
1:      lbu     t1, (t0)
        beqz    t1, 2f
        addi    t0, t0, 1
        j       1b
2:      sub     a0, t0, a0
        ret

        .section .rodata
digits: .ascii  "0123456789abcdef"
hex_prefix:
        .asciz  "0x"
empty:  .asciz  ""

        .data
version:
        .asciz  "?.?.\n"

        .bss
        .balign 8
plic_context:
        .space  8
typed_count:                            # bytes that were ever typed ...
        .space  8
read_count:                             # ... and how many of them were read
        .space  8
typed:  .space  TYPED_SIZE              # byte n stands at n modulo TYPED_SIZE
