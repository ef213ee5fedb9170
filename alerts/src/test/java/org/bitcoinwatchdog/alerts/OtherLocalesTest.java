package org.bitcoinwatchdog.alerts;

import org.bitcoinwatchdog.testing.OtherLocales;
import org.junit.jupiter.api.Test;

/** Messages to people and services do not depend on the language of the host. */
class OtherLocalesTest {
    @Test
    void everyTextIsTheSameOnAHostOfAnotherLanguage() {
        OtherLocales.run("org.bitcoinwatchdog.alerts.matching",
                "org.bitcoinwatchdog.alerts.sinks",
                "org.bitcoinwatchdog.alerts.silence",
                "org.bitcoinwatchdog.alerts.text");
    }
}
