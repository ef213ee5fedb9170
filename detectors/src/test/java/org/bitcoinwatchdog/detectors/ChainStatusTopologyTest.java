package org.bitcoinwatchdog.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.bitcoinwatchdog.detectors.topology.Counts;
import org.bitcoinwatchdog.detectors.topology.TopologyRun;
import org.bitcoinwatchdog.events.ChainStatus;
import org.bitcoinwatchdog.events.ChainStatus.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The verdict about deposits as the topology writes it, by the wall clock. */
class ChainStatusTopologyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private TopologyRun run = started();
    private final TestFleet fleet =
            TestFleet.atTheTip(new TestNode("alice", event -> run.on(event)), new TestNode("bob", event -> run.on(event)));

    private static TopologyRun started() {
        return new TopologyRun(DetectionTopology.build(DetectorSettings.defaults()), new Counts(new SimpleMeterRegistry()),
                Instant.parse("2026-06-01T00:00:00Z"));
    }

    @AfterEach
    void stop() {
        run.close();
    }

    private ChainStatus last() {
        List<TestRecord<String, ChainStatus>> all = run.statuses();
        assertThat(all).isNotEmpty().allSatisfy(record -> assertThat(record.key()).isEqualTo(record.value().network()));
        return all.get(all.size() - 1).value();
    }

    /** Wall clock and nodes go on together. */
    private void goesOn(int seconds) {
        for (int second = 0; second < seconds; second++) {
            fleet.waits(SECOND);
            run.waits(SECOND);
        }
    }

    @Test
    void isWrittenEveryTenSecondsUntilSilenceMakesItUnknown() {
        goesOn(6);
        run.statuses();
        goesOn(60);
        assertThat(run.statuses()).hasSizeBetween(5, 7).allMatch(record -> record.value().verdict() == Verdict.OK);

        run.waits(Duration.ofSeconds(66));
        ChainStatus status = last();
        assertThat(status.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(status.reasons()).extracting(ChainStatus.Reason::node).contains("alice", "bob");
        goesOn(6);
        assertThat(last().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aRestartOfTheDetectorsWritesNothingUntilTheNodesAreHeardAgain() {
        goesOn(6);
        ChainStatus before = last();
        var stored = run.changelogs();
        run.close();
        run = started().restored(stored);

        run.waits(Duration.ofSeconds(30));
        assertThat(run.statuses()).isEmpty();
        goesOn(6);
        assertThat(last()).returns(Verdict.OK, ChainStatus::verdict).returns(before.since(), ChainStatus::since);
    }
}
