package org.bitcoinwatchdog.detectors.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.bitcoinwatchdog.detectors.DetectionTopologyAccess;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessingFaultsTest {
    private final Counts counts = new Counts(new SimpleMeterRegistry());
    private boolean broken;
    /** Called for each digest, so its fault counts as a fault of the facts. */
    private final Promptness promptness = new Promptness() {
        @Override
        public OptionalLong sinceNs(int partition) {
            return OptionalLong.empty();
        }

        @Override
        public boolean behind(int partition) {
            if (broken) {
                throw new IllegalStateException("broken");
            }
            return false;
        }
    };
    private final TopologyRun run = new TopologyRun(DetectionTopologyAccess.build(counts, promptness), counts, TestNode.BEGIN);
    private NodeEvent last;
    private final TestNode alice = new TestNode("alice", event -> {
        last = event;
        run.on(event);
    });

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void theRecordIsADeadLetterAndTheNextGoesOn() throws Exception {
        alice.started().waits(Duration.ofSeconds(3));
        broken = true;
        alice.waits(Duration.ofSeconds(1));
        NodeEvent refused = last;
        broken = false;
        run.digests();
        alice.waits(Duration.ofSeconds(3));

        assertThat(run.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(NodeEvent.parseFrom(letter.value())).isEqualTo(refused);
            assertThat(new String(letter.headers().lastHeader("dead-letter-reason").value(), StandardCharsets.UTF_8))
                    .contains("alice").contains("broken");
        });
        assertThat(run.digests()).hasSize(3);
        assertThat(counts.faultWithin(Duration.ofMinutes(1))).hasValueSatisfying(cause -> assertThat(cause).contains("alice"));
        assertThat(run.alerts()).extracting(record -> record.value().labels().get(Alert.ALERTNAME)).containsExactly("DetectorFailed");
    }

    @Test
    void aFaultThatStaysLosesEachRecordAndIsToldOnceAMinute() {
        alice.started().waits(Duration.ofSeconds(3));
        broken = true;
        alice.waits(Duration.ofSeconds(50));

        assertThat(run.deadLetters()).hasSize(50);
        assertThat(run.alerts()).hasSize(1);
    }
}
