package org.bitcoinwatchdog.detectors.node;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * A node's tip, and whether the node is at the tip of its network, so that rules about blocks are armed.
 *
 * <p>Only blocks that the node connects, and what it tells its peers, count as catching up: an old header from a peer
 * can't disarm a rule. This also keeps the rules silent in functional tests. Those mine or sync hundreds of blocks at
 * once on chains with old headers, disconnect nodes on purpose, and end before a node is armed.
 */
public final class Chain implements Stateful {
    /** The block that a node connected last, and when. */
    public record Tip(BlockHash hash, int height, long connectedAtNs) {
    }

    private static final int KNOWN_HEADERS = 64;
    private static final long NS_PER_S = 1_000_000_000L;

    private final CatchUp settings;
    private final Deque<Long> connects = new ArrayDeque<>();
    /** Times in the headers received last, UNIX seconds. */
    private final Map<ByteString, Integer> headerTimes = new LinkedHashMap<>();
    private final OwnChain blocks = new OwnChain();
    private final ChainSides sides;
    private Tip tip;
    private boolean tipWasOld;
    private boolean begun;
    private long catchingUpUntilNs;
    private long nowNs;
    private long allClosedAtNs;
    private boolean seen = true;
    private final TipEvidence evidence = new TipEvidence();
    /** Until the next sign of a catch-up. */
    private boolean armedEarly;

    public Chain(CatchUp settings) {
        this(settings, List.of());
    }

    public Chain(CatchUp settings, List<KnownBranch> knownBranches) {
        this.settings = settings;
        this.sides = new ChainSides(knownBranches);
    }

    /** Which known branches the chain is on. */
    public ChainSides sides() {
        return sides;
    }

    public Optional<Tip> tip() {
        return Optional.ofNullable(tip);
    }

    /** The tip and the blocks below it, as far as they are known. */
    public OwnChain blocks() {
        return blocks;
    }

    /**
     * Whether the node has been at the tip for long enough that its silence is a sign. Always false without a
     * tracepoint for connected blocks.
     */
    public boolean armed() {
        return begun && seen && !tipWasOld && (armedEarly || quietFor(settings.armAfter())) && !mayBeEnding();
    }

    /** What the node and its peers tell about the height of its tip. */
    public TipEvidence evidence() {
        return evidence;
    }

    private boolean quietFor(Duration span) {
        return nowNs - catchingUpUntilNs >= span.toNanos();
    }

    /**
     * What the node tells arms the rules early. What peers tell can only delay that, up to the time without any message
     * of the node.
     *
     * @return whether it does now
     */
    private boolean armEarly() {
        boolean arms = !armedEarly && !evidence.downloading() && evidence.toldForNs(nowNs) >= settings.armAfterTold().toNanos()
                && quietFor(settings.armAfterTold()) && evidence.behind().orElse(0) <= 0;
        armedEarly |= arms;
        return arms;
    }

    private void catchingUp() {
        catchingUpUntilNs = nowNs;
        armedEarly = false;
    }

    /** Whether the tip's header was already too old when the tip was connected. */
    boolean tipWasOld() {
        return tipWasOld;
    }

    /** Whether bitcoind closed all connections so recently that it may be about to end. */
    public boolean mayBeEnding() {
        return allClosedAtNs != 0 && nowNs - allClosedAtNs < settings.ending().toNanos();
    }

    void allClosedAt(long atNs) {
        allClosedAtNs = atNs;
    }

    /** @return whether the state changed */
    boolean on(NodeEvent event, Continuity continuity) {
        nowNs = continuity.nowNs();
        seen = continuity.sees(Sight.BLOCKS);
        boolean restarted = !begun || continuity.restarted();
        if (restarted || catchingUpUntilNs > nowNs) {
            begun = true;
            catchingUp();
            evidence.startAnew();
            restarted = true;
        }
        boolean told = evidence.on(event, nowNs);
        if (evidence.downloading()) {
            catchingUp();
        }
        if (event.hasBlockConnected()) {
            connected(event.getBlockConnected(), continuity.blocksKnownSinceNs());
            sides.take(blocks);
            return true;
        }
        told |= event.hasHeartbeat() && sides.take(blocks);
        boolean arms = (told || event.hasHeartbeat()) && armEarly();
        var headers = AnnouncedHeaders.in(event);
        if (!headers.isEmpty()) {
            headers.forEach(this::announced);
        }
        return restarted || told || arms || !headers.isEmpty();
    }

    private void connected(BlockConnected block, long knownSinceNs) {
        if (block.hasHeader()) {
            announced(block.getHeader());
        }
        BlockHash hash = new BlockHash(block.getHash());
        if (blocks.connected(hash, block.getHeight(), nowNs, knownSinceNs)) {
            tip = new Tip(hash, block.getHeight(), nowNs);
        }
        connects.addLast(nowNs);
        if (connects.size() > settings.connects() + 1) {
            connects.removeFirst();
        }
        boolean burst = connects.size() > settings.connects()
                && nowNs - connects.getFirst() <= settings.window().toNanos();
        Integer madeAtS = headerTimes.remove(block.getHash());
        if (madeAtS != null) {
            long age = nowNs - Integer.toUnsignedLong(madeAtS) * NS_PER_S;
            tipWasOld = age > settings.oldTip().toNanos();
        }
        if (burst || tipWasOld) {
            catchingUp();
        }
    }

    private void announced(BlockHeader header) {
        blocks.announced(new BlockHash(header.getHash()), new BlockHash(header.getPreviousHash()));
        headerTimes.put(header.getHash(), header.getTimeS());
        if (headerTimes.size() > KNOWN_HEADERS) {
            headerTimes.remove(headerTimes.keySet().iterator().next());
        }
    }

    @Override
    public String section() {
        return "chain";
    }

    @Override
    public void save(StateWriter out) {
        out.version(4).flag(begun).flag(tipWasOld).number(catchingUpUntilNs).number(nowNs);
        out.each(connects, (at, to) -> to.number(at));
        out.each(headerTimes.entrySet(), (entry, to) -> to.bytes(entry.getKey()).number(entry.getValue()));
        out.flag(tip != null);
        if (tip != null) {
            out.bytes(tip.hash().wire()).number(tip.height()).number(tip.connectedAtNs());
        }
        blocks.save(out);
        out.flag(armedEarly);
        evidence.save(out);
        sides.save(out);
    }

    @Override
    public void restore(StateReader in) {
        int version = in.version(4);
        begun = in.flag();
        tipWasOld = in.flag();
        catchingUpUntilNs = in.number();
        nowNs = in.number();
        in.each(from -> connects.addLast(from.number()));
        in.each(from -> headerTimes.put(from.byteString(), from.integer()));
        if (in.flag()) {
            tip = new Tip(new BlockHash(in.byteString()), in.integer(), in.number());
        }
        if (version >= 2) {
            blocks.restore(in);
        }
        if (version >= 3) {
            armedEarly = in.flag();
            evidence.restore(in);
        }
        if (version >= 4) {
            sides.restore(in);
        }
    }
}
