# hello: boot.s -- the first instructions, and the tour that they give.
#
# The firmware starts one hart (a hardware thread: one RISC-V processor) at _start. The hart is in
# supervisor mode, the mode for kernels; paging and interrupts are off; a0 holds the hart's number.
# Nothing else is there: no stack, no library, nobody to return to.

        .globl  _start
        .text
_start:
        la      sp, stack_top           # a stack, so that functions can call each other
        sd      a0, hart_number, t0

        # Step 1: let the firmware print.
        la      a0, banner
        call    firmware_print          # console.s
        call    firmware_version

        # Step 2: drive a device ourselves.
        call    console_start           # console.s
        la      a0, serial_works
        call    print

        # Step 3: from now on every address is looked up in our page table.
        call    paging_start            # memory.s
        la      a0, paging_works
        call    print

        # Step 4: ask for an interrupt, and sleep until it comes.
        call    traps_start             # traps.s
        la      a0, timer_asked
        call    print
        li      a0, 10 * TICKS_PER_MILLISECOND
        call    sleep
        la      a0, timer_came
        call    print

        # Step 5: touch memory that is not there, on purpose.
        la      a0, fault_next
        call    print
        call    touch_new_page          # memory.s

        la      a0, tour_ends
        call    print
        j       command_loop            # commands.s

# Stops the computer, because something happened that this kernel has no answer to.
# a0 = what happened. The firmware is told that the system failed, so Hospes exits with 1.
panic:
        call    print
        la      a0, panicking
        call    print
        li      a1, 1                   # the reason: a system failure
        j       power_off_with_reason

# Switches the computer off: SBI extension "SRST" (system reset), function 0.
power_off:
        li      a1, 0                   # the reason: none
power_off_with_reason:
        call    console_flush
        li      a0, 0                   # the type: shutdown
        li      a6, 0
        li      a7, SBI_SYSTEM_RESET
        ecall
1:      wfi                             # not reached, unless the firmware cannot do it
        j       1b

        .section .rodata
banner: .ascii  "\nHello from inside the guest! I am a small kernel, and this is what kernels do.\n\n"
        .asciz  "[1] firmware: it prints these lines for me. It speaks SBI "
serial_works:
        .asciz  "[2] device:   now I write to the serial port myself, one byte at a time.\n"
paging_works:
        .asciz  "[3] paging:   Sv39 is on. Every address I use goes through my page table.\n"
timer_asked:
        .asciz  "[4] timer:    sleeping until an interrupt wakes me, in 10 ms ... "
timer_came:
        .asciz  "it came.\n"
fault_next:
        .asciz  "[5] fault:    "
tour_ends:
        .asciz  "\nThat is all it takes to start. Type help to see what I can do.\n"
panicking:
        .asciz  "That is more than I can handle: switching off.\n"

        .bss
        .balign 16
stack:  .space  16384
stack_top:
hart_number:
        .space  8
