package org.bitcoinwatchdog.agent.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A processor: the names of its registers in operands, their offsets in the kernel's context, and its number of bpf(2).
 */
enum Architecture {
    /** {@code struct pt_regs} of arch/x86/include/uapi/asm/ptrace.h. */
    X86_64(321, x86Registers()),
    /** {@code struct user_pt_regs} of arch/arm64/include/uapi/asm/ptrace.h. */
    ARM64(280, armRegisters());

    private static final int REGISTER_BYTES = 8;

    private final int bpfSystemCall;
    private final Map<String, Integer> registers;

    Architecture(int bpfSystemCall, Map<String, Integer> registers) {
        this.bpfSystemCall = bpfSystemCall;
        this.registers = registers;
    }

    /** This machine's. */
    static Architecture here() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64", "arm64" -> ARM64;
            default -> throw new KernelException("this machine", 0,
                    "the tracing programs do not support this processor: " + System.getProperty("os.arch"));
        };
    }

    int bpfSystemCall() {
        return bpfSystemCall;
    }

    /** The register's offset in the context, bytes. */
    Optional<Integer> register(String name) {
        return Optional.ofNullable(registers.get(name));
    }

    private static Map<String, Integer> x86Registers() {
        Map<String, Integer> offsets = new HashMap<>();
        List<List<String>> names = List.of(
                List.of("r15", "r15d", "r15w", "r15b"), List.of("r14", "r14d", "r14w", "r14b"),
                List.of("r13", "r13d", "r13w", "r13b"), List.of("r12", "r12d", "r12w", "r12b"),
                List.of("rbp", "ebp", "bp", "bpl"), List.of("rbx", "ebx", "bx", "bl"),
                List.of("r11", "r11d", "r11w", "r11b"), List.of("r10", "r10d", "r10w", "r10b"),
                List.of("r9", "r9d", "r9w", "r9b"), List.of("r8", "r8d", "r8w", "r8b"),
                List.of("rax", "eax", "ax", "al"), List.of("rcx", "ecx", "cx", "cl"),
                List.of("rdx", "edx", "dx", "dl"), List.of("rsi", "esi", "si", "sil"),
                List.of("rdi", "edi", "di", "dil"), List.of(), List.of(), List.of(), List.of(),
                List.of("rsp", "esp", "sp", "spl"));
        for (int i = 0; i < names.size(); i++) {
            for (String name : names.get(i)) {
                offsets.put(name, i * REGISTER_BYTES);
            }
        }
        return offsets;
    }

    private static Map<String, Integer> armRegisters() {
        Map<String, Integer> offsets = new HashMap<>();
        for (int i = 0; i <= 30; i++) {
            offsets.put("x" + i, i * REGISTER_BYTES);
            offsets.put("w" + i, i * REGISTER_BYTES);
        }
        offsets.put("sp", 31 * REGISTER_BYTES);
        return offsets;
    }
}
