package org.bitcoinwatchdog.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bitcoinwatchdog.agent.kernel.Operand.OperandKind;
import org.bitcoinwatchdog.agent.kernel.OperandParser.OperandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperandParserTest {
    private static final int RBP = 4 * 8;
    private static final int R11 = 6 * 8;
    private static final int R8 = 9 * 8;
    private static final int RDX = 12 * 8;
    private static final int RSP = 19 * 8;

    private final OperandParser x86 = new OperandParser(Architecture.X86_64);
    private final OperandParser arm = new OperandParser(Architecture.ARM64);

    @Test
    void readsEveryFormOfAnX86Operand() throws Exception {
        assertThat(x86.parse("-8@-1064(%rbp) 8@288(%rsp) 1@(%r8) 1@%dl 4@%r11d -4@$-5 8@8(%r8,%r11,8) 2@(%r8,%r11)"))
                .containsExactly(
                        new Operand(OperandKind.MEMORY, -1064, RBP, 0, 0, 8, true),
                        new Operand(OperandKind.MEMORY, 288, RSP, 0, 0, 8, false),
                        new Operand(OperandKind.MEMORY, 0, R8, 0, 0, 1, false),
                        new Operand(OperandKind.REGISTER, 0, RDX, 0, 0, 1, false),
                        new Operand(OperandKind.REGISTER, 0, R11, 0, 0, 4, false),
                        new Operand(OperandKind.CONSTANT, -5, 0, 0, 0, 4, true),
                        new Operand(OperandKind.INDEXED, 8, R8, R11, 3, 8, false),
                        new Operand(OperandKind.INDEXED, 0, R8, R11, 0, 2, false));
    }

    @Test
    void readsEveryFormOfAnArmOperand() throws Exception {
        assertThat(arm.parse("-8@x20 4@w3 8@[sp] -4@[x19, -16] 8@[sp,24] 4@7 8@xzr"))
                .containsExactly(
                        new Operand(OperandKind.REGISTER, 0, 20 * 8, 0, 0, 8, true),
                        new Operand(OperandKind.REGISTER, 0, 3 * 8, 0, 0, 4, false),
                        new Operand(OperandKind.MEMORY, 0, 31 * 8, 0, 0, 8, false),
                        new Operand(OperandKind.MEMORY, -16, 19 * 8, 0, 0, 4, true),
                        new Operand(OperandKind.MEMORY, 24, 31 * 8, 0, 0, 8, false),
                        new Operand(OperandKind.CONSTANT, 7, 0, 0, 0, 4, false),
                        new Operand(OperandKind.CONSTANT, 0, 0, 0, 0, 8, false));
    }

    @Test
    void aTracepointMayHaveNoArguments() throws Exception {
        assertThat(x86.parse("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "8@symbol(%rip)", "8@16(%rip)", "8@(,%rax,8)", "8@(%rax,%rcx,3)", "8f@%xmm0", "8@%ah", "16@%rax", "3@%eax", "%rax",
        "8@$99999999999999999999", "8@%fs:(%rax)", "8@", "@%rax", "8!%rax"})
    void anOperandThatCannotBeFetchedIsNamed(String operand) {
        assertThatThrownBy(() -> x86.parse("8@%rax " + operand))
                .isInstanceOf(OperandException.class)
                .hasMessageContaining(operand);
    }

    @Test
    void moreArgumentsThanTheProgramsKnowAreRefused() {
        assertThatThrownBy(() -> x86.parse("8@%rax ".repeat(13))).isInstanceOf(OperandException.class);
    }
}
