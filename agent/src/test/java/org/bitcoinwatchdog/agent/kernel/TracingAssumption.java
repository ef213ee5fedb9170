package org.bitcoinwatchdog.agent.kernel;

import org.junit.jupiter.api.Assumptions;

/** That this process may trace, without which a test of the kernel can't run. */
public final class TracingAssumption {
    private TracingAssumption() {
    }

    /** Skips the test where it does not hold, and says why. What it rests on where it does. */
    public static TracingNeeds check() {
        try {
            return Tracing.check();
        } catch (KernelException e) {
            return Assumptions.abort("no tracing here: " + e.getMessage());
        }
    }
}
