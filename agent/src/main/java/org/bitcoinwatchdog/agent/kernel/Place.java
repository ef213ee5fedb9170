package org.bitcoinwatchdog.agent.kernel;

import java.util.List;

/**
 * A place that fires a tracepoint, as the kernel is to attach to it.
 *
 * @param number    the place's key in the map of places, and the cookie that its calls carry
 * @param offset    in the file, bytes
 * @param semaphore in the file, bytes; 0 where there is none
 */
record Place(int number, long offset, long semaphore, List<Operand> operands) {
    Place {
        operands = List.copyOf(operands);
    }
}
