package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.NodeEvent;

/** Two to five nodes that follow random chains with stale blocks. Their agents may lose events, restart and join late. */
final class RandomChains {
    /** What happens to one in eight connected blocks. */
    enum Loss { NONE, REPORTED, SILENT }

    static final Duration STEP = Duration.ofSeconds(2);
    private static final int PEER = 1;
    private static final int GENESIS = 100;
    private static final int BEAT_STEPS = 5;
    private static final double MINED_IN_A_STEP = 1 / 300.0;

    private record Mined(int parent, int height) {
    }

    private record Arrival(long step, int block) {
    }

    /** A bitcoind with its own view of the chain, and its agent. */
    final class Node {
        private final TestNode agent;
        private final PriorityQueue<Arrival> arrivals = new PriorityQueue<>((a, b) -> Long.compare(a.step, b.step));
        private final Set<Integer> received = new HashSet<>(Set.of(GENESIS));
        private final long joinsAt;
        private long awayUntil;
        private int tip = GENESIS;
        private boolean lostLast;

        private Node(String name, long joinsAt) {
            agent = new TestNode(name, out);
            this.joinsAt = joinsAt;
        }

        int tip() {
            return tip;
        }

        TestNode agent() {
            return agent;
        }

        private boolean watched() {
            return step >= joinsAt && step >= awayUntil;
        }

        private void step() {
            if (step == joinsAt || step == awayUntil && step > joinsAt) {
                agent.agentRestartedAfter(Duration.ZERO).knows(PEER, "203.0.113.7:8333", TestNode.FULL_RELAY);
            }
            if (step == 0 && watched()) {
                agent.connects(GENESIS);
            }
            while (!arrivals.isEmpty() && arrivals.peek().step <= step) {
                arrives(arrivals.poll().block);
            }
            agent.leaps(STEP);
            if (watched() && step % BEAT_STEPS == 0) {
                agent.beats(beat -> beat);
            }
            if (restarts && watched() && step > joinsAt && random.nextInt(3_600) == 0) {
                awayUntil = step + 2 + random.nextInt(100);
            }
        }

        private void arrives(int block) {
            received.add(block);
            if (headers && watched()) {
                agent.receivesHeader(PEER, block, blocks.get(block).parent, TestNode.EASY, true);
            }
            received.stream().filter(each -> height(each) > height(tip) && complete(each))
                    .max((one, other) -> height(one) - height(other)).ifPresent(this::activates);
        }

        private boolean complete(int block) {
            int at = block;
            while (received.contains(at) && at != GENESIS) {
                at = blocks.get(at).parent;
            }
            return at == GENESIS;
        }

        private void activates(int block) {
            Deque<Integer> branch = new ArrayDeque<>();
            for (int at = block; !contains(tip, at); at = blocks.get(at).parent) {
                branch.push(at);
            }
            branch.forEach(this::connects);
            tip = block;
        }

        private void connects(int block) {
            // Two lost blocks without a Loss event look like a node that is stuck on a stale branch.
            boolean lost = loss != Loss.NONE && !(loss == Loss.SILENT && lostLast) && random.nextInt(8) == 0;
            lostLast = lost;
            if (!watched()) {
                return;
            }
            if (!lost) {
                agent.connects(block, height(block));
            } else if (loss == Loss.REPORTED) {
                agent.skipsASequence();
            }
        }
    }

    private final Consumer<NodeEvent> out;
    private final Random random;
    private final Loss loss;
    private final boolean restarts;
    private final boolean headers;
    private final Map<Integer, Mined> blocks = new HashMap<>(Map.of(GENESIS, new Mined(GENESIS - 1, GENESIS)));
    private final List<Node> nodes = new ArrayList<>();
    private long step;
    private int lastBlock = 1_000;
    private List<Integer> best = List.of(GENESIS);

    RandomChains(long seed, Loss loss, boolean restarts, Consumer<NodeEvent> out) {
        this.out = out;
        this.random = new Random(seed);
        this.loss = loss;
        this.restarts = restarts;
        headers = random.nextBoolean();
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            nodes.add(new Node("node-" + i, i > 1 && restarts && random.nextBoolean() ? random.nextInt(4_000) : 0));
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    int height(int block) {
        return blocks.get(block).height;
    }

    private boolean contains(int tip, int block) {
        int at = tip;
        while (blocks.containsKey(at) && height(at) > height(block)) {
            at = blocks.get(at).parent;
        }
        return at == block;
    }

    /** Miners find blocks, one in ten of them twice, and every node gets them within 20 seconds. */
    void mine(Duration time) {
        for (long until = step + time.toSeconds() / STEP.toSeconds(); step < until; step++) {
            if (random.nextDouble() < MINED_IN_A_STEP) {
                int parent = best.get(random.nextInt(best.size()));
                best = random.nextInt(10) == 0 ? List.of(mined(parent), mined(parent)) : List.of(mined(parent));
                best.forEach(block -> deliver(block, node -> true));
            }
            nodes.forEach(Node::step);
        }
    }

    void pass(Duration time) {
        for (long until = step + time.toSeconds() / STEP.toSeconds(); step < until; step++) {
            nodes.forEach(Node::step);
        }
    }

    int mined(int parent) {
        blocks.put(++lastBlock, new Mined(parent, height(parent) + 1));
        return lastBlock;
    }

    void deliver(int block, IntPredicate toNode) {
        for (int i = 0; i < nodes.size(); i++) {
            if (toNode.test(i)) {
                nodes.get(i).arrivals.add(new Arrival(step + random.nextInt(9), block));
            }
        }
    }

    /** The newest block; either one of two at once. */
    int best() {
        return best.get(0);
    }
}
