package org.bitcoinwatchdog.agent.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * {@code struct operands} of bpf/operands.h, which describes one probe site to the programs. A test compares it with
 * C's.
 */
final class OperandLayout {
    static final int MOST_OPERANDS = 12;
    static final int OPERAND_BYTES = 24;
    static final int FIRST_OPERAND = 8;
    static final int PLACE_BYTES = FIRST_OPERAND + MOST_OPERANDS * OPERAND_BYTES;
    static final int VALUE = 0;
    static final int BASE = 8;
    static final int INDEX = 10;
    static final int KIND = 12;
    static final int SCALE_BITS = 13;
    static final int BYTES = 14;
    static final int UNUSED_BITS = 15;
    static final int IS_SIGNED = 16;

    private OperandLayout() {
    }

    static byte[] bytes(List<Operand> operands) {
        ByteBuffer place = ByteBuffer.allocate(PLACE_BYTES).order(ByteOrder.nativeOrder());
        place.putInt(0, operands.size());
        for (int i = 0; i < operands.size(); i++) {
            Operand operand = operands.get(i);
            int at = FIRST_OPERAND + i * OPERAND_BYTES;
            place.putLong(at + VALUE, operand.value())
                    .putShort(at + BASE, (short) operand.base())
                    .putShort(at + INDEX, (short) operand.index())
                    .put(at + KIND, (byte) operand.kind().ordinal())
                    .put(at + SCALE_BITS, (byte) operand.scaleBits())
                    .put(at + BYTES, (byte) operand.bytes())
                    .put(at + UNUSED_BITS, (byte) operand.unusedBits())
                    .put(at + IS_SIGNED, (byte) (operand.signed() ? 1 : 0));
        }
        return place.array();
    }
}
