package org.bitcoinwatchdog.agent.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.agent.kernel.Operand.OperandKind;

/**
 * Reads the operands of a tracepoint's note. Each has the size of the argument, negative if signed, and an operand in
 * the syntax of the processor's assembler (format: systemtap's wiki, UserSpaceProbeImplementation).
 */
final class OperandParser {
    /** An operand in a tracepoint's note that the programs can't fetch. */
    static final class OperandException extends Exception {
        private static final long serialVersionUID = 1;

        OperandException(String message) {
            super(message);
        }
    }

    private static final Pattern BLANKS_OUTSIDE_OF_BRACKETS = Pattern.compile("\\s+(?![^\\[(]*[\\])])");
    private static final Pattern ARGUMENT = Pattern.compile("(-?)([1248])@(.+)");
    private static final Pattern X86_CONSTANT = Pattern.compile("\\$(-?\\d+)");
    private static final Pattern X86_REGISTER = Pattern.compile("%(\\w+)");
    private static final Pattern X86_MEMORY = Pattern.compile("(-?\\d*)\\(%(\\w+)\\)");
    private static final Pattern X86_INDEXED = Pattern.compile("(-?\\d*)\\(%(\\w+),%(\\w+)(?:,([1248]))?\\)");
    private static final Pattern ARM_CONSTANT = Pattern.compile("#?(-?\\d+)");
    private static final Pattern ARM_ZERO = Pattern.compile("[xw]zr");
    private static final Pattern ARM_REGISTER = Pattern.compile("(\\w+)");
    private static final Pattern ARM_MEMORY = Pattern.compile("\\[(\\w+)(?:,\\s*#?(-?\\d+))?\\]");

    private final Architecture architecture;

    OperandParser(Architecture architecture) {
        this.architecture = architecture;
    }

    /** @throws OperandException naming the operand that can't be fetched, and why */
    List<Operand> parse(String arguments) throws OperandException {
        List<Operand> operands = new ArrayList<>();
        if (!arguments.isBlank()) {
            for (String argument : BLANKS_OUTSIDE_OF_BRACKETS.split(arguments.strip())) {
                operands.add(argument(argument));
            }
        }
        if (operands.size() > OperandLayout.MOST_OPERANDS) {
            throw new OperandException(operands.size() + " arguments are more than " + OperandLayout.MOST_OPERANDS);
        }
        return operands;
    }

    private Operand argument(String text) throws OperandException {
        Matcher argument = ARGUMENT.matcher(text);
        if (!argument.matches()) {
            throw new OperandException("its operand " + text + " has an unknown form");
        }
        int bytes = Integer.parseInt(argument.group(2));
        boolean signed = !argument.group(1).isEmpty();
        try {
            return architecture == Architecture.X86_64
                    ? x86(text, argument.group(3), bytes, signed)
                    : arm(text, argument.group(3), bytes, signed);
        } catch (NumberFormatException e) {
            throw new OperandException("its operand " + text + " has a malformed number");
        }
    }

    private Operand x86(String text, String place, int bytes, boolean signed) throws OperandException {
        Matcher found;
        if ((found = X86_REGISTER.matcher(place)).matches()) {
            return new Operand(OperandKind.REGISTER, 0, register(found.group(1), text), 0, 0, bytes, signed);
        }
        if ((found = X86_MEMORY.matcher(place)).matches()) {
            return new Operand(
                    OperandKind.MEMORY, number(found.group(1)), register(found.group(2), text), 0, 0, bytes, signed);
        }
        if ((found = X86_INDEXED.matcher(place)).matches()) {
            int scale = found.group(4) == null ? 1 : Integer.parseInt(found.group(4));
            return new Operand(OperandKind.INDEXED, number(found.group(1)), register(found.group(2), text),
                    register(found.group(3), text), Integer.numberOfTrailingZeros(scale), bytes, signed);
        }
        if ((found = X86_CONSTANT.matcher(place)).matches()) {
            return constant(Long.parseLong(found.group(1)), bytes, signed);
        }
        throw new OperandException("its operand " + text + " has an unknown form");
    }

    private Operand arm(String text, String place, int bytes, boolean signed) throws OperandException {
        Matcher found;
        if ((found = ARM_CONSTANT.matcher(place)).matches()) {
            return constant(Long.parseLong(found.group(1)), bytes, signed);
        }
        if (ARM_ZERO.matcher(place).matches()) {
            return constant(0, bytes, signed);
        }
        if ((found = ARM_REGISTER.matcher(place)).matches()) {
            return new Operand(OperandKind.REGISTER, 0, register(found.group(1), text), 0, 0, bytes, signed);
        }
        if ((found = ARM_MEMORY.matcher(place)).matches()) {
            return new Operand(OperandKind.MEMORY, found.group(2) == null ? 0 : Long.parseLong(found.group(2)),
                    register(found.group(1), text), 0, 0, bytes, signed);
        }
        throw new OperandException("its operand " + text + " has an unknown form");
    }

    private static Operand constant(long value, int bytes, boolean signed) {
        return new Operand(OperandKind.CONSTANT, value, 0, 0, 0, bytes, signed);
    }

    private int register(String name, String text) throws OperandException {
        return architecture.register(name)
                .orElseThrow(() -> new OperandException("its operand " + text + " has an unknown register"));
    }

    private static long number(String text) {
        return text.isEmpty() || text.equals("-") ? 0 : Long.parseLong(text);
    }
}
