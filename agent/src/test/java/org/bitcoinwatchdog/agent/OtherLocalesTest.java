package org.bitcoinwatchdog.agent;

import org.bitcoinwatchdog.testing.OtherLocales;
import org.junit.jupiter.api.Test;

/** Names of files, metrics and reasons do not depend on the language of the host. */
class OtherLocalesTest {
    @Test
    void everyTextIsTheSameOnAHostOfAnotherLanguage() {
        OtherLocales.run("org.bitcoinwatchdog.agent.publish",
                "org.bitcoinwatchdog.agent.metrics");
    }
}
