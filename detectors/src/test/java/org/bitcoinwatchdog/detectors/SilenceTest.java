package org.bitcoinwatchdog.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.bitcoinwatchdog.detectors.topology.Counts;
import org.bitcoinwatchdog.detectors.topology.TopologyRun;
import org.bitcoinwatchdog.events.Alert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules on the wall clock, in the topology whose punctuator calls them. */
class SilenceTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long BEGIN_NS = TestNode.ns(TestNode.BEGIN);

    private final AlertLog alerts = new AlertLog();
    private OptionalLong promptSinceNs = OptionalLong.of(BEGIN_NS);
    private TopologyRun run = topology(Duration.ZERO);
    private final TestNode alice = new TestNode("alice", event -> run.on(event));

    private TopologyRun topology(Duration later) {
        Counts counts = new Counts(new SimpleMeterRegistry());
        return new TopologyRun(DetectionTopology.build(DetectorSettings.defaults(), counts, partition -> promptSinceNs),
                counts, TestNode.BEGIN.plus(later));
    }

    @AfterEach
    void stop() {
        run.close();
    }

    private java.util.List<String> changes() {
        run.alerts().forEach(record -> alerts.accept(record.value()));
        return alerts.changes().stream().filter(change -> !change.startsWith("HostClock")).toList();
    }

    private java.util.List<String> hostClock() {
        changes();
        return alerts.changesOf("HostClock");
    }

    @Test
    void tellsOfAHostWhoseClockIsAheadAndEndsWhenItIsSet() {
        alice.started().leaps(Duration.ofSeconds(10)); // the node's second passes before the wall clock's
        bothWait(Duration.ofMinutes(4));
        assertThat(hostClock()).containsExactly("HostClock alice info");
        assertThat(alerts.last().annotations().get(Alert.SUMMARY)).contains("11.0 s ahead of");

        run.waits(Duration.ofSeconds(10));
        bothWait(Duration.ofMinutes(6));
        assertThat(hostClock()).containsExactly("HostClock alice info", "HostClock alice resolved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2H", "PT-2H", "P3650D", "P-3650D"})
    void tellsOfAHostWhoseClockIsHoursOrYearsOffAndOfNothingElse(Duration off) {
        alice.leaps(off).started();
        bothWait(Duration.ofMinutes(4));
        assertThat(changes()).isEmpty();
        assertThat(hostClock()).containsExactly("HostClock alice info");
        assertThat(alerts.last().annotations().get(Alert.SUMMARY)).contains(off.isNegative() ? "s behind the" : "s ahead of");
    }

    @Test
    void eventsThatWaitedSayNothingOfAClock() {
        alice.started();
        run.waits(Duration.ofMinutes(10));
        for (int second = 0; second < 300; second++) {
            alice.leaps(SECOND).beats(beat -> beat.setSpooled(1_000));
            run.waits(SECOND);
        }
        assertThat(hostClock()).isEmpty();
    }

    /** Advances the node and the wall clock together. */
    private void bothWait(Duration duration) {
        for (long second = 0; second < duration.toSeconds(); second++) {
            alice.waits(SECOND);
            run.waits(SECOND);
        }
    }

    @Test
    void pagesOfAnAgentThatIsNotHeardOfAndEndsWhenItIsAgain() {
        alice.started();
        bothWait(Duration.ofMinutes(5));
        run.waits(Duration.ofSeconds(55));
        assertThat(changes()).isEmpty();

        run.waits(Duration.ofSeconds(10));
        assertThat(changes()).containsExactly("AgentSilent alice page");
        assertThat(alerts.last().annotations().get(Alert.RUNBOOK_URL)).endsWith("#agentsilent");
        assertThat(alerts.last().labels()).containsEntry(Alert.NETWORK, "main");

        run.waits(Duration.ofMinutes(10));
        alice.leaps(Duration.ofMinutes(11)).waits(Duration.ofSeconds(5));
        run.waits(Duration.ofSeconds(5));
        assertThat(changes()).containsExactly("AgentSilent alice page", "AgentSilent alice resolved");
    }

    @Test
    void pagesOfANodeThatEndedAndIsNotStartedAgain() {
        alice.started();
        bothWait(Duration.ofMinutes(1));
        alice.stopped();
        run.waits(Duration.ofSeconds(70));
        assertThat(changes()).containsExactly("NodeSilent alice page");

        run.waits(Duration.ofHours(1));
        assertThat(changes()).containsExactly("NodeSilent alice page");
        alice.leaps(Duration.ofMinutes(62)).bitcoindRestarted();
        run.waits(Duration.ofSeconds(5));
        assertThat(changes()).containsExactly("NodeSilent alice page", "NodeSilent alice resolved");
    }

    @Test
    void aRestartOfBitcoindIsNoSilence() {
        alice.started();
        bothWait(Duration.ofMinutes(1));
        alice.stopped();
        run.waits(Duration.ofSeconds(45));
        alice.leaps(Duration.ofSeconds(45)).bitcoindRestarted();
        bothWait(Duration.ofMinutes(3));

        assertThat(changes()).isEmpty();
    }

    @Test
    void anAgentThatWasStoppedIsMissedAndSaidToBeStopped() {
        alice.started();
        bothWait(Duration.ofMinutes(1));
        alice.agentStopped();
        run.waits(Duration.ofSeconds(70));

        assertThat(changes()).containsExactly("AgentSilent alice page");
        assertThat(alerts.last().annotations().get(Alert.DESCRIPTION)).contains("it reported that it was being stopped");
    }

    @Test
    void nothingIsSilentWhileABacklogIsReadOrKafkaDoesNotAnswer() {
        alice.started();
        bothWait(Duration.ofMinutes(1));
        promptSinceNs = OptionalLong.empty();
        run.waits(Duration.ofHours(1));
        assertThat(changes()).isEmpty();

        promptSinceNs = OptionalLong.of(BEGIN_NS + Duration.ofMinutes(61).toNanos());
        run.waits(Duration.ofSeconds(50));
        assertThat(changes()).as("the agent has the whole threshold after Kafka's return").isEmpty();
        run.waits(Duration.ofSeconds(15));
        assertThat(changes()).containsExactly("AgentSilent alice page");
    }

    @Test
    void detectorsThatWereAwayForAnHourFindNobodySilentAndMissWhoReallyIs() {
        alice.started();
        TestNode bob = new TestNode("bob", event -> run.on(event)).started();
        bothWait(Duration.ofSeconds(30));
        bob.waits(Duration.ofSeconds(30));
        Map<String, Map<String, byte[]>> stored = run.changelogs();
        assertThat(changes()).isEmpty();
        run.close();

        // An hour later: alice's events of this hour wait in Kafka, and bob's agent died in the meantime.
        Duration away = Duration.ofMinutes(61);
        promptSinceNs = OptionalLong.empty();
        run = topology(away).restored(stored);
        run.waits(Duration.ofSeconds(10));
        alice.waits(Duration.ofHours(1));
        promptSinceNs = OptionalLong.of(BEGIN_NS + away.plusSeconds(10).toNanos());
        bothWait(Duration.ofSeconds(50));
        assertThat(changes()).isEmpty();
        bothWait(Duration.ofMinutes(5));
        assertThat(changes()).containsExactly("AgentSilent bob page");
    }

    @Test
    void anAlertOfBeforeTheRestartEndsAfterIt() {
        alice.started();
        bothWait(Duration.ofMinutes(1));
        run.waits(Duration.ofMinutes(2));
        assertThat(changes()).containsExactly("AgentSilent alice page");
        Map<String, Map<String, byte[]>> stored = run.changelogs();
        run.close();

        run = topology(Duration.ofMinutes(5)).restored(stored);
        alice.leaps(Duration.ofMinutes(4)).waits(SECOND);
        run.waits(Duration.ofSeconds(5));
        assertThat(changes()).containsExactly("AgentSilent alice page", "AgentSilent alice resolved");
    }

    @Test
    void eventsThatQueueAtTheAgentAreALagOfThePipeline() {
        alice.started();
        run.waits(Duration.ofMinutes(10)); // whose events come ten minutes late from here on
        changes();
        for (int second = 0; second < 70; second++) {
            alice.leaps(SECOND).beats(beat -> beat.setSpooled(5_000));
            run.waits(SECOND);
        }
        assertThat(changes()).contains("PipelineLagging alice page");
        assertThat(alerts.measured("lateness")).isBetween(590.0, 610.0);

        alice.leaps(Duration.ofMinutes(10)).beats(beat -> beat.setSpooled(0));
        run.waits(Duration.ofSeconds(6));
        assertThat(changes()).endsWith("PipelineLagging alice resolved");
    }

    @Test
    void aClockThatIsBehindIsNoLagOfThePipeline() {
        run.waits(Duration.ofMinutes(10));
        alice.started();
        bothWait(Duration.ofMinutes(10));

        assertThat(changes()).noneMatch(change -> change.startsWith("PipelineLagging"));
    }

    @Test
    void withoutAPunctuatorThatKnowsOfKafkaNothingIsSaid() {
        run.close();
        Counts counts = new Counts(new SimpleMeterRegistry());
        run = new TopologyRun(DetectionTopology.build(DetectorSettings.defaults(), counts), counts, TestNode.BEGIN);
        alice.started().waits(Duration.ofMinutes(1)).stopped();
        run.waits(Duration.ofHours(3));

        assertThat(changes()).isEmpty();
    }
}
