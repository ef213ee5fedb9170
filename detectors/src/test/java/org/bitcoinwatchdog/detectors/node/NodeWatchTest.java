package org.bitcoinwatchdog.detectors.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Faults;
import org.bitcoinwatchdog.events.AnnouncedBlock;
import org.bitcoinwatchdog.events.Headers;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.junit.jupiter.api.Test;

class NodeWatchTest {
    private final List<String> troubles = new ArrayList<>();
    private final Faults faults = new Faults() {
        @Override
        public void failed(String section, RuntimeException cause) {
            troubles.add(section + " " + cause.getMessage());
        }

        @Override
        public void unreadable(String section, RuntimeException cause) {
            troubles.add(section + " unreadable");
        }
    };

    private NodeWatch watch(Map<String, byte[]> stored, List<Supplier<Detector>> rules) {
        return new NodeWatch("alice", "main", () -> new Chain(CatchUp.defaults()), () -> new Peers(Optional.empty()), List.of(), NodeRules.Makers.of(rules),
                stored::get, faults);
    }

    private TestNode node(NodeWatch watch) {
        AlertWriter alerts = AlertWriter.forNode("alice", "main", "", alert -> { });
        return new TestNode("alice", event -> watch.on(event, alerts, digest -> { }));
    }

    @Test
    void aDigestHasTheVersionAndTheHostOfTheLastHeartbeat() {
        List<NodeDigest> digests = new ArrayList<>();
        NodeWatch watch = watch(Map.of(), List.of());
        AlertWriter alerts = AlertWriter.forNode("alice", "main", "", alert -> { });
        new TestNode("alice", event -> watch.on(event, alerts, digests::add)).started()
                .leaps(Duration.ofSeconds(2))
                .beats(beat -> beat.setHost("rack-1").setBitcoindVersion("Knots v29.3.0.knots20260508").setImplementation("Knots"))
                .knows(1, "203.0.113.7:8333", TestNode.FULL_RELAY)
                .receives(1, "headers", message -> message.setHeaders(Headers.newBuilder().setCount(3).setOtherForm(3)))
                .receives(1, "block", message -> message.setBlock(AnnouncedBlock.newBuilder().setOtherForm(true)))
                .leaps(Duration.ofSeconds(2)).beats(beat -> beat.setHost("rack-1").setBitcoindVersion("v31.0.0"));

        assertThat(digests).extracting(NodeDigest::getHost).contains("rack-1");
        assertThat(digests).extracting(NodeDigest::getBitcoindVersion).contains("Knots v29.3.0.knots20260508").endsWith("v31.0.0");
        assertThat(digests).extracting(NodeDigest::getImplementation).contains("Knots");
        assertThat(digests.stream().mapToInt(NodeDigest::getOtherFormHeaders).sum()).isEqualTo(4);
        assertThat(digests.get(digests.size() - 1).getOutboundSides().getOffChain()).isEqualTo(1);
    }

    @Test
    void aRuleThatThrowsIsLeftAloneAndHarmsNoOther() {
        CountingDetector throwing = new CountingDetector("throwing", true);
        CountingDetector other = new CountingDetector("other", false);
        NodeWatch watch = watch(Map.of(), List.of(() -> throwing, () -> other));

        node(watch).started().connects(1).connects(2);

        assertThat(troubles).containsExactly("throwing broken");
        assertThat(throwing.events).isEqualTo(1);
        assertThat(other.events).isEqualTo(3);
        Map<String, byte[]> saved = new HashMap<>();
        watch.saveChanged(saved::put);
        assertThat(saved).containsKey("other").doesNotContainKey("throwing");
    }

    @Test
    void aRuleThatFailedIsToldUntilTheProcessStartsAnew() {
        List<String> told = new ArrayList<>();
        AlertWriter alerts = AlertWriter.forNode("alice", "main", "", alert -> told.add(alert.status() + " " + alert.evidence().subjects()));
        List<Supplier<Detector>> rules = List.of(() -> new CountingDetector("throwing", true));
        NodeWatch first = watch(Map.of(), rules);
        new TestNode("alice", event -> first.on(event, alerts, digest -> { })).started().waits(Duration.ofSeconds(3));
        assertThat(told).containsExactly("FIRING {rules=[throwing]}");

        Map<String, byte[]> saved = new HashMap<>();
        first.saveChanged(saved::put);
        NodeWatch second = watch(saved, List.of());
        new TestNode("alice", event -> second.on(event, alerts, digest -> { })).leaps(Duration.ofMinutes(1)).agentRestartedAfter(Duration.ZERO)
                .waits(Duration.ofMinutes(9));
        assertThat(told).filteredOn(each -> each.startsWith("RESOLVED")).isEmpty();
        new TestNode("alice", event -> second.on(event, alerts, digest -> { })).leaps(Duration.ofMinutes(11)).agentRestartedAfter(Duration.ZERO)
                .waits(Duration.ofMinutes(5));
        assertThat(told).last().isEqualTo("RESOLVED {rules=[]}");
    }

