package org.bitcoinwatchdog.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.bitcoinwatchdog.events.RecordedCall;
import org.junit.jupiter.api.Test;

class DemoScriptTest {
    @Test
    void playsTheWholeFloodAtItsOwnPaceAndTheRestInFastMotion() throws Exception {
        DemoScript script = DemoScript.load();

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
