package org.bitcoinwatchdog.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.junit.jupiter.api.Test;

class RunbookPlaceTest {
    @Test
    void isWithTheConsoleThatPeopleReach() {
        assertThat(RunbookPlace.base(Optional.of(URI.create("https://watchdog.example.org/")), HttpSettings.defaults()))
                .isEqualTo("https://watchdog.example.org/runbook#");
    }

    @Test
    void isWhereTheConsoleListensOtherwise() {
        assertThat(RunbookPlace.base(Optional.empty(), HttpSettings.defaults())).isEqualTo("http://127.0.0.1:9332/runbook#");
        assertThat(RunbookPlace.base(Optional.empty(), new HttpSettings("[2001:db8::1]:80"))).isEqualTo("http://[2001:db8::1]:80/runbook#");
        assertThat(RunbookPlace.base(Optional.empty(), new HttpSettings("0.0.0.0:9332"))).isEqualTo("http://127.0.0.1:9332/runbook#");
    }
}