    @Test
    void aRuleThatFailedStartsAnewAfterAPauseThatDoubles() {
        List<Integer> made = new ArrayList<>();
        NodeWatch watch = watch(Map.of(), List.of(() -> {
            made.add(made.size());
            return new CountingDetector("throwing", made.size() < 3);
        }));
        TestNode node = node(watch).started();
        assertThat(made).hasSize(1);

        node.waits(Duration.ofSeconds(59));
        assertThat(made).hasSize(1);
        node.waits(Duration.ofSeconds(3)); // and fails again
        assertThat(made).hasSize(2);
        node.waits(Duration.ofSeconds(115));
        assertThat(made).hasSize(2);
        node.waits(Duration.ofSeconds(8));
        assertThat(made).hasSize(3);
        Map<String, byte[]> saved = new HashMap<>();
        watch.saveChanged(saved::put);
        assertThat(saved).containsKey("throwing");
    }

    @Test
    void aFactThatThrowsLosesOneRecordEndsItsAlertsAndTheNextGoesOn() {
        List<String> told = new ArrayList<>();
        AlertWriter alerts = AlertWriter.forNode("alice", "main", "",
                alert -> told.add(alert.labels().get("alertname") + " " + alert.status() + " " + alert.severity().label()));
        NodeWatch watch = new NodeWatch("alice", "main", () -> new Chain(CatchUp.defaults()), () -> new Peers(Optional.empty()), List.of(),
                DetectorSettings.defaults().nodeRules(), section -> null, faults);
        boolean[] poison = {false};
        List<NodeEvent> refused = new ArrayList<>();
        TestNode node = new TestNode("alice", event -> {
            try {
                watch.on(event, alerts, digest -> {
                    if (poison[0]) {
                        throw new IllegalStateException("a fact is broken");
                    }
                });
            } catch (NodeWatch.WatchFault e) {
                refused.add(event);
            }
        }).started();
        for (int id = 1; id <= 3; id++) {
            node.opens(id, "44.0.0." + id + ":8333", TestNode.FULL_RELAY);
        }
        node.waits(Duration.ofMinutes(4));
        assertThat(told).contains("OutboundConcentration FIRING page");

        poison[0] = true;
        node.waits(Duration.ofSeconds(1));
        poison[0] = false;
        node.waits(Duration.ofSeconds(5));

        assertThat(refused).hasSize(1);
        assertThat(told).contains("OutboundConcentration RESOLVED page", "DetectorFailed FIRING warn");
        node.waits(Duration.ofMinutes(12));
        assertThat(refused).hasSize(1);
        assertThat(told).last().isEqualTo("DetectorFailed RESOLVED warn");
    }

    @Test
    void onlyWhatChangedIsSaved() {
        NodeWatch watch = watch(Map.of(), List.of());
        TestNode node = node(watch).started().opens(1, "44.0.0.1:8333", TestNode.FULL_RELAY);
        Map<String, byte[]> saved = new HashMap<>();
        watch.saveChanged(saved::put);
        assertThat(saved).containsOnlyKeys("continuity", "process-runs", "chain", "peers");

        saved.clear();
        node.receives(1, "tx");
        watch.saveChanged(saved::put);
        assertThat(saved).containsOnlyKeys("continuity");
    }

    @Test
    void aStateThatCanNotBeReadStartsAnewAndLeavesTheOthers() {
        NodeWatch first = watch(Map.of(), List.of());
        node(first).started().opens(1, "44.0.0.1:8333", TestNode.FULL_RELAY).connects(7);
        Map<String, byte[]> saved = new HashMap<>();
        first.saveChanged(saved::put);
        saved.put("peers", new byte[] {42});

        watch(saved, List.of());

        assertThat(troubles).containsExactly("peers unreadable");
    }

    private static final class CountingDetector implements Detector {
        private final String name;
        private final boolean broken;
        private int events;

        private CountingDetector(String name, boolean broken) {
            this.name = name;
            this.broken = broken;
        }

        @Override
        public boolean on(NodeEvent event, NodeContext node, AlertWriter alerts) {
            events++;
            if (broken) {
                throw new IllegalStateException("broken");
            }
            return true;
        }

        @Override
        public boolean tick(NodeContext node, AlertWriter alerts) {
            return false;
        }

        @Override
        public boolean stopped(NodeContext node, AlertWriter alerts) {
            return false;
        }

        @Override
        public Optional<Score> score(NodeContext node) {
            return Optional.empty();
        }

        @Override
        public String section() {
            return name;
        }

        @Override
        public void save(StateWriter out) {
            out.version(1).number(events);
        }

        @Override
        public void restore(StateReader in) {
            in.version(1);
            events = in.integer();
        }
    }
}
