package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.List;
import java.util.function.Consumer;
import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan.SimulatedAddress;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStopped;
import org.bitcoinwatchdog.events.Peer;

/** One simulated node: its sources of traffic, and the starts and ends of its bitcoind and agent. */
public final class NodeTraffic {
    private static final long NEVER_US = Long.MAX_VALUE;
    /** Time between two connections that bitcoind closes when it ends. */
    private static final long CLOSING_US = 5_000;

    private final String name;
    private final int index;
    private final NodeKind kind;
    private final Disturbance disturbance;
    private final RandomSource random;
    private final TrafficMinute slice;
    private final Connections connections;
    private final InboundVisitors visitors;
    private final OutboundSlots slots;
    private final Gossip gossip;
    private final Pings pings;
    private final BulkMessages bulk;
    private final BlockDelivery blocks;
    private final NodeHousekeeping housekeeping;
    private final SimulatedAgent agent;
    private final Misbehaviour misbehaviour;
    private boolean attaching;
    private boolean here = true;
    private boolean down;
    private long upSinceUs;
    private long endsUs = NEVER_US;
    private int height;
    private Block tip;

    NodeTraffic(int index, NodeKind kind, Demand demand, Disturbance disturbance, Fidelity fidelity, RandomSource random) {
        this.index = index;
        this.name = (kind == NodeKind.WITNESS ? "witness-" : "node-") + index;
        this.kind = kind;
        this.disturbance = disturbance;
        this.random = random;
        slice = new TrafficMinute(fidelity.gridUs());
        connections = new Connections(this, fidelity.pingShare(), random.split());
        visitors = new InboundVisitors(random.split());
        slots = new OutboundSlots(random.split());
        gossip = new Gossip(kind, random.split());
        pings = new Pings(fidelity, random.split());
        bulk = new BulkMessages(kind, demand, fidelity, random.split());
        blocks = new BlockDelivery(kind, random.split());
        housekeeping = new NodeHousekeeping(kind == NodeKind.WITNESS, fidelity, random.split());
        agent = new SimulatedAgent(this, disturbance);
        misbehaviour = new Misbehaviour(kind, random.split());
    }

    public String name() {
        return name;
    }

    public int index() {
        return index;
    }

    public NodeKind kind() {
        return kind;
    }

    public Connections connections() {
        return connections;
    }

    /** The agent attaches to a bitcoind that has long been running and has its peers. */
    void attach(long atUs, int tipHeight) {
        height = tipHeight;
        upSinceUs = atUs - 7 * 86_400_000_000L;
        housekeeping.start(upSinceUs);
        if (kind != NodeKind.WITNESS) {
            slots.adopt(connections, atUs);
        }
        if (kind == NodeKind.LISTENING) {
            visitors.adopt(connections, atUs);
        }
        housekeeping.beatFrom(atUs);
        attaching = true;
    }

    TrafficMinute fill(long fromUs, List<Block> found, int winner) {
        slice.begin(fromUs);
        blocks.hear(found);
        boolean exists = disturbance.exists(this, fromUs);
        if (exists != here) {
            here = exists;
            comesOrGoes();
        }
        if (attaching) {
            attaching = false;
            attachAgent(slice);
        }
        disturbance.act(this, slice);
        if (!down) {
            traffic(winner);
        }
        return slice;
    }

    private void comesOrGoes() {
        attaching = false;
        if (here) {
            start(slice, 0);
        } else {
            slice.clear();
            ended();
        }
    }

    private void traffic(int winner) {
        housekeeping.fill(slice);
        if (endsUs < slice.toUs()) {
            slice.add(endsUs, Traced.STOPPED, stopped(NodeStopped.Cause.CAUSE_PROCESS_ENDED));
            ended();
        }
        if (endsUs != NEVER_US || down || slice.fromUs() < upSinceUs) {
            return;
        }
        blocks.fill(this, slice, disturbance, winner);
        if (kind == NodeKind.WITNESS) {
            return;
        }
        connections.expire(slice);
        if (!disturbance.findsNoPeer(this, slice.fromUs())) {
            slots.fill(this, slice);
        }
        if (kind == NodeKind.LISTENING) {
            visitors.fill(this, slice, disturbance.operator(slice.fromUs()));
        }
        gossip.fill(this, slice);
        pings.fill(this, slice);
        bulk.fill(this, slice, disturbance.transactions(slice.fromUs()));
        misbehaviour.fill(this, slice);
    }

