package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * A simulated fleet: the events of all its nodes in the order of true time, minute by minute. The same plan and the same
 * disturbance give the same events.
 */
public final class FleetTraffic {
    /**
     * What a simulated fleet consists of.
     *
     * @param nodes node-0, node-1, … by kind
     */
    public record FleetPlan(List<NodeKind> nodes, Fidelity fidelity, long seed) {
        /** 2026-01-01, when every simulation begins; UNIX microseconds. */
        public static final long START_US = 1_767_225_600_000_000L;

        public FleetPlan {
            nodes = List.copyOf(nodes);
            if (nodes.isEmpty() || nodes.size() > 255) {
                throw new IllegalArgumentException("a fleet has 1 to 255 nodes");
            }
        }
    }

    private static final int CALL_BITS = 24;
    private static final int NODE_BITS = 8;

    private final SimulatedChain chain;
    private final Demand demand;
    private final List<NodeTraffic> nodes = new ArrayList<>();
    private long nowUs;
    private long eventUs;
    private long[] order = new long[1_024];

    public FleetTraffic(FleetPlan plan, Disturbance disturbance) {
        RandomSource random = new RandomSource(plan.seed());
        chain = new SimulatedChain(FleetPlan.START_US, disturbance, random.split());
        demand = new Demand(random.split());
        nowUs = FleetPlan.START_US;
        for (NodeKind kind : plan.nodes()) {
            NodeTraffic node =
                    new NodeTraffic(nodes.size(), kind, demand, disturbance, plan.fidelity(), random.split());
            node.attach(nowUs, chain.tip().height());
            nodes.add(node);
        }
    }

    public long nowUs() {
        return nowUs;
    }

    /** True time of the event that is being delivered, independent of its node's clock. */
    public long eventUs() {
        return eventUs;
    }

    public List<NodeTraffic> nodes() {
        return nodes;
    }

    /** Plays until that time, in whole minutes. */
    public void playUntil(long untilUs, Consumer<NodeEvent> to) {
        while (nowUs < untilUs) {
            playMinute(to);
        }
    }

    private void playMinute(Consumer<NodeEvent> to) {
        demand.step();
        List<Block> found = chain.advance(nowUs, nowUs + TrafficMinute.LENGTH_US);
        int size = 0;
        for (NodeTraffic node : nodes) {
            TrafficMinute slice = node.fill(nowUs, found, chain.winner());
            if (order.length < size + slice.size()) {
                order = Arrays.copyOf(order, Math.max(2 * order.length, size + slice.size()));
            }
            for (int call = 0; call < slice.size(); call++) {
                long sinceUs = slice.atUs(call) - nowUs;
                order[size++] = (sinceUs << NODE_BITS | node.index()) << CALL_BITS | call;
            }
        }
        Arrays.sort(order, 0, size);
        for (int i = 0; i < size; i++) {
            int node = (int) (order[i] >>> CALL_BITS) & (1 << NODE_BITS) - 1;
            eventUs = nowUs + (order[i] >>> CALL_BITS + NODE_BITS);
            nodes.get(node).publish((int) order[i] & (1 << CALL_BITS) - 1, to);
        }
        nowUs += TrafficMinute.LENGTH_US;
    }
}
