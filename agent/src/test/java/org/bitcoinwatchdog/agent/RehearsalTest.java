package org.bitcoinwatchdog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.agent.publish.EventOutbox;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void takesEverySampleAsOftenAsTheCompilerWantsToSeeIt() {
        List<NodeEvent> events = new ArrayList<>();
        long made = Rehearsal.run((account, event) -> events.add(event));
        assertThat(events).hasSize(Math.toIntExact(made)).allMatch(event -> event.getNode().equals("rehearsal"));
        assertThat(events.stream().filter(event -> event.getInboundMessage().getType().equals("inv"))).hasSizeGreaterThan(200);
    }

    @Test
    void keepsNothingOfWhatItPublishes() {
        assertThat(Rehearsal.run(EventOutbox.rehearsing())).isPositive();
    }
}
