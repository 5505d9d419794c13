// What the programs share: printing, running a function in a mode, and telling how it ended.
#pragma once

typedef unsigned long u64;
typedef unsigned int u32;
typedef unsigned char u8;

enum { USER = 0, SUPERVISOR = 1, MACHINE = 3 };

struct trap {
  u64 cause, epc, tval, status, value;
};

extern volatile struct trap seen, seen_by_supervisor;
extern volatile u64 slot;
extern char machine_vector[], supervisor_vector[], machine_table[], supervisor_table[];
extern char finished[], end_of_program[];

#define read_csr(name)                                                    \
  ({                                                                      \
    u64 value_;                                                           \
    asm volatile("csrr %0, " #name : "=r"(value_)::"memory");             \
    value_;                                                               \
  })
#define write_csr(name, value) asm volatile("csrw " #name ", %0" ::"r"((u64)(value)) : "memory")
#define set_csr(name, value) asm volatile("csrs " #name ", %0" ::"r"((u64)(value)) : "memory")
#define clear_csr(name, value) asm volatile("csrc " #name ", %0" ::"r"((u64)(value)) : "memory")
#define swap_csr(name, value)                                                                     \
  ({                                                                                              \
    u64 value_;                                                                                   \
    asm volatile("csrrw %0, " #name ", %1" : "=r"(value_) : "r"((u64)(value)) : "memory");        \
    value_;                                                                                       \
  })

#define MIE (1UL << 3)
#define MPIE (1UL << 7)
#define SIE (1UL << 1)
#define SPIE (1UL << 5)
#define SPP (1UL << 8)
#define MPP (3UL << 11)
#define FS (3UL << 13)
#define MPRV (1UL << 17)
#define SUM (1UL << 18)
#define MXR (1UL << 19)
#define TVM (1UL << 20)
#define TW (1UL << 21)
#define TSR (1UL << 22)

// Leaves no trace of what the compiler might add: the body is the given assembly alone.
#define CODE(name, text)        \
  void name(void);              \
  asm(".text\n.balign 4\n"      \
      ".globl " #name "\n"      \
      #name ":\n" text "\n");

void print(const char *text);
void print_hex(u64 value);
// An address, as a distance from the function's start where it lies in the function that was run.
void print_place(u64 address);
// "name: value"
void tell(const char *name, u64 value);
// Runs a function in a mode; a trap ends it.
void run(int mode, void (*function)(void), u64 argument);
// The same, with code and stack reached through addresses that are `alias` higher.
void run_aliased(int mode, void (*function)(void), u64 alias, u64 argument);
// "name: how it ended": a trap with its registers, or "returned" with a0.
void report(const char *name);
// All of it: run and report.
void check(const char *name, int mode, void (*function)(void), u64 argument);
// Opens all of memory to S-mode and U-mode.
void open_memory(void);
void finish(int code);
