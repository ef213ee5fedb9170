package org.bitcoinwatchdog.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.bitcoinwatchdog.testing.NamedPath;
import org.junit.jupiter.api.Test;

/** README.md lists the methods through which an alert goes. */
class ReadmeTest {
    @Test
    void listsAtMostFourteenMethodsThatAllExist() throws IOException {
        assertThat(NamedPath.methods()).hasSizeBetween(5, 14).allMatch(NamedPath::exists);
    }

    @Test
    void noticesAMethodOrAClassThatNoLongerExists() {
        assertThat(NamedPath.exists("Pipeline.flush")).isTrue();
        assertThat(NamedPath.exists("Pipeline.attend")).isFalse();
        assertThat(NamedPath.exists("Notifier.flush")).isFalse();
    }
}
