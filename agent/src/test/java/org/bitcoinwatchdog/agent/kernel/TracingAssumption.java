package org.bitcoinwatchdog.agent.kernel;

import org.junit.jupiter.api.Assumptions;

/** Assumes that this process may trace, without which a test of the kernel can't run. */
public final class TracingAssumption {
    private TracingAssumption() {
    }

    /**
     * Skips the test with a message if this process may not trace.
     *
     * @return the rights that tracing needs
     */
    public static TracingNeeds check() {
        try {
            return Tracing.check();
        } catch (KernelException e) {
            return Assumptions.abort("no tracing here: " + e.getMessage());
        }
    }
}
