package org.bitcoinwatchdog.detectors.evaluation.baseline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * Bands of mean ± 2σ over the last day, widened by 1.5, around the counts of five minutes, one per metric. Only metrics
 * that the fast simulation generates completely.
 */
public final class ZScoreBands implements Baseline {
    private static final List<String> TYPES = List.of("addr", "addrv2", "version", "headers", "cmpctblock");
    private static final String NAME = "baseline: z-score of ";
    private static final long WINDOW_NS = 300_000_000_000L;
    private static final int WINDOWS = 288;
    private static final double SIGMAS = 2 * 1.5;

    /** One metric's last day on one node. */
    private static final class Day {
        final int[] counts = new int[WINDOWS];
        int filled;
        int next;
        double sum;
        double squares;
        int current;
        boolean on;

        boolean outside() {
            double mean = sum / WINDOWS;
            double deviation = Math.sqrt(Math.max(0, squares / WINDOWS - mean * mean));
            return filled == WINDOWS && Math.abs(current - mean) > SIGMAS * deviation;
        }

        void close() {
            sum += current - counts[next];
            squares += (double) current * current - (double) counts[next] * counts[next];
            counts[next] = current;
            next = (next + 1) % WINDOWS;
            filled = Math.min(WINDOWS, filled + 1);
            current = 0;
        }
    }

    /** One node's metrics. */
    private static final class NodeBands {
        final Map<String, Day> days = new HashMap<>();
        long window = -1;

        NodeBands() {
            TYPES.forEach(type -> days.put(type, new Day()));
        }
    }

    private final Map<String, NodeBands> nodes = new HashMap<>();

    /** The bands of all metrics have one name; other rules have their own. */
    public static String together(String rule) {
        return rule.startsWith(NAME) ? "z-score bands" : rule;
    }

    @Override
    public void on(NodeEvent event, Alarms alarms) {
        NodeBands node = nodes.computeIfAbsent(event.getNode(), name -> new NodeBands());
        long window = event.getObservedAtNs() / WINDOW_NS;
        if (window != node.window) {
            node.window = window;
            node.days.forEach((type, day) -> close(event.getNode(), type, day, alarms));
        }
        if (event.hasInboundMessage()) {
            Day day = node.days.get(event.getInboundMessage().getType());
            if (day != null) {
                day.current++;
            }
        }
    }

    private static void close(String node, String type, Day day, Alarms alarms) {
        boolean outside = day.outside();
        if (outside != day.on) {
            day.on = outside;
            alarms.alarm(NAME + type, node, outside);
        }
        day.close();
    }
}
