package org.bitcoinwatchdog.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.test.TestRecord;
import org.bitcoinwatchdog.detectors.topology.Counts;
import org.bitcoinwatchdog.detectors.topology.TopologyRun;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.testing.HostileRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every record is counted, none stops the reader, and the next valid one is judged. */
@Timeout(300)
class HostileRecordsTest {
    private static final int RECORDS = 3_000;
    private static final int NAMES = 2_000;
    private static final long MOST_BYTES_A_NAME = 100_000;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Counts counts = new Counts(meters);

    @Test
    void countsEachRecordAndTakesTheNextGoodOne() {
        HostileRecords hostile = new HostileRecords(20_261_128);
        try (TopologyRun run = run()) {
            for (int i = 0; i < RECORDS; i++) {
                HostileRecords.Raw record = hostile.next(NodeEvent.getDefaultInstance());
                run.raw(record.key(), record.value());
                if (i % 500 == 0) {
                    run.waits(Duration.ofSeconds(5));
                }
            }
            assertThat(counted()).isEqualTo(RECORDS);
            assertThat(counted("dead-letter")).isPositive();
            assertThat(counted("unnamed")).isPositive();
            assertThat(counted("new")).isGreaterThan(RECORDS / 10.0);
            takesAGoodNode(run);
            assertThat(run.alerts()).extracting(TestRecord::value).filteredOn(alert -> alert.labels().get(Alert.ALERTNAME).equals("DetectorFailed") && alert.firing())
                    .as("rules that threw an exception").extracting(alert -> alert.labels().get("detector") + alert.annotations()).isEmpty();
            assertThat(meters.get("watchdog.detectors.faults").counter().count()).as("records whose facts threw an exception").isZero();
        }
    }

    @Test
    void eachInventedNameCostsBoundedMemory() {
        OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alert -> { });
        System.gc();
        long before = used();
        for (int i = 0; i < NAMES; i++) {
            new TestNode("node-" + i, "main", detection::on).waits(Duration.ofSeconds(1));
        }
        System.gc();
        assertThat((used() - before) / NAMES).isLessThan(MOST_BYTES_A_NAME);
        detection.close();
    }

    private static void takesAGoodNode(TopologyRun run) {
        new TestNode(HostileRecords.GOOD_NODE, "main", run::on).started().waits(Duration.ofSeconds(1));
        assertThat(run.digests()).extracting(TestRecord::value).extracting(NodeDigest::getNode).contains(HostileRecords.GOOD_NODE);
    }

    private TopologyRun run() {
        return new TopologyRun(DetectionTopology.build(DetectorSettings.defaults(), counts), counts, Instant.ofEpochSecond(1_795_361_549));
    }

    private double counted() {
        return meters.find("watchdog.detectors.events").counters().stream().mapToDouble(Counter::count).sum();
    }

    private double counted(String outcome) {
        return meters.get("watchdog.detectors.events").tag("outcome", outcome).counter().count();
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
