package org.bitcoinwatchdog.agent.publish;

import org.bitcoinwatchdog.events.Loss;

/** Loses an event of an account, as the outbox does. */
public final class LostForTest {
    private LostForTest() {
    }

    public static void one(EventAccount account, long timeNs) {
        account.accept();
        account.lose(Loss.Cause.CAUSE_SPOOL_FULL, timeNs);
    }
}
