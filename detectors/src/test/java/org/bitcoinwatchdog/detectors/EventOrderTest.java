package org.bitcoinwatchdog.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.Faults;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.Test;

/** Events that come twice, late, out of order, or not at all. */
class EventOrderTest {
    private static final List<NodeEvent> EVENTS = RandomTraffic.of(4, 120);

    private final List<String> failures = new ArrayList<>();
    private final Faults faults = new Faults() {
        @Override
        public void failed(String section, RuntimeException cause) {
            failures.add(section + ": " + cause);
        }

        @Override
        public void unreadable(String section, RuntimeException cause) {
            failures.add(section + ": " + cause);
        }
    };

    private List<Alert> alerts(List<NodeEvent> events) {
        List<Alert> alerts = new ArrayList<>();
        OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts::add, faults);
        events.forEach(detection::on);
        assertThat(failures).isEmpty();
        return alerts;
    }

    private static Set<String> names(List<Alert> alerts) {
        Set<String> names = new TreeSet<>();
        alerts.forEach(alert -> names.add(alert.labels().get(Alert.ALERTNAME)));
        return names;
    }

    @Test
    void whatComesTwiceOrLateChangesNothing() {
        Random random = new Random(1);
        List<NodeEvent> repeated = new ArrayList<>();
        for (NodeEvent event : EVENTS) {
            repeated.add(event);
            if (random.nextInt(3) == 0) {
                repeated.add(repeated.get(Math.max(0, repeated.size() - 1 - random.nextInt(500))));
            }
        }
        assertThat(alerts(repeated)).isEqualTo(alerts(EVENTS));
    }

    @Test
    void neighboursThatChangePlacesAreAHoleAndNoAlarm() {
        Random random = new Random(2);
        List<NodeEvent> reordered = new ArrayList<>(EVENTS);
        for (int i = 0; i + 1 < reordered.size(); i++) {
            if (random.nextInt(200) == 0) {
                java.util.Collections.swap(reordered, i, i + 1);
            }
        }
        assertThat(names(alerts(reordered))).isSubsetOf(withBlindness(EVENTS));
    }

    /** A block whose event was lost looks missing until the next block. The evidence says so. */
    @Test
    void whatIsMissingBlindsAndAnyOtherAlarmSaysThatItDoesNotKnowAll() {
        Random random = new Random(3);
        List<NodeEvent> rest = EVENTS.stream().filter(event -> random.nextInt(100) != 0).toList();
        List<Alert> told = alerts(rest);
        assertThat(names(told)).contains("AgentBlind");
        Set<String> expected = withBlindness(EVENTS);
        assertThat(told).filteredOn(alert -> alert.firing() && !expected.contains(alert.labels().get(Alert.ALERTNAME)))
                .allSatisfy(alert -> assertThat(alert.evidence().complete()).isFalse());
    }

    private Set<String> withBlindness(List<NodeEvent> events) {
        Set<String> names = names(alerts(events));
        names.add("AgentBlind");
        return names;
    }
}
