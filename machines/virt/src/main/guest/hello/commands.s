# hello: commands.s -- a prompt, and what can be typed there.
#
# To add a command: write a function below, and add its name and address to the table `commands` and
# a line to `help_text`.

        .equ    LINE_SIZE, 80
        .equ    BACKSPACE, 8
        .equ    DELETE, 127
        .equ    MOST_FIB, 93            # the last Fibonacci number that fits into 64 bits

        .text

command_loop:
        la      a0, prompt
        call    print
        call    read_line
        la      s0, commands            # s0 = an entry of the table: name, function
1:      ld      a0, (s0)
        beqz    a0, 2f
        la      a1, line
        call    starts_with_word
        bnez    a0, 3f
        addi    s0, s0, 16
        j       1b
2:      lbu     t0, line
        beqz    t0, command_loop        # an empty line
        la      a0, unknown
        call    print
        la      a0, line
        call    print
        la      a0, unknown_end
        call    print
        j       command_loop
3:      ld      t0, 8(s0)
        jalr    t0                      # a0 = what stands behind the word
        j       command_loop

# Reads a line into `line`, showing what is typed.
read_line:
        addi    sp, sp, -32
        sd      ra, 24(sp)
        sd      s0, 16(sp)
        sd      s1, 8(sp)
        la      s0, line                # s0 = where the next byte goes
        mv      s1, s0                  # s1 = the start
1:      call    read_byte
        li      t0, '\r'
        beq     a0, t0, 3f
        li      t0, '\n'
        beq     a0, t0, 3f
        li      t0, BACKSPACE
        beq     a0, t0, 2f
        li      t0, DELETE
        beq     a0, t0, 2f
        li      t0, ' '
        bltu    a0, t0, 1b              # no other control characters
        sub     t1, s0, s1              # the length so far
        bnez    t1, 4f
        beq     a0, t0, 1b              # no blanks at the start
4:      li      t0, LINE_SIZE - 1
        bgeu    t1, t0, 1b              # the line is full
        sb      a0, (s0)
        addi    s0, s0, 1
        call    print_byte
        j       1b
2:      beq     s0, s1, 1b
        addi    s0, s0, -1
        la      a0, erase
        call    print
        j       1b
3:      sb      zero, (s0)
        li      a0, '\n'
        call    print_byte
        ld      ra, 24(sp)
        ld      s0, 16(sp)
        ld      s1, 8(sp)
        addi    sp, sp, 32
        ret

# Whether the line a1 begins with the word a0: a0 = the address behind word and blanks, else 0.
starts_with_word:
1:      lbu     t0, (a0)
        lbu     t1, (a1)
        beqz    t0, 2f                  # the word is over
        bne     t0, t1, 4f
        addi    a0, a0, 1
        addi    a1, a1, 1
        j       1b
2:      beqz    t1, 3f                  # and so is the line
        li      t0, ' '
        bne     t1, t0, 4f              # no: it begins with a longer word
1:      addi    a1, a1, 1
        lbu     t1, (a1)
        beq     t1, t0, 1b
3:      mv      a0, a1
        ret
4:      li      a0, 0
        ret

# Reads a decimal number at a0: a0 = the number; a1 = 0 if there is none.
parse_number:
        mv      t0, a0
        li      a0, 0
        li      a1, 0
        li      t2, 10
1:      lbu     t1, (t0)
        addi    t1, t1, -'0'
        bgeu    t1, t2, 2f
        mul     a0, a0, t2
        add     a0, a0, t1
        li      a1, 1
        addi    t0, t0, 1
        j       1b
2:      ret

command_help:
        la      a0, help_text
        j       print

# How long the computer has been on, by its clock.
command_time:
        addi    sp, sp, -16
        sd      ra, 8(sp)
        rdtime  t0
        li      t1, TICKS_PER_MILLISECOND
        divu    a0, t0, t1
        call    print_decimal
        la      a0, time_text
        call    print
        ld      ra, 8(sp)
        addi    sp, sp, 16
        ret

command_sleep:
        addi    sp, sp, -16
        sd      ra, 8(sp)
        call    parse_number
        beqz    a1, 1f
        li      t0, TICKS_PER_MILLISECOND
        mul     a0, a0, t0
        call    sleep
        la      a0, slept
        j       2f
