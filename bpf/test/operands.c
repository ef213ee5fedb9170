/* SPDX-License-Identifier: MIT
 *
 * Fires utxocache:flush once from each of several places. Their notes are written by hand, so every form of operand occurs,
 * whatever the compiler would choose. It first waits for a byte on its standard input. With -DSEMAPHORE the tracepoint has a
 * semaphore, and nothing fires while that is 0. The agent's OperandsIT has the expected values of each call.
 */
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef SEMAPHORE
volatile uint16_t utxocache_flush_semaphore __attribute__((section(".probes"), used));
#define SEMAPHORE_ADDRESS "utxocache_flush_semaphore"
#define TRACED (utxocache_flush_semaphore > 0)
#else
#define SEMAPHORE_ADDRESS "0"
#define TRACED 1
#endif

/* systemtap's wiki, UserSpaceProbeImplementation. */
#define NOTE(arguments)                                                                                         \
    "990: nop\n"                                                                                                \
    ".pushsection .note.stapsdt,\"\",\"note\"\n .balign 4\n .4byte 992f-991f, 994f-993f, 3\n 991: .asciz \"stapsdt\"\n" \
    "992: .balign 4\n 993: .8byte 990b, 0, " SEMAPHORE_ADDRESS "\n"                                             \
    ".asciz \"utxocache\"\n .asciz \"flush\"\n .asciz \"" arguments "\"\n 994: .balign 4\n .popsection\n"

#if defined(__x86_64__)
#define REGISTERS NOTE("-8@%%r12 4@%%r13d 8@%%r14 8@%%r15 1@%%bl")
#define SHORTER NOTE("-4@%%r13d 2@%%r12w 4@%%r13d -1@%%bl 1@%%bl")
#define CONSTANTS NOTE("-8@$-5 4@$7 8@$1234567890123 8@$0 1@$1")
#define MEMORY NOTE("-8@(%%r12) 4@8(%%r12) 8@16(%%r12) 8@-8(%%r13) 1@-1(%%r13)")
#define INDEXED NOTE("-8@(%%r12,%%r14,8) 4@-8(%%r12,%%r14,8) 8@8(%%r12,%%r14,8) 8@4(%%r12,%%rbx,4) 1@8(%%r12,%%r15)")
#define R1 "r12"
#define R2 "r13"
#define R3 "r14"
#define R4 "r15"
#define R5 "rbx"
#elif defined(__aarch64__)
#define REGISTERS NOTE("-8@x20 4@w21 8@x22 8@x23 1@w24")
#define SHORTER NOTE("-4@w21 2@w20 4@w21 -1@w24 1@w24")
#define CONSTANTS NOTE("-8@-5 4@7 8@1234567890123 8@xzr 1@1")
#define MEMORY NOTE("-8@[x20] 4@[x20, 8] 8@[x20, 16] 8@[x21, -8] 1@[x21, -1]")
#define R1 "x20"
#define R2 "x21"
#define R3 "x22"
#define R4 "x23"
#define R5 "x24"
#endif

#define FIRE(note, a, b, c, d, e)                                             \
    do {                                                                      \
        register int64_t first __asm__(R1) = (int64_t)(a);                    \
        register int64_t second __asm__(R2) = (int64_t)(b);                   \
        register int64_t third __asm__(R3) = (int64_t)(c);                    \
        register int64_t fourth __asm__(R4) = (int64_t)(d);                   \
        register int64_t fifth __asm__(R5) = (int64_t)(e);                    \
        __asm__ volatile(note : : "r"(first), "r"(second), "r"(third), "r"(fourth), "r"(fifth) : "memory"); \
    } while (0)

int main(void)
{
    char byte;
    int64_t table[] = {-11, 12, 13, 1};
    /* No memory is mapped after its last eight bytes. */
    int64_t page = sysconf(_SC_PAGESIZE);
    char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(pages + page, page);
    *(int64_t *)(pages + page - 8) = 1LL << 56 | 14;
    if (read(STDIN_FILENO, &byte, 1) != 1)
        return 1;
    if (TRACED) {
        FIRE(REGISTERS, -1, 2, 3, 4, 1);
        FIRE(SHORTER, 0x12345, -5, 0, 0, 0xff);
        FIRE(CONSTANTS, 0, 0, 0, 0, 0);
        FIRE(MEMORY, table, pages + page, 0, 0, 0);
#if defined(__x86_64__)
        FIRE(INDEXED, table, 0, 1, 16, 1);
#endif
    }
    return 0;
}
