package org.bitcoinwatchdog.deploy.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import org.bitcoinwatchdog.events.RecordedCall;
import org.junit.jupiter.api.Test;

class MergedByTimeTest {
    @Test
    void mergesByTimeAndPrefersTheEarlierRecordingOnATie() {
        MergedByTime<RecordedCall> merged =
                new MergedByTime<>(List.of(calls("a", 1, 5, 5, 9), calls("b", 0, 5, 7)), RecordedCall::timeNs);
        List<String> order = new ArrayList<>();
        merged.forEachRemaining(call -> order.add(call.node() + call.timeNs()));
        assertThat(order).containsExactly("b0", "a1", "a5", "a5", "b5", "b7", "a9");
        assertThat(merged.count()).isEqualTo(7);
    }

    @Test
    void endsWithTheLastRecording() {
        MergedByTime<RecordedCall> none = new MergedByTime<>(List.of(calls("a"), calls("b")), RecordedCall::timeNs);
        assertThat(none.hasNext()).isFalse();
        assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
    }

    private static Iterator<RecordedCall> calls(String node, long... times) {
        return LongStream.of(times).mapToObj(time -> new RecordedCall(time, node, "net:x", List.of())).iterator();
    }
}