1:      la      a0, sleep_usage
2:      call    print
        ld      ra, 8(sp)
        addi    sp, sp, 16
        ret

command_fib:
        addi    sp, sp, -16
        sd      ra, 8(sp)
        call    parse_number
        beqz    a1, 3f
        li      t0, MOST_FIB
        bgtu    a0, t0, 3f
        li      t0, 0                   # two neighbours in the sequence
        li      t1, 1
1:      beqz    a0, 2f
        add     t2, t0, t1
        mv      t0, t1
        mv      t1, t2
        addi    a0, a0, -1
        j       1b
2:      mv      a0, t0
        call    print_decimal
        li      a0, '\n'
        call    print_byte
        j       4f
3:      la      a0, fib_usage
        call    print
4:      ld      ra, 8(sp)
        addi    sp, sp, 16
        ret

# Shows registers that say what the processor is doing.
command_regs:
        addi    sp, sp, -16
        sd      ra, 8(sp)
        la      a0, regs_hart
        ld      a1, hart_number
        call    print_register
        la      a0, regs_sp
        addi    a1, sp, 16
        call    print_register
        la      a0, regs_satp
        csrr    a1, satp
        call    print_register
        la      a0, regs_stvec
        csrr    a1, stvec
        call    print_register
        la      a0, regs_sie
        csrr    a1, sie
        call    print_register
        la      a0, regs_scause
        csrr    a1, scause
        call    print_register
        ld      ra, 8(sp)
        addi    sp, sp, 16
        ret

# Prints the string a0, the number a1 and a new line.
print_register:
        addi    sp, sp, -16
        sd      ra, 8(sp)
        sd      a1, (sp)
        call    print
        ld      a0, (sp)
        call    print_hex
        li      a0, '\n'
        call    print_byte
        ld      ra, 8(sp)
        addi    sp, sp, 16
        ret

# Executes an instruction that does not exist.
command_crash:
        unimp
        ret

command_poweroff:
        la      a0, goodbye
        call    print
        j       power_off               # boot.s

        .section .rodata
        .balign 8
commands:
        .dword  word_help, command_help
        .dword  word_time, command_time
        .dword  word_sleep, command_sleep
        .dword  word_fault, touch_new_page
        .dword  word_regs, command_regs
        .dword  word_fib, command_fib
        .dword  word_crash, command_crash
        .dword  word_poweroff, command_poweroff
        .dword  0
word_help:      .asciz "help"
word_time:      .asciz "time"
word_sleep:     .asciz "sleep"
word_fault:     .asciz "fault"
word_regs:      .asciz "regs"
word_fib:       .asciz "fib"
word_crash:     .asciz "crash"
word_poweroff:  .asciz "poweroff"

help_text:
        .ascii  "help      this text\n"
        .ascii  "time      how long this computer has been on\n"
        .ascii  "sleep MS  sleep for MS milliseconds, until the timer interrupts\n"
        .ascii  "fault     touch a page that is not there, and get one\n"
        .ascii  "regs      some registers of this processor\n"
        .ascii  "fib N     the Nth Fibonacci number\n"
        .ascii  "crash     execute an instruction that does not exist\n"
        .asciz  "poweroff  switch this computer off\n"
prompt: .asciz  "hello> "
unknown:
        .asciz  "I do not know '"
unknown_end:
        .asciz  "'. Type help.\n"
erase:  .asciz  "\b \b"
time_text:
        .asciz  " ms since this computer was switched on\n"
slept:  .asciz  "The timer woke me.\n"
sleep_usage:
        .asciz  "Say for how many milliseconds, as in: sleep 500\n"
fib_usage:
        .asciz  "Say which one, from 0 to 93, as in: fib 50\n"
regs_hart:
        .asciz  "hart    "
regs_sp:
        .asciz  "sp      "
regs_satp:
        .asciz  "satp    "
regs_stvec:
        .asciz  "stvec   "
regs_sie:
        .asciz  "sie     "
regs_scause:
        .asciz  "scause  "
goodbye:
        .asciz  "Goodbye.\n"

        .bss
line:   .space  LINE_SIZE
