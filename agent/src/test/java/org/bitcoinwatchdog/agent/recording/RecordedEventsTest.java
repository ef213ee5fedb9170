package org.bitcoinwatchdog.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import org.bitcoinwatchdog.agent.recording.RecordedEvents.SkippedCall;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEvent.BodyCase;
import org.bitcoinwatchdog.events.RecordedCall;
import org.junit.jupiter.api.Test;

class RecordedEventsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long BEGIN = 1_795_361_549L * SECOND;
    private static final long DAY = 86_400 * SECOND;

    private final List<SkippedCall> skipped = new ArrayList<>();

    @Test
    void startsANodeAtItsFirstCallAndNumbersItsEvents() {
        List<NodeEvent> events = events(call("a", BEGIN), call("a", BEGIN + 1), call("b", BEGIN + 2), call("a", BEGIN + 3));
        assertThat(events).extracting(NodeEvent::getNode).containsExactly("a", "a", "a", "b", "b", "a");
        assertThat(events).extracting(NodeEvent::getSequence).containsExactly(0L, 1L, 2L, 0L, 1L, 3L);
        assertThat(events).extracting(NodeEvent::getEpoch)
                .containsExactly(BEGIN, BEGIN, BEGIN, BEGIN + 2, BEGIN + 2, BEGIN);
        assertThat(events).extracting(NodeEvent::getBodyCase).containsExactly(
                BodyCase.NODE_STARTED, BodyCase.MISBEHAVING_CONNECTION, BodyCase.MISBEHAVING_CONNECTION,
                BodyCase.NODE_STARTED, BodyCase.MISBEHAVING_CONNECTION, BodyCase.MISBEHAVING_CONNECTION);
        assertThat(events).allMatch(event -> event.getNetwork().equals("regtest"));
    }

    @Test
    void everyNodeBeatsEverySecondUntilTheRecordingEnds() {
        List<NodeEvent> events = events(call("a", BEGIN), call("b", BEGIN + SECOND / 2), call("b", BEGIN + 3 * SECOND));
        assertThat(beats(events, "a")).containsExactly(BEGIN + SECOND, BEGIN + 2 * SECOND, BEGIN + 3 * SECOND);
        assertThat(beats(events, "b")).containsExactly(BEGIN + SECOND * 3 / 2, BEGIN + SECOND * 5 / 2);
        assertThat(events).extracting(NodeEvent::getObservedAtNs).isSorted();
        for (String node : List.of("a", "b")) {
            List<Long> sequence = events.stream().filter(e -> e.getNode().equals(node)).map(NodeEvent::getSequence).toList();
            assertThat(sequence).containsExactlyElementsOf(LongStream.range(0, sequence.size()).boxed().toList());
        }
    }

    @Test
    void aHeartbeatCountsWhatEachTracepointFired() {
        List<NodeEvent> events = events(call("a", BEGIN), call("a", BEGIN + 1), call("a", BEGIN + SECOND));
        NodeEvent beat = events.get(3); // before the call of that very moment
        assertThat(beat.getBodyCase()).isEqualTo(BodyCase.HEARTBEAT);
        assertThat(beat.getHeartbeat().getPublished()).isEqualTo(3);
        assertThat(beat.getHeartbeat().getTracepointsList()).hasSize(13)
                .allMatch(status -> status.getAttached() && status.getFired() == status.getCaptured());
        assertThat(beat.getHeartbeat().getTracepointsList())
                .filteredOn(status -> status.getTracepoint().equals("net:misbehaving_connection"))
                .singleElement().extracting(status -> status.getFired()).isEqualTo(2L);
    }

    @Test
    void aSmallStepBackInTimeLosesNothing() {
        List<NodeEvent> events = events(call("a", BEGIN), call("b", BEGIN + SECOND), call("a", BEGIN + SECOND - 5), call("a", BEGIN + SECOND));
        assertThat(events).filteredOn(e -> e.getBodyCase() == BodyCase.MISBEHAVING_CONNECTION).hasSize(4);
        assertThat(beats(events, "a")).containsExactly(BEGIN + SECOND);
    }

    @Test
    void aLeapOfMoreThanADayStartsNewEpochsInsteadOfMillionsOfHeartbeats() {
        List<NodeEvent> events = events(call("a", BEGIN), call("a", BEGIN + 1_000 * DAY), call("a", BEGIN + 1_000 * DAY + 1));
        assertThat(events).extracting(NodeEvent::getBodyCase).containsExactly(
                BodyCase.NODE_STARTED, BodyCase.MISBEHAVING_CONNECTION,
                BodyCase.NODE_STARTED, BodyCase.MISBEHAVING_CONNECTION, BodyCase.MISBEHAVING_CONNECTION);
        assertThat(events.get(2).getEpoch()).isEqualTo(BEGIN + 1_000 * DAY);
        assertThat(events.get(2).getSequence()).isZero();
    }

    @Test
    void aLeapOfADayIsFilledWithHeartbeats() {
        assertThat(beats(events(call("a", BEGIN), call("a", BEGIN + DAY)), "a")).hasSize(86_400);
    }

    @Test
    void skipsACallThatNoProcessMakesAndNothingElse() {
        RecordedCall bad = new RecordedCall(BEGIN + 1, "a", "net:misbehaving_connection", List.of());
        List<NodeEvent> events = events(call("a", BEGIN), bad, call("a", BEGIN + 2));
        assertThat(events).extracting(NodeEvent::getSequence).containsExactly(0L, 1L, 2L);
        assertThat(skipped).containsExactly(new SkippedCall(bad, "0 arguments instead of 2"));
    }

    @Test
    void isLazy() {
        Iterator<RecordedCall> endless = LongStream.iterate(BEGIN, t -> t + SECOND / 1_000).mapToObj(t -> call("a", t)).iterator();
        RecordedEvents events = new RecordedEvents(endless, "regtest", skipped::add);
        for (int i = 0; i < 10_000; i++) {
            events.next();
        }
        assertThat(events.hasNext()).isTrue();
    }

    @Test
    void endsWithTheRecording() {
        RecordedEvents events = new RecordedEvents(List.<RecordedCall>of().iterator(), "regtest", skipped::add);
        assertThat(events.hasNext()).isFalse();
        assertThatThrownBy(events::next).isInstanceOf(NoSuchElementException.class);
    }

    private List<NodeEvent> events(RecordedCall... calls) {
        List<NodeEvent> events = new ArrayList<>();
        new RecordedEvents(List.of(calls).iterator(), "regtest", skipped::add).forEachRemaining(events::add);
        return events;
    }

    private static List<Long> beats(List<NodeEvent> events, String node) {
        return events.stream().filter(e -> e.getNode().equals(node) && e.getBodyCase() == BodyCase.HEARTBEAT)
                .map(NodeEvent::getObservedAtNs).toList();
    }

    private static RecordedCall call(String node, long timeNs) {
        return new RecordedCall(timeNs, node, "net:misbehaving_connection", List.of(1L, "reason"));
    }
}