    /** Kills bitcoind; call it from {@link Disturbance#act}. */
    public void stop(TrafficMinute now) {
        now.clear();
        now.add(now.fromUs(), Traced.STOPPED, stopped(NodeStopped.Cause.CAUSE_PROCESS_ENDED));
        ended();
    }

    /** Ends bitcoind: it closes all connections at once, writes its cache for that time, and then ends. */
    public void shutDown(TrafficMinute now, long writesUs) {
        long atUs = now.fromUs();
        now.keepOnly(Traced.CLOSED, atUs);
        for (SimulatedPeer peer : connections.list()) {
            connections.close(now, atUs += CLOSING_US, peer);
        }
        endsUs = atUs + writesUs;
        now.add(endsUs - 1, Traced.FLUSH, NodeHousekeeping.lastFlush(writesUs));
    }

    private void ended() {
        connections.clear();
        slots.clear();
        endsUs = NEVER_US;
        down = true;
    }

    /** bitcoind starts again, with no connection, and reads its indexes for that long before it opens any. */
    public void start(TrafficMinute now, long readsUs) {
        down = false;
        upSinceUs = now.fromUs() + readsUs;
        housekeeping.start(now.fromUs());
        now.add(now.fromUs(), Traced.STARTED, housekeeping.started());
    }

    /** The agent ends, bitcoind runs on. */
    public void detachAgent(TrafficMinute now) {
        now.add(now.fromUs(), Traced.STOPPED, stopped(NodeStopped.Cause.CAUSE_AGENT_STOPPED));
    }

    /** The agent attaches to the same bitcoind again. */
    public void attachAgent(TrafficMinute now) {
        now.add(now.fromUs(), Traced.STARTED, housekeeping.started());
    }

    /** Puts a hostile peer into an outbound slot; false once the attacker has them all. */
    public boolean captureOutbound(TrafficMinute now, long atUs, SimulatedAddress endpoint, long lifetimeUs) {
        return slots.capture(this, now, atUs, endpoint, lifetimeUs);
    }

    /** Disconnects some of its full-relay peers. New ones take their slots. */
    public void dropOutbound(TrafficMinute now, int count) {
        slots.drop(this, now, count);
    }

    /** Evicts an honest peer where all inbound slots are taken. */
    public void makeRoom(TrafficMinute now, long atUs) {
        connections.makeRoom(now, atUs, InboundVisitors.SLOTS, random);
    }

    public int inboundSlots() {
        return InboundVisitors.SLOTS;
    }

    /** A ping of that peer and our answer. */
    public void pinged(TrafficMinute now, long atUs, SimulatedPeer by) {
        pings.exchange(by, now, atUs, false);
    }

    /** Sends getaddr to that peer, which answers with 1,000 addresses. */
    public void askForAddresses(TrafficMinute now, long atUs, SimulatedPeer peer) {
        gossip.ask(peer, atUs, now);
    }

    /** The block that this node connected last; null before the first since the simulation began. */
    public Block tip() {
        return tip;
    }

    public long clockUs(long atUs) {
        return atUs + disturbance.clockOffsetUs(this, atUs);
    }

    public boolean witness() {
        return kind == NodeKind.WITNESS;
    }

    /** The height that honest peers tell: that of the highest block whose header has reached the node. */
    int toldHeight() {
        return Math.max(height, blocks.toldHeight());
    }

    boolean downloads(long atUs) {
        return disturbance.downloads(this, atUs);
    }

    public int height() {
        return height;
    }

    public long upSinceUs() {
        return upSinceUs;
    }

    Gossip gossip() {
        return gossip;
    }

    /** A peer to use as sender; a default one if the node has no peer. */
    public Peer anyPeer() {
        SimulatedPeer any = connections.any(random);
        return any == null ? Peer.getDefaultInstance() : any.peer;
    }

    void connected(Block block) {
        height = block.height();
        tip = block;
    }

    /** Gives one call of the minute to the agent. */
    void publish(int call, Consumer<NodeEvent> to) {
        agent.publish(slice.traced(call), slice.body(call), slice.atUs(call), to);
    }

    private NodeStopped stopped(NodeStopped.Cause cause) {
        return NodeStopped.newBuilder().setPid(housekeeping.pid()).setCause(cause).build();
    }
}
