package org.bitcoinwatchdog.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.bitcoinwatchdog.testing.NamedPath;
import org.junit.jupiter.api.Test;

/** The path of one event in the README is short, and its methods exist in the code. */
class ReadmeTest {
    @Test
    void namesAtMostTwelveMethodsThatAllExist() throws IOException {
        assertThat(NamedPath.methods()).hasSizeBetween(5, 12).allMatch(NamedPath::exists);
    }
}
