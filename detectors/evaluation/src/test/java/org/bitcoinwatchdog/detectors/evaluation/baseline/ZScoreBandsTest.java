package org.bitcoinwatchdog.detectors.evaluation.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.Test;

class ZScoreBandsTest {
    private static final int DAY = 288;

    private final ZScoreBands bands = new ZScoreBands();
    private final List<String> alarms = new ArrayList<>();

    @Test
    void speakOnlyAfterADayAndOnlyOfWhatLiesOutside() {
        for (int window = 0; window < DAY + 10; window++) {
            messages(window, window % 2 == 0 ? 10 : 12);
        }
        assertThat(alarms).isEmpty();
        messages(DAY + 10, 15);
        messages(DAY + 11, 11);
        messages(DAY + 12, 11);
        assertThat(alarms).containsExactly("addr true", "addr false");
    }

    private void messages(int window, int count) {
        for (int i = 0; i < count; i++) {
            bands.on(NodeEvent.newBuilder().setNode("alice").setObservedAtNs(window * 300_000_000_000L + i)
                    .setInboundMessage(Message.newBuilder().setType("addr")).build(), (rule, node, on) -> {
                if (rule.endsWith("addr")) {
                    alarms.add("addr " + on);
                }
            });
        }
    }
}
