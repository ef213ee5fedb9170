package org.bitcoinwatchdog.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.bitcoinwatchdog.events.RecordedCall;
import org.junit.jupiter.api.Test;

class DemoScriptTest {
    private static final Instant BEGINS = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void theFloodsEntriesHaveTimesInTheFutureOfTheDemo() throws Exception {
        DemoScript script = DemoScript.load(BEGINS);
        List<Long> aheadS = script.calls().stream()
                .filter(call -> call.args().size() > 5 && call.args().get(3).equals("addr") && script.floodPeers().contains(call.args().get(0)))
                .map(call -> {
                    ByteBuffer payload = ByteBuffer.wrap(HexFormat.of().parseHex((String) call.args().get(5))).order(ByteOrder.LITTLE_ENDIAN);
                    return Integer.toUnsignedLong(payload.getInt(1)) - BEGINS.plusNanos(call.timeNs()).getEpochSecond();
                }).toList();
        assertThat(aheadS).hasSize(3_000).allMatch(ahead -> ahead > 500 && ahead < 660);
    }

    @Test
    void playsTheWholeFloodAtItsOwnPaceAndTheRestInFastMotion() throws Exception {
        DemoScript script = DemoScript.load(BEGINS);

        assertThat(script.floodPeers()).hasSize(6);
        assertThat(script.floodMessages()).isEqualTo(3_000);
        assertThat(script.length()).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(9));
        assertThat(script.calls()).extracting(RecordedCall::node).containsOnly("node-0");
        assertThat(script.calls()).isSortedAccordingTo((a, b) -> Long.compare(a.timeNs(), b.timeNs()));
        List<Long> flood = script.calls().stream()
                .filter(call -> call.tracepoint().equals("net:inbound_message")
                        && call.args().get(3).toString().startsWith("addr")
                        && script.floodPeers().contains(call.args().get(0)))
                .map(RecordedCall::timeNs)
                .toList();
        Duration lasted = Duration.ofNanos(flood.get(flood.size() - 1) - flood.get(0));
        assertThat(lasted).isBetween(Duration.ofMillis(1_500), Duration.ofMillis(2_500));
    }
}
