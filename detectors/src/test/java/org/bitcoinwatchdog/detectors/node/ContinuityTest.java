package org.bitcoinwatchdog.detectors.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.node.Continuity.Arrival;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.Test;

class ContinuityTest {
    private final Continuity continuity = new Continuity();
    private final List<NodeEvent> events = new ArrayList<>();
    private final TestNode node = new TestNode("alice", event -> {
        events.add(event);
        continuity.take(event);
    });

    @Test
    void knowsNothingBeforeTheFirstEvent() {
        node.started();

        assertThat(continuity.blocksKnownSinceNs()).isEqualTo(TestNode.ns(node.now()));
        assertThat(continuity.restarted()).isFalse();
    }

    @Test
    void aRunWithoutGapsHasNoHole() {
        node.started().waits(Duration.ofHours(1));

        assertThat(continuity.messagesKnownSinceNs()).isEqualTo(TestNode.ns(TestNode.BEGIN));
        assertThat(continuity.nowNs()).isEqualTo(TestNode.ns(node.now()));
    }

    @Test
    void aMissingSequenceIsAHoleInEverything() {
        node.started().waits(Duration.ofSeconds(5)).skipsASequence().waits(Duration.ofSeconds(1));

        assertThat(continuity.messagesKnownSinceNs()).isEqualTo(TestNode.ns(node.now()));
        assertThat(continuity.connectionsKnownSinceNs()).isEqualTo(TestNode.ns(node.now()));
        assertThat(continuity.blocksKnownSinceNs()).isEqualTo(TestNode.ns(node.now()));
    }

    @Test
    void aLossIsAHoleInWhatWasLost() {
        node.started().waits(Duration.ofSeconds(5)).loses("net:inbound_message").waits(Duration.ofSeconds(1));

        assertThat(continuity.messagesKnownSinceNs()).isEqualTo(TestNode.ns(TestNode.BEGIN.plusSeconds(5)));
        assertThat(continuity.blocksKnownSinceNs()).isEqualTo(TestNode.ns(TestNode.BEGIN));

        node.loses("");
        assertThat(continuity.blocksKnownSinceNs()).isEqualTo(TestNode.ns(TestNode.BEGIN.plusSeconds(6)));
    }

    @Test
    void duplicatesAndEventsOfAnEarlierAttachAreToldApart() {
        node.started().waits(Duration.ofSeconds(2));
        NodeEvent seen = events.get(2);
        assertThat(continuity.take(seen)).isEqualTo(Arrival.DUPLICATE);

        node.agentRestartedAfter(Duration.ofSeconds(3));
        assertThat(continuity.take(seen)).isEqualTo(Arrival.OUTDATED);
        assertThat(continuity.nowNs()).isEqualTo(TestNode.ns(node.now()));
        assertThat(continuity.restarted()).isFalse();
        assertThat(continuity.connectionsKnownSinceNs()).isEqualTo(TestNode.ns(node.now()));
    }

    @Test
    void anotherProcessIsARestart() {
        node.started().bitcoindRestarted();
        assertThat(continuity.restarted()).isTrue();

        node.waits(Duration.ofSeconds(1));
        assertThat(continuity.restarted()).isFalse();
    }

    @Test
    void aStepOfTheClockIsAHoleInEitherDirection() {
        node.started().waits(Duration.ofSeconds(5)).leaps(Duration.ofHours(1)).waits(Duration.ofSeconds(1));
        assertThat(continuity.blocksKnownSinceNs()).isEqualTo(TestNode.ns(node.now()));

        node.leaps(Duration.ofHours(-1)).waits(Duration.ofSeconds(1));
        assertThat(continuity.nowNs()).isEqualTo(TestNode.ns(node.now()));
        assertThat(continuity.blocksKnownSinceNs()).isEqualTo(TestNode.ns(node.now()));
    }
}
