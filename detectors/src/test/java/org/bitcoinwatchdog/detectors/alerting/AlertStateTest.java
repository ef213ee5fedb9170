package org.bitcoinwatchdog.detectors.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;

class AlertStateTest {
    private static final Rule RULE = new Rule("stalled-blocks", "FleetLag", Severity.PAGE);
    private static final Duration CLEAR_AFTER = Duration.ofSeconds(10);

    private final AlertLog log = new AlertLog();
    private final AlertWriter out = AlertWriter.forNode("alice", "main", "https://runbook/", log);
    private AlertState alert = new AlertState(RULE, CLEAR_AFTER);

    private boolean judge(int second, Severity severity) {
        long nowNs = Duration.ofSeconds(second).toNanos();
        return alert.judge(Optional.ofNullable(severity), nowNs, () -> new Finding("s", "d", Evidence.NONE), out);
    }

    @Test
    void startsAndGrowsWorseAtOnce() {
        assertThat(judge(1, null)).isFalse();
        judge(2, Severity.WARN);
        judge(3, Severity.PAGE);

        assertThat(log.changes()).containsExactly("FleetLag alice warn", "FleetLag alice page");
        Alert page = log.last();
        assertThat(page.startsAt().getEpochSecond()).isEqualTo(2);
        assertThat(page.updatedAt().getEpochSecond()).isEqualTo(3);
        assertThat(page.fingerprint()).isEqualTo(log.all().get(0).fingerprint());
        assertThat(page.annotations()).containsEntry(Alert.RUNBOOK_URL, "https://runbook/fleetlag");
        assertThat(page.labels()).containsOnlyKeys(
                Alert.ALERTNAME, Alert.DETECTOR, Alert.NETWORK, Alert.NODE, Alert.SEVERITY);
    }

    @Test
    void getsBetterOnlyAfterItHasBeenBetterForAWhile() {
        judge(1, Severity.PAGE);
        judge(5, Severity.WARN);
        judge(14, Severity.WARN);
        judge(14, Severity.PAGE); // the cause comes back
        judge(20, Severity.WARN);
        judge(29, Severity.WARN);
        assertThat(log.changes()).containsExactly("FleetLag alice page");

        judge(30, Severity.WARN);
        assertThat(log.changes()).containsExactly("FleetLag alice page", "FleetLag alice warn");
    }

    @Test
    void endsOnceAndMayStartAgain() {
        judge(1, Severity.WARN);
        judge(2, null);
        judge(12, null);
        judge(13, null);
        judge(14, Severity.WARN);

        assertThat(log.changes())
                .containsExactly("FleetLag alice warn", "FleetLag alice resolved", "FleetLag alice warn");
        assertThat(log.all().get(1).endsAt().getEpochSecond()).isEqualTo(12);
        assertThat(log.last().startsAt().getEpochSecond()).isEqualTo(14);
    }

    @Test
    void refreshesItsEvidenceOnceAMinute() {
        for (int second = 0; second <= 180; second++) {
            judge(second, Severity.WARN);
        }

        assertThat(log.all()).hasSize(4);
    }

    private void floods(int second, int peers, int entries) {
        Evidence evidence = new Evidence(List.of(Measurement.against("flooding-peers", peers, 3, "peers"),
                Measurement.against("discarded-entries", entries, 500, "entries"),
                Measurement.of("messages", entries, "messages")), Map.of(), true);
        String text = peers + " of 3 peers, " + entries + " of 500 entries";
        alert.judge(Optional.of(Severity.WARN), Duration.ofSeconds(second).toNanos(), () -> new Finding(text, text, evidence), out);
    }

    private List<Long> written() {
        return log.all().stream().map(alert -> alert.updatedAt().getEpochSecond()).toList();
    }

    @Test
    void tellsOfAnotherPeerWithinFiveSecondsAndThenAtMostEveryThirty() {
        for (int second = 100; second < 160; second++) {
            floods(second, 1 + (second - 100) / 3, 600);
        }
        assertThat(written()).containsExactly(100L, 104L, 134L);
        assertThat(log.last().grewAt().getEpochSecond()).isEqualTo(134);
        assertThat(log.all().get(0).grewAt()).isNull();
    }

    @Test
    void tellsOfTenTimesTheEntriesNotOfTwice() {
        floods(100, 1, 600);
        floods(110, 1, 5_999);
        assertThat(written()).containsExactly(100L);
        floods(113, 1, 6_000);
        floods(120, 1, 6_000);
        assertThat(written()).containsExactly(100L, 113L);
    }

    @Test
    void oneMoreOfManyPeersIsNoGrowth() {
        floods(100, 40, 600);
        floods(110, 59, 600);
        assertThat(written()).containsExactly(100L);
        floods(112, 60, 600);
        assertThat(written()).containsExactly(100L, 112L);
    }

    @Test
    void growthGoesOnAsItWasAfterARestart() {
        floods(100, 1, 600);
        floods(102, 2, 600);
        restart();
        floods(110, 3, 600);
        assertThat(written()).containsExactly(100L, 102L);
        floods(132, 3, 600);
        assertThat(written()).containsExactly(100L, 102L, 132L);
        assertThat(log.last().grewAt().getEpochSecond()).isEqualTo(132);
    }

    @Test
    void readsTheStateOfAnEarlierVersion() {
        StateWriter earlier = new StateWriter();
        earlier.number(Severity.PAGE.ordinal()).number(1_000_000_000L).number(2_000_000_000L).flag(false).number(0);
        alert.restore(new StateReader(earlier.toBytes()));

        judge(70, Severity.PAGE);
        assertThat(log.last().startsAt().getEpochSecond()).isEqualTo(1);
        assertThat(log.last().grewAt()).isNull();
    }

    @Test
    void endsAtOnceWhereNothingFollows() {
        judge(1, Severity.PAGE);

        assertThat(alert.end(2_000_000_000L, () -> new Finding("s", "d", Evidence.NONE), out)).isTrue();
        assertThat(alert.end(3_000_000_000L, () -> new Finding("s", "d", Evidence.NONE), out)).isFalse();
        assertThat(log.changes()).containsExactly("FleetLag alice page", "FleetLag alice resolved");
    }

    @Test
    void goesOnAsItWasAfterARestart() {
        judge(1, Severity.PAGE);
        judge(5, null);
        restart();

        judge(14, null);
        assertThat(log.changes()).hasSize(1);
        judge(15, null);
        assertThat(log.changes()).endsWith("FleetLag alice resolved");
        assertThat(log.last().startsAt().getEpochSecond()).isEqualTo(1);
    }

    private void restart() {
        StateWriter writer = new StateWriter();
        alert.save(writer);
        alert = new AlertState(RULE, CLEAR_AFTER);
        alert.restore(new StateReader(writer.toBytes()));
    }
}
