package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertTest {
    private static final Map<String, String> LABELS = Map.of(
            Alert.ALERTNAME, "NoBlock", Alert.SEVERITY, "warn", Alert.NODE, "alice");

    /** Keys of a compacted topic and deduplication keys at pagers rest on it: it must never change. */
    @Test
    void fingerprintStaysWhatItWasInTheFirstRelease() {
        assertThat(Alert.fingerprint(LABELS)).isEqualTo("e4369aa700316d02");
        assertThat(Alert.fingerprint(Map.of())).isEqualTo("e3b0c44298fc1c14");
    }

    @Test
    void fingerprintLeavesSeverityOut() {
        Map<String, String> louder = new TreeMap<>(LABELS);
        louder.put(Alert.SEVERITY, "page");
        assertThat(Alert.fingerprint(louder)).isEqualTo(Alert.fingerprint(LABELS));
    }

    @Test
    void fingerprintTellsNamesFromValues() {
        assertThat(Alert.fingerprint(Map.of("a", "bc"))).isNotEqualTo(Alert.fingerprint(Map.of("ab", "c")));
        assertThat(Alert.fingerprint(Map.of("a", "b", "c", "d"))).isNotEqualTo(Alert.fingerprint(Map.of("a", "bcd")));
    }

    @Test
    void endsWhenItIsResolvedAndNotBefore() {
        assertThatThrownBy(() -> alert(AlertStatus.FIRING, Instant.EPOCH)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> alert(AlertStatus.RESOLVED, null)).isInstanceOf(IllegalArgumentException.class);
        assertThat(alert(AlertStatus.FIRING, null).firing()).isTrue();
        assertThat(alert(AlertStatus.RESOLVED, Instant.EPOCH).firing()).isFalse();
    }

    @Test
    void severityIsThatOfItsLabel() {
        assertThat(alert(AlertStatus.FIRING, null).severity()).isEqualTo(Severity.WARN);
    }

    private static Alert alert(AlertStatus status, Instant endsAt) {
        return new Alert(status, new TreeMap<>(LABELS), new TreeMap<>(), Instant.EPOCH, Instant.EPOCH, endsAt, null, null);
    }
}
