package org.bitcoinwatchdog.deploy;

import org.bitcoinwatchdog.testing.OtherLocales;
import org.junit.jupiter.api.Test;

/** The output of commands and the meaning of configurations do not depend on the language of the host. */
class OtherLocalesTest {
    @Test
    void everyTextIsTheSameOnAHostOfAnotherLanguage() {
        OtherLocales.run("org.bitcoinwatchdog.deploy.config", "org.bitcoinwatchdog.deploy.tail", "org.bitcoinwatchdog.deploy.text");
    }
}
