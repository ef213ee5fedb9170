package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertJsonTest {
    private static final String GOLDEN = """
            {"status":"resolved","labels":{"alertname":"AddressFlood","detector":"address-flooding",\
            "network":"main","node":"alice","severity":"page","subject":"203.0.113.0/24"},\
            "annotations":{"summary":"flooded"},"startsAt":"2026-06-01T12:00:00.123456789Z",\
            "updatedAt":"2026-06-01T12:00:05Z","endsAt":"2026-06-01T12:10:00Z","fingerprint":"e9d49cd12564b4a6",\
            "evidence":{"measurements":[{"name":"discarded-entries","value":5010.0,"threshold":5000.0,"unit":"entries"},\
            {"name":"peers","value":3.0,"unit":"peers"}],"subjects":{"peers":["203.0.113.7:8333"]},"complete":false}}""";

    private static final Alert ALERT = new Alert(
            AlertStatus.RESOLVED,
            new TreeMap<>(Map.of(
                    Alert.ALERTNAME, "AddressFlood", Alert.SEVERITY, "page", Alert.NODE, "alice", Alert.NETWORK, "main",
                    Alert.DETECTOR, "address-flooding", Alert.SUBJECT, "203.0.113.0/24")),
            new TreeMap<>(Map.of(Alert.SUMMARY, "flooded")),
            Instant.parse("2026-06-01T12:00:00.123456789Z"),
            Instant.parse("2026-06-01T12:00:05Z"),
            Instant.parse("2026-06-01T12:10:00Z"),
            null,
            new Evidence(
                    List.of(Measurement.against("discarded-entries", 5010, 5000, "entries"),
                            Measurement.of("peers", 3, "peers")),
                    Map.of("peers", List.of("203.0.113.7:8333")),
                    false));

    @Test
    void readsTheFormOfTheFirstRelease() throws IOException {
        assertThat(AlertJson.read(GOLDEN.getBytes(StandardCharsets.UTF_8))).isEqualTo(ALERT);
    }

    @Test
    void writesTheFormOfTheFirstRelease() {
        assertThat(new String(AlertJson.write(ALERT), StandardCharsets.UTF_8)).isEqualTo(GOLDEN);
    }

    @Test
    void leavesOutTheEndOfAnAlertThatFires() throws IOException {
        Alert firing = new Alert(AlertStatus.FIRING, ALERT.labels(), ALERT.annotations(), ALERT.startsAt(),
                ALERT.updatedAt(), null, null, null);
        String json = new String(AlertJson.write(firing), StandardCharsets.UTF_8);
        assertThat(json).doesNotContain("endsAt").contains("\"status\":\"firing\"");
        assertThat(AlertJson.read(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(firing);
    }

    @Test
    void passesOverMembersThatALaterVersionAdds() throws IOException {
        String later = GOLDEN.replace("{\"status\"", "{\"added\":[1],\"status\"");
        assertThat(AlertJson.read(later.getBytes(StandardCharsets.UTF_8))).isEqualTo(ALERT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"status\":\"on\"}", "{\"status\":\"firing\"}", "\u0000"})
    void aRecordThatIsNoAlertIsAnIOException(String json) {
        assertThatThrownBy(() -> AlertJson.read(json.getBytes(StandardCharsets.UTF_8))).isInstanceOf(IOException.class);
    }

    @Test
    void refusesAFingerprintThatIsNotOfTheLabels() {
        String forged = GOLDEN.replace("e9d49cd12564b4a6", "0000000000000000");
        assertThatThrownBy(() -> AlertJson.read(forged.getBytes(StandardCharsets.UTF_8))).isInstanceOf(IOException.class);
    }
}
