package org.bitcoinwatchdog.detectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bitcoinwatchdog.events.MisbehavingConnection;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Nonce;
import org.bitcoinwatchdog.events.UtxoCacheFlush;

/** Traffic of three nodes that makes every rule start, change and end, the same for the same seed. */
public final class RandomTraffic {
    private static final int BRANCH = 1_000_000;

    private final Random random;
    private final Random mishaps;
    private final List<NodeEvent> events = new ArrayList<>();
    private final TestNode[] nodes = new TestNode[3];
    private final List<List<Long>> open = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    private long peer;
    private int height = 100;

    private RandomTraffic(long seed) {
        random = new Random(seed);
        mishaps = new Random(~seed);
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = new TestNode("node-" + i, events::add).started().connects(height);
        }
    }

    public static List<NodeEvent> of(long seed, int minutes) {
        RandomTraffic traffic = new RandomTraffic(seed);
        for (int minute = 0; minute < minutes; minute++) {
            traffic.minute();
        }
        return traffic.events;
    }

    private void minute() {
        if (random.nextInt(8) == 0) {
            block();
            if (height % 4 == 2) {
                branch();
            }
        }
        for (int i = 0; i < nodes.length; i++) {
            connections(nodes[i], open.get(i));
            addresses(nodes[i], open.get(i));
            mishap(nodes[i], open.get(i));
            if (random.nextInt(200) == 0) {
                nodes[i].agentRestartedAfter(Duration.ofSeconds(random.nextInt(30)));
            }
            nodes[i].waits(Duration.ofSeconds(60));
        }
    }

    private void mishap(TestNode node, List<Long> peers) {
        switch (mishaps.nextInt(40)) {
            case 0 -> node.does(event -> event.setMisbehavingConnection(
                    MisbehavingConnection.newBuilder().setPeerId(1).setReason("mutated block")));
            case 1 -> node.does(event -> event.setUtxoCacheFlush(UtxoCacheFlush.newBuilder().setDurationUs(40_000_000)));
            case 2 -> peers.stream().limit(1).forEach(peer -> {
                for (int ping = 0; ping < 4; ping++) {
                    node.receives(peer, "ping", message -> message.setNonce(Nonce.newBuilder().setNonce(1)));
                }
            });
            default -> { }
        }
    }

    /** Sometimes the first node does not connect the block, although it may have heard of it. */
    private void block() {
        height++;
        boolean starved = height % 20 > 14;
        for (int i = starved ? 1 : 0; i < nodes.length; i++) {
            for (int missed = height % 20 == 0 && i == 0 ? height - 5 : height; missed <= height; missed++) {
                if (!open.get(i).isEmpty()) {
                    nodes[i].receivesHeader(open.get(i).get(0), missed);
                }
                nodes[i].connects(missed);
            }
        }
        if (starved && !open.get(0).isEmpty()) {
            nodes[0].receivesHeader(open.get(0).get(0), height);
        }
    }

    /** A branch of one to three blocks beside the block before last. Each node hears of it. */
    private void branch() {
        int previous = height - 2;
        for (int block = BRANCH + height - 1; block <= BRANCH + height - 1 + height % 3; block++) {
            for (int i = 0; i < nodes.length; i++) {
                if (!open.get(i).isEmpty()) {
                    nodes[i].receivesHeader(open.get(i).get(0), block, previous, TestNode.EASY, true);
                }
            }
            previous = block;
        }
    }

    private void connections(TestNode node, List<Long> peers) {
        if (peers.size() < 40) {
            boolean inbound = random.nextInt(4) > 0;
            int network = random.nextInt(5) == 0 ? 20 + random.nextInt(60) : 99;
            node.opens(peer, network + ".1." + random.nextInt(250) + ".1:8333", inbound ? TestNode.INBOUND : TestNode.FULL_RELAY);
            peers.add(peer++);
        }
        if (random.nextInt(3) == 0 && !peers.isEmpty()) {
            node.closes(peers.remove(random.nextInt(peers.size())));
        }
        peers.forEach(each -> node.receives(each, "ping"));
    }

    private void addresses(TestNode node, List<Long> peers) {
        if (peers.isEmpty()) {
            return;
        }
        long from = peers.get(random.nextInt(peers.size()));
        int messages = random.nextInt(40) == 0 ? 200 : 1;
        for (int i = 0; i < messages; i++) {
            node.receivesAddresses(from, random.nextInt(1 << 20), messages > 1 ? 10 : 1);
        }
    }
}
