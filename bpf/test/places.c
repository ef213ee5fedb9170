/* SPDX-License-Identifier: MIT */
#include "test/places.h"

#include <fcntl.h>
#include <gelf.h>
#include <linux/ptrace.h>
#include <asm/ptrace.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STAPSDT_TYPE 3

#if defined(__x86_64__)

static int register_named(const char *name)
{
    static const char *const names[][5] = {
        {"r15", "r15d", "r15w", "r15b"}, {"r14", "r14d", "r14w", "r14b"}, {"r13", "r13d", "r13w", "r13b"},
        {"r12", "r12d", "r12w", "r12b"}, {"rbp", "ebp", "bp", "bpl"}, {"rbx", "ebx", "bx", "bl"},
        {"r11", "r11d", "r11w", "r11b"}, {"r10", "r10d", "r10w", "r10b"}, {"r9", "r9d", "r9w", "r9b"},
        {"r8", "r8d", "r8w", "r8b"}, {"rax", "eax", "ax", "al"}, {"rcx", "ecx", "cx", "cl"},
        {"rdx", "edx", "dx", "dl"}, {"rsi", "esi", "si", "sil"}, {"rdi", "edi", "di", "dil"},
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        for (int form = 0; names[i][form]; form++)
            if (name[0] == '%' && strcmp(name + 1, names[i][form]) == 0)
                return i * 8;
    return -1;
}

#else

static int register_named(const char *name)
{
    int number;
    return sscanf(name, "%*[xw]%d", &number) == 1 ? number * 8 : -1;
}

#endif

static bool parse(const char *text, struct operands *operands)
{
    int bytes, length;
    char name[9];
    memset(operands, 0, sizeof(*operands));
    for (; operands->count < MOST_OPERANDS && sscanf(text, " %d@%8[%%a-z0-9]%n", &bytes, name, &length) == 2; text += length) {
        int base = register_named(name);
        if (base < 0)
            return false;
        operands->operands[operands->count++] = (struct operand){
            .kind = OPERAND_REGISTER, .base = base, .bytes = abs(bytes), .unused_bits = 64 - 8 * abs(bytes), .is_signed = bytes < 0,
        };
    }
    return *text == 0;
}

/* Converts a linked address to an offset in the file. */
static uint64_t file_offset(Elf *elf, uint64_t address)
{
    size_t count;
    GElf_Phdr segment;
    for (elf_getphdrnum(elf, &count); count-- > 0;)
        if (gelf_getphdr(elf, count, &segment) && segment.p_type == PT_LOAD && address >= segment.p_vaddr
            && address < segment.p_vaddr + segment.p_filesz)
            return address - segment.p_vaddr + segment.p_offset;
    return 0;
}

static size_t read_notes(Elf *elf, Elf_Data *notes, const char *tracepoint, struct place *places, size_t most)
{
    GElf_Nhdr note;
    size_t found = 0, name, description;
    for (size_t at = 0; found < most && (at = gelf_getnote(notes, at, &note, &name, &description)) > 0;) {
        if (note.n_type != STAPSDT_TYPE)
            continue;
        const char *bytes = (const char *)notes->d_buf + description, *provider = bytes + 24;
        const char *probe = provider + strlen(provider) + 1, *arguments = probe + strlen(probe) + 1;
        size_t provider_length = strlen(provider);
        uint64_t addresses[3];
        memcpy(addresses, bytes, sizeof(addresses));
        if (strncmp(tracepoint, provider, provider_length) == 0 && tracepoint[provider_length] == ':'
            && strcmp(tracepoint + provider_length + 1, probe) == 0 && parse(arguments, &places[found].operands)) {
            places[found].offset = file_offset(elf, addresses[0]);
            places[found++].semaphore = addresses[2] ? file_offset(elf, addresses[2]) : 0;
        }
    }
    return found;
}

size_t places_of(const char *executable, const char *tracepoint, struct place *places, size_t most)
{
    elf_version(EV_CURRENT);
    int file = open(executable, O_RDONLY | O_CLOEXEC);
    Elf *elf = elf_begin(file, ELF_C_READ, NULL);
    size_t found = 0;
    for (Elf_Scn *section = NULL; elf && (section = elf_nextscn(elf, section));) {
        GElf_Shdr header;
        if (gelf_getshdr(section, &header) && header.sh_type == SHT_NOTE)
            found += read_notes(elf, elf_getdata(section, NULL), tracepoint, places + found, most - found);
    }
    elf_end(elf);
    close(file);
    if (found == 0)
        fprintf(stderr, "%s: no %s whose operands are registers\n", executable, tracepoint);
    return found;
}
