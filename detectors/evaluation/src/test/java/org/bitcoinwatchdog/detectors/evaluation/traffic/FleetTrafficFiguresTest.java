package org.bitcoinwatchdog.detectors.evaluation.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitcoinwatchdog.detectors.evaluation.traffic.FleetTraffic.FleetPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind.MeasuredFigures;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind.MessageMetric;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.Test;

/** Figures that follow from peers and blocks, against those of real nodes. */
class FleetTrafficFiguresTest {
    private static final int DAYS = 80;
    private static final int PINGS_PER_PEER = 60;
    private static final Fidelity WITHOUT_BULK = new Fidelity(Duration.ofSeconds(30), 0, Duration.ofMinutes(4), 0);

    private final Map<MessageMetric, HourlyCounts> counts = new EnumMap<>(MessageMetric.class);
    private final List<Double> lifetimesS = new ArrayList<>();
    private final Map<String, Integer> openings = new HashMap<>();
    private final Map<MessageMetric, Integer> hour = new EnumMap<>(MessageMetric.class);
    private final Map<Long, Long> openedNs = new HashMap<>();
    private long hours;

    @Test
    void aListeningNodeHasTheMeasuredPeersVersionsAnnouncementsAndConnections() {
        play(NodeKind.LISTENING, 3);

        close(NodeKind.LISTENING, MessageMetric.PING, 15, 25, 40);
        close(NodeKind.LISTENING, MessageMetric.VERSION, 15, 20, 40);
        close(NodeKind.LISTENING, MessageMetric.HEADERS, 25, 35, 50);
        close(NodeKind.LISTENING, MessageMetric.CMPCTBLOCK, 25, 35, 50);
        connections();
    }

    @Test
    void anOutboundOnlyNodeHasTheMeasuredPeersVersionsAndAnnouncements() {
        play(NodeKind.OUTBOUND_ONLY, 5);

        close(NodeKind.OUTBOUND_ONLY, MessageMetric.PING, 5, 5, 100);
        close(NodeKind.OUTBOUND_ONLY, MessageMetric.VERSION, 20, 25, 40);
        close(NodeKind.OUTBOUND_ONLY, MessageMetric.HEADERS, 20, 20, 40);
        close(NodeKind.OUTBOUND_ONLY, MessageMetric.CMPCTBLOCK, 25, 30, 40);
    }

    private void close(NodeKind kind, MessageMetric metric, double median, double p95, double variation) {
        MeasuredFigures figures = kind.figures(metric);
        HourlyCounts measured = counts.get(metric);
        assertThat(measured.quantile(0.5)).as("median of %s", metric).isCloseTo(figures.median(), withPercentage(median));
        assertThat(measured.quantile(0.95)).as("95th percentile of %s", metric).isCloseTo(figures.p95(), withPercentage(p95));
        assertThat(measured.variation()).as("variation of %s", metric)
                .isCloseTo(figures.coefficientOfVariation(), withPercentage(variation));
    }

    private void connections() {
        List<Double> sorted = lifetimesS.stream().sorted().toList();
        assertThat(openings.get("inbound") / (double) hours).isCloseTo(343, withPercentage(10));
        assertThat(sorted.get(sorted.size() / 2)).isLessThan(60);
        assertThat(sorted.get(sorted.size() * 9 / 10) / 60).isCloseTo(44, withPercentage(15));
        assertThat(openings.get("full-relay") / (double) hours).isCloseTo(1.2, withPercentage(15));
        assertThat(openings.get("block-relay") / (double) hours).isCloseTo(6, withPercentage(20));
        assertThat(openings.get("feeler") / (double) hours).isCloseTo(4.7, withPercentage(20));
    }

    private void play(NodeKind kind, long seed) {
        FleetTraffic traffic = new FleetTraffic(new FleetPlan(List.of(kind), WITHOUT_BULK, seed), Disturbance.NONE);
        for (hours = 0; hours < DAYS * 24; hours++) {
            hour.clear();
            traffic.playUntil(traffic.nowUs() + 3_600_000_000L, this::count);
            // Every peer is pinged, and pings, 30 times an hour: fewer need to be made up to know how many there were.
            hour.put(MessageMetric.PING, traffic.nodes().get(0).connections().size() * PINGS_PER_PEER);
            for (MessageMetric metric : MessageMetric.values()) {
                counts.computeIfAbsent(metric, each -> new HourlyCounts()).add(hour.getOrDefault(metric, 0));
            }
        }
    }

    private void count(NodeEvent event) {
        switch (event.getBodyCase()) {
            case INBOUND_MESSAGE -> message(event.getInboundMessage().getType());
            case OUTBOUND_MESSAGE -> message(event.getOutboundMessage().getType());
            case INBOUND_CONNECTION -> {
                openings.merge("inbound", 1, Integer::sum);
                openedNs.put(event.getInboundConnection().getPeer().getId(), event.getObservedAtNs());
            }
            case CLOSED_CONNECTION -> {
                Long opened = openedNs.remove(event.getClosedConnection().getPeer().getId());
                if (opened != null) {
                    lifetimesS.add((event.getObservedAtNs() - opened) / 1e9);
                }
            }
            case OUTBOUND_CONNECTION -> openings.merge(switch (event.getOutboundConnection().getPeer().getConnectionType()) {
                case CONNECTION_TYPE_OUTBOUND_FULL_RELAY -> "full-relay";
                case CONNECTION_TYPE_BLOCK_RELAY_ONLY -> "block-relay";
                default -> "feeler";
            }, 1, Integer::sum);
            default -> { }
        }
    }

    private void message(String type) {
        for (MessageMetric metric : MessageMetric.values()) {
            if (metric.name().toLowerCase(Locale.ROOT).equals(type)) {
                hour.merge(metric, 1, Integer::sum);
            }
        }
    }
}
