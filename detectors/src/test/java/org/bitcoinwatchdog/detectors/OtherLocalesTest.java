package org.bitcoinwatchdog.detectors;

import org.bitcoinwatchdog.testing.OtherLocales;
import org.junit.jupiter.api.Test;

/** Alerts do not depend on the language of the host. */
class OtherLocalesTest {
    @Test
    void everyTextIsTheSameOnAHostOfAnotherLanguage() {
        OtherLocales.run("org.bitcoinwatchdog.detectors.alerting", "org.bitcoinwatchdog.detectors.network");
    }
}
