package org.bitcoinwatchdog.agent.kernel;

/** An operand in a tracepoint's note that the programs can't fetch. */
final class OperandException extends Exception {
    private static final long serialVersionUID = 1;

    OperandException(String message) {
        super(message);
    }
}
