package org.bitcoinwatchdog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.bitcoinwatchdog.testing.NamedPath;
import org.junit.jupiter.api.Test;

/** The README's path of one event is short and matches the code. */
class ReadmeTest {
    @Test
    void namesAtMostTenMethodsThatAllExist() throws IOException {
        assertThat(NamedPath.methods()).hasSizeBetween(5, 10).allMatch(NamedPath::exists);
    }

    @Test
    void noticesAMethodOrAClassThatIsGone() {
        assertThat(NamedPath.exists("NodeStream.stamp")).isTrue();
        assertThat(NamedPath.exists("NodeStream.publish")).isFalse();
        assertThat(NamedPath.exists("NodePublisher.stamp")).isFalse();
    }
}
