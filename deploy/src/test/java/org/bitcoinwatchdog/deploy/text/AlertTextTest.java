package org.bitcoinwatchdog.deploy.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.junit.jupiter.api.Test;

class AlertTextTest {
    private static final Instant START = Instant.parse("2026-11-22T17:32:29.480Z");
    private static final Map<String, String> LABELS = Map.of(
            Alert.ALERTNAME, "AddressFlood", Alert.SEVERITY, "page", Alert.NODE, "alice", Alert.NETWORK, "main");

    @Test
    void tellsWhatWhereWhenAndOnWhichFigures() {
        Alert alert = alert(AlertStatus.FIRING, "Six peers flood alice", new Evidence(
                List.of(Measurement.against("discarded-entries", 29_994, 5_000, "entries"),
                        Measurement.of("unroutable-share", 0.25, "ratio")),
                Map.of("peers", List.of("203.0.113.7:8333")), true));
        assertThat(AlertText.of(alert)).isEqualTo("""
                FIRING   page 2026-11-22 17:32:30.480 UTC  AddressFlood on alice
                  Six peers flood alice
                    discarded-entries 29,994 entries (threshold 5,000)
                    unroutable-share 0.25 ratio
                    peers: 203.0.113.7:8333
                    runbook: runbook.md#addressflood""");
    }

    @Test
    void tellsHowLongAnAlertLasted() {
        assertThat(AlertText.of(alert(AlertStatus.RESOLVED, "over", Evidence.NONE)))
                .startsWith("RESOLVED page 2026-11-22 17:32:30.480 UTC  AddressFlood on alice  after 1 s\n");
    }

    @Test
    void shortensLongListsAndAdmitsHoles() {
        List<String> peers = IntStream.range(0, 40).mapToObj(i -> "peer" + i).toList();
        assertThat(AlertText.of(alert(AlertStatus.FIRING, "x", new Evidence(List.of(), Map.of("peers", peers), false))))
                .contains("peer11 and 28 more")
                .contains("some events were lost: the true figures may be higher");
    }

    @Test
    void takesNoOrdersFromWhatAPeerChose() {
        assertThat(AlertText.of(alert(AlertStatus.FIRING, "user agent \u001b[2J\u202egnp.exe\r", Evidence.NONE)))
                .doesNotContain("\u001b", "\u202e", "\r");
    }

    private static Alert alert(AlertStatus status, String summary, Evidence evidence) {
        Instant now = START.plusSeconds(1);
        return new Alert(status, new TreeMap<>(LABELS),
                new TreeMap<>(Map.of(Alert.SUMMARY, summary, Alert.RUNBOOK_URL, "runbook.md#addressflood")),
                START, now, status == AlertStatus.FIRING ? null : now, null, evidence);
    }
}
