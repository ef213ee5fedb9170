package org.bitcoinwatchdog.detectors.fleet;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.alerting.Firing;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.ChainBlock;
import org.bitcoinwatchdog.events.ChainBranch;
import org.bitcoinwatchdog.events.FiringAlert;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.Score;

/** What the fleet knows of one of its nodes: its last digest. All times are by that node's own clock. */
public final class FleetNode implements Stateful {
    /** A node without a digest for this long is silent. Silence is not lag: another alert reports it. */
    private static final long SILENT_NS = Duration.ofSeconds(60).toNanos();

    private static final BlockHash NO_HASH = new BlockHash(ByteString.EMPTY);

    /** How long a node that is read promptly waits for nodes with a backlog. After this time they count as gone. */
    private static final long AWAITED_NS = Duration.ofMinutes(15).toNanos();

    private final String name;
    private long atNs;
    private long previousAtNs;
    private long blocksKnownSinceNs;
    private boolean armed;
    private boolean stopped;
    private boolean behind;
    private boolean witness;
    private long promptSinceNs;
    private boolean hasTip;
    private int height;
    private long connectedAtNs;
    private BlockHash hash = NO_HASH;
    private int inboundPeers;
    private Set<String> firing = Set.of();
    /** Alerts of fleet rules about this node. */
    /** Alerts about it that fire, with their severity. Not stored: the next digest has them. */
    private List<FiringAlert> nodeAlerts = List.of();
    private final Firing firingInFleet = new Firing();
    /** Of the digest that is being handled; not kept. */
    private List<Score> scores = List.of();
    /** The newest blocks of its chain, the tip first; empty if the digest has none, and not kept. */
    private List<ChainBlock> chain = List.of();
    /** The last one; not kept. */
    private NodeDigest digest = NodeDigest.getDefaultInstance();
    /** Rules that are off for it, as the configuration names them; not kept. */
    private Set<String> leftOutOf = Set.of();

    FleetNode(String name) {
        this.name = name;
    }

    void take(NodeDigest digest) {
        previousAtNs = atNs == 0 ? digest.getAtNs() : atNs;
        atNs = digest.getAtNs();
        this.digest = digest;
        blocksKnownSinceNs = digest.getBlocksKnownSinceNs();
        armed = !digest.getCatchingUp();
        promptSinceNs = behind && !digest.getBehind() ? atNs : promptSinceNs;
        behind = digest.getBehind();
        stopped = digest.getStopped();
        witness = digest.getWitness();
        hasTip = digest.hasTip();
        scores = digest.getScoresList();
        chain = digest.getChainList();
        height = digest.getTip().getHeight();
        connectedAtNs = digest.getTip().getConnectedAtNs();
        hash = hasTip ? new BlockHash(digest.getTip().getHash()) : NO_HASH;
        inboundPeers = digest.getInboundPeers();
        nodeAlerts = digest.getAlertsList();
        firing = digest.getFiringCount() == 0 ? Set.of() : Set.copyOf(digest.getFiringList());
    }

    void leftOutOf(Set<String> rules) {
        leftOutOf = rules;
    }

    /** Whether the configuration switches that rule off for this node. */
    public boolean leftOutOf(String rule) {
        return leftOutOf.contains(rule);
    }

    /** The score in the digest being handled; empty if the rule is disarmed, or if the digest is another node's. */
    public Optional<Score> score(String rule) {
        for (Score score : scores) {
            if (score.getRule().equals(rule)) {
                return Optional.of(score);
            }
        }
        return Optional.empty();
    }

    /** The digest that is being handled. After a restart it is empty until the node's next one. */
    public NodeDigest digest() {
        return digest;
    }

    public String name() {
        return name;
    }

    public long atNs() {
        return atNs;
    }

    /** Time of the digest before the last. */
    public long previousAtNs() {
        return previousAtNs;
    }

    public long blocksKnownSinceNs() {
        return blocksKnownSinceNs;
    }

    /** Whether it runs, and has been at the tip for long enough to be compared with others. */
    public boolean counts() {
        return armed && !stopped;
    }

    public boolean stopped() {
        return stopped;
    }

    /** Whether it is a view of the best chain from outside: nodes are compared with it, and it is never judged. */
    public boolean witness() {
        return witness;
    }

    /**
     * Whether it was still alive at a time of another node. A node with a later clock was alive: while a backlog is
     * read, the partitions of different nodes are at different times.
     */
    public boolean heardAt(long otherNs) {
        return atNs >= otherNs - SILENT_NS;
    }

    /** Whether a backlog of its events is being read, so that other nodes may be read ahead of it. */
    public boolean behind() {
        return behind;
    }

    /** Whether events of another node are still to be read, which may have been alive at this node's time. */
    public boolean awaits(FleetNode other) {
        return other.behind && other.counts() && atNs - promptSinceNs < AWAITED_NS;
    }

    public boolean hasTip() {
        return hasTip;
    }

    /** Whether its tip is up to date: no block can have been missed since the tip was connected. */
    public boolean tipKnown() {
        return hasTip && connectedAtNs >= blocksKnownSinceNs;
    }

    /** Branches beside its chain, by its last digest; empty after a restart, until the next digest. */
    public List<ChainBranch> branches() {
        return digest.getBranchesList();
    }

    /** Labels of the known branches that it is on, by its last digest, or empty. */
    String side() {
        return String.join(" ", digest.getSidesList());
    }

    List<ChainBlock> chain() {
        return chain;
    }

    public int height() {
        return height;
    }

    /** When it connected its tip; 0 before the first. */
    public long connectedAtNs() {
        return connectedAtNs;
    }

    /** Hash of its tip. */
    public BlockHash hash() {
        return hash;
    }

    public int inboundPeers() {
        return inboundPeers;
    }

    /** Whether an alert of that name fires about this node, from a node rule or a fleet rule. */
    public boolean firing(String alertname) {
        return firing.contains(alertname) || firingInFleet.alertnames().contains(alertname);
    }

    /** Every alert about it that fires, of rules about it alone and of rules about the fleet. */
    List<FiringAlert> alerts() {
        List<FiringAlert> ofFleet = firingInFleet.alerts();
        return ofFleet.isEmpty() ? nodeAlerts : Stream.concat(nodeAlerts.stream(), ofFleet.stream()).toList();
    }

    Firing firingInFleet() {
        return firingInFleet;
    }

    @Override
    public String section() {
        return FleetNodes.section(name);
    }

    @Override
    public void save(StateWriter out) {
        out.version(4).number(atNs).number(previousAtNs).number(blocksKnownSinceNs).flag(armed).flag(stopped)
                .flag(hasTip).number(height).number(connectedAtNs).bytes(hash.wire()).number(inboundPeers)
                .each(firing, (alertname, to) -> to.text(alertname));
        firingInFleet.save(out);
        out.flag(behind).number(promptSinceNs).flag(witness);
    }

    @Override
    public void restore(StateReader in) {
        int version = in.version(4);
        atNs = in.number();
        previousAtNs = in.number();
        blocksKnownSinceNs = in.number();
        armed = in.flag();
        stopped = in.flag();
        hasTip = in.flag();
        height = in.integer();
        connectedAtNs = in.number();
        if (version >= 2) {
            hash = new BlockHash(in.byteString());
            inboundPeers = in.integer();
            Set<String> stored = new HashSet<>();
            in.each(from -> stored.add(from.text()));
            firing = Set.copyOf(stored);
            firingInFleet.restore(in);
        }
        if (version >= 3) {
            behind = in.flag();
            promptSinceNs = in.number();
        }
        witness = version >= 4 && in.flag();
    }
}
