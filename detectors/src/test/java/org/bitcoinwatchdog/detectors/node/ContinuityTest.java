package org.bitcoinwatchdog.detectors.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.node.Continuity.Arrival;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.TracepointStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(longs = {2, 24 * 3652L})
    void aRunWithAnEarlierClockIsANewRun(long hours) {
        node.started().waits(Duration.ofSeconds(2)).agentRestartedAfter(Duration.ofHours(hours)).waits(Duration.ofSeconds(2));
        node.agentRestartedAfter(Duration.ofHours(-hours).minusSeconds(1)).waits(Duration.ofSeconds(2));

        assertThat(continuity.nowNs()).isEqualTo(TestNode.ns(node.now()));
        assertThat(continuity.blocksKnownSinceNs()).isEqualTo(TestNode.ns(node.now().minusSeconds(2)));
        assertThat(continuity.take(events.get(4))).isEqualTo(Arrival.OUTDATED);
        assertThat(continuity.take(events.get(1))).isEqualTo(Arrival.OUTDATED);
    }

    @Test
    void aClockThatIsSetBackIsToldOnce() {
        node.started().waits(Duration.ofSeconds(2)).agentRestartedAfter(Duration.ofHours(-2));
        assertThat(continuity.setBack()).isTrue();

        node.waits(Duration.ofSeconds(1));
        assertThat(continuity.setBack()).isFalse();
    }

    @Test
    void aSpoolOfAnEarlierRunThatComesLateIsOutdated() {
        List<NodeEvent> spool = new ArrayList<>();
        new TestNode("alice", spool::add).started().waits(Duration.ofSeconds(20));
        spool.subList(0, 5).forEach(continuity::take);
        node.leaps(Duration.ofMinutes(1)).agentRestartedAfter(Duration.ZERO).waits(Duration.ofSeconds(3));

        spool.forEach(late -> assertThat(continuity.take(late)).isEqualTo(Arrival.OUTDATED));
        node.waits(Duration.ofSeconds(1));
        assertThat(continuity.nowNs()).isEqualTo(TestNode.ns(node.now()));
        assertThat(continuity.missing()).isZero();
    }

    @Test
    void aReplacedRunThatAloneGoesOnIsThePresentOneAgain() {
        List<NodeEvent> older = new ArrayList<>();
        TestNode first = new TestNode("alice", older::add).started();
        continuity.take(older.get(0));
        node.leaps(Duration.ofSeconds(5)).agentRestartedAfter(Duration.ZERO).waits(Duration.ofSeconds(1));
        long missed = 0;
        for (int second = 0; second < 40; second++) {
            first.waits(Duration.ofSeconds(1));
            missed += continuity.take(older.get(older.size() - 1)) == Arrival.OUTDATED ? 1 : 0;
        }

        assertThat(missed).isEqualTo(30);
        assertThat(continuity.nowNs()).isEqualTo(TestNode.ns(first.now()));
    }

    @Test
    void aStateOfTheFormBeforeRunsWereKeptIsRead() {
        StateWriter old = new StateWriter().version(2).flag(true).number(7).number(3).number(100).number(1).number(2).number(3)
                .number(50).number(9).number(4);
        continuity.restore(new StateReader(old.toBytes()));

        assertThat(continuity.epoch()).isEqualTo(7);
        assertThat(continuity.missing()).isEqualTo(4);
        assertThat(continuity.sees(Sight.CLOSED_CONNECTIONS)).isTrue();
    }

    @Test
    void knowsWhichRunsAreOverAfterARestartOfTheDetectors() {
        node.started().waits(Duration.ofSeconds(2)).agentRestartedAfter(Duration.ofHours(-3)).waits(Duration.ofSeconds(1));
        StateWriter saved = new StateWriter();
        continuity.save(saved);
        Continuity restored = new Continuity();
        restored.restore(new StateReader(saved.toBytes()));

        assertThat(restored.take(events.get(1))).isEqualTo(Arrival.OUTDATED);
    }

    @Test
    void whatNoTracepointTellsIsAHoleThatGoesOn() {
        node.started().waits(Duration.ofSeconds(1)).beats(beat -> beat.addTracepoints(TracepointStatus.newBuilder()
                .setTracepoint("net:inbound_message").setAttached(true)).addTracepoints(TracepointStatus.newBuilder()
                .setTracepoint("net:closed_connection").setReason("not in this build")));

        assertThat(continuity.sees(Sight.INBOUND_MESSAGES)).isTrue();
        assertThat(continuity.seesInbound()).isFalse();
        assertThat(continuity.connectionsKnownSinceNs()).isEqualTo(continuity.nowNs());
    }
}
