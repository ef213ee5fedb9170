package org.bitcoinwatchdog.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bitcoinwatchdog.agent.kernel.Operand.OperandKind;
import org.junit.jupiter.api.Test;

class OperandLayoutTest {
    /** bpf/operands.h defines the layout, and bpf/print-layout prints it. */
    @Test
    void isThatOfTheHeader() throws Exception {
        Process printed = new ProcessBuilder(Path.of("..", "bpf", "build", "print-layout").toString()).start();
        Map<String, Integer> layout = new HashMap<>();
        new String(printed.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).lines()
                .map(line -> line.split(" "))
                .forEach(line -> layout.put(line[0], Integer.parseInt(line[1])));
        assertThat(layout)
                .containsEntry("MOST_OPERANDS", OperandLayout.MOST_OPERANDS)
                .containsEntry("operands.sizeof", OperandLayout.PLACE_BYTES)
                .containsEntry("operands.count", 0)
                .containsEntry("operands.operands", OperandLayout.FIRST_OPERAND)
                .containsEntry("operand.sizeof", OperandLayout.OPERAND_BYTES)
                .containsEntry("operand.value", OperandLayout.VALUE)
                .containsEntry("operand.base", OperandLayout.BASE)
                .containsEntry("operand.index", OperandLayout.INDEX)
                .containsEntry("operand.kind", OperandLayout.KIND)
                .containsEntry("operand.scale_bits", OperandLayout.SCALE_BITS)
                .containsEntry("operand.bytes", OperandLayout.BYTES)
                .containsEntry("operand.unused_bits", OperandLayout.UNUSED_BITS)
                .containsEntry("operand.is_signed", OperandLayout.IS_SIGNED);
        for (OperandKind kind : OperandKind.values()) {
            assertThat(layout).containsEntry("OPERAND_" + kind, kind.ordinal());
        }
    }
}
