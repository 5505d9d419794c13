// What every benchmark program implements; crt.c calls it and prints the result.
#ifndef GUEST_H
#define GUEST_H
#ifndef ROUNDS
#define ROUNDS 100
#endif
int guest_main(int rounds);
#endif
