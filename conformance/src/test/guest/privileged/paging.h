// Page tables that the programs about virtual memory share.
//
// In every scheme the gigapage at IDENTITY maps RAM for S-mode, the one at ALIAS maps the same RAM for U-mode, and TARGET is
// a page of its own, found through a chain of tables with one entry for each level: `slot(level)`.
#pragma once
#include "runtime.h"

#define PTE_V 1UL
#define PTE_R 2UL
#define PTE_W 4UL
#define PTE_X 8UL
#define PTE_U 16UL
#define PTE_G 32UL
#define PTE_A 64UL
#define PTE_D 128UL
#define PTE_RWX (PTE_R | PTE_W | PTE_X)
#define PTE_LEAF (PTE_V | PTE_RWX | PTE_A | PTE_D)

#define ALIAS_OFFSET 0x40000000UL
#define TARGET (5UL << 30 | 1UL << 21 | 1UL << 12)
#define CODE_OFFSET 0x100

enum { SV39 = 8, SV48 = 9, SV57 = 10 };

extern u64 tables[5][512];
extern u8 page[4096], second_page[4096];

static inline u64 pte(u64 address, u64 flags) { return address >> 12 << 10 | flags; }

// The entry for TARGET at a level; level 0 holds pages.
u64 *slot_at(int level);
// Builds the tables for a scheme and switches to it; everything is mapped as it should be.
void use_scheme(int scheme);
void leave_paging(void);
// Runs an access to an address in S-mode or U-mode; tells how it ended in a word: "ok" or the cause, and what tval shows where
// it is not the address.
void access(int mode, void (*function)(void), u64 address);
// A line: how loads, stores and fetches at an address end in both modes, and the entry afterwards.
void probe(const char *name, u64 address, u64 *entry);

void do_load(void);
void do_store(void);
void do_fetch(void);
