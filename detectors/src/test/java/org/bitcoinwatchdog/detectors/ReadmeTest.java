package org.bitcoinwatchdog.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.bitcoinwatchdog.testing.NamedPath;
import org.junit.jupiter.api.Test;

/** The README's path of one event is short, and it is the code's. */
class ReadmeTest {
    @Test
    void namesAtMostTwelveMethodsThatAllExist() throws IOException {
        assertThat(NamedPath.methods()).hasSizeBetween(5, 12).allMatch(NamedPath::exists);
    }
}
