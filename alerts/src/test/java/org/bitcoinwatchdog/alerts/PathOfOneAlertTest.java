package org.bitcoinwatchdog.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bitcoinwatchdog.testing.ReadmePath;
import org.junit.jupiter.api.Test;

/** README.md lists the methods through which an alert goes. */
class PathOfOneAlertTest {
    private static final Path MODULE = Path.of("");

    @Test
    void everyMethodOnThePathExists() throws IOException {
        assertThat(ReadmePath.missing(ReadmePath.methods(MODULE), MODULE)).isEmpty();
    }

    @Test
    void thePathFitsOnAPage() throws IOException {
        assertThat(ReadmePath.methods(MODULE)).hasSizeBetween(2, 14).startsWith("AlertReader.accept");
    }

    @Test
    void aMethodOrAClassThatNoLongerExistsIsNoticed() throws IOException {
        List<String> path = List.of("AlertReader.accept", "AlertReader.vanished", "Vanished.accept");
        assertThat(ReadmePath.missing(path, MODULE)).containsExactly("AlertReader.vanished", "Vanished.accept");
    }
}
