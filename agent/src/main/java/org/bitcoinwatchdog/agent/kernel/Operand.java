package org.bitcoinwatchdog.agent.kernel;

/**
 * The location of one argument of a tracepoint at the moment of a call: {@code struct operand} of bpf/operands.h.
 *
 * @param value     the constant itself, or the offset that is added to an address
 * @param base      a register, by its offset in the kernel's context, bytes
 * @param index     the same; only for the kind {@code INDEXED}
 * @param scaleBits the index counts 2^scaleBits bytes
 * @param bytes     1, 2, 4 or 8
 */
record Operand(OperandKind kind, long value, int base, int index, int scaleBits, int bytes, boolean signed) {
    /** In the order of {@code enum operand_kind}. */
    enum OperandKind {
        CONSTANT,
        REGISTER,
        MEMORY,
        INDEXED
    }

    int unusedBits() {
        return Long.SIZE - Byte.SIZE * bytes;
    }
}
