package org.bitcoinwatchdog.detectors.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * What the messages of one run of bitcoind show about its tip. Its own messages are reliable: a feefilter shows whether
 * it is in initial block download, a version message shows its height. The version messages of its peers show their
 * heights, and may lie. So only peers that the node or its operator chose count, with the median of their heights. Half
 * of the outbound peers are needed to move it. Feelers and address fetches don't count, because addresses that a peer
 * sends lead them.
 */
public final class TipEvidence {
    /**
     * In initial block download bitcoind sends the highest value of its rounder instead of MAX_MONEY (MaybeSendFeefilter,
     * net_processing.cpp): at least 10,000,000 / 1.1 (MAX_FILTER_FEERATE, FEE_FILTER_SPACING, block_policy_estimator.h). A mempool's
     * minimum is thousands of times smaller.
     */
    private static final long DOWNLOADING_SAT = 9_000_000;
    private static final int ENOUGH_PEERS = 3;
    private static final int REMEMBERED = 16;

    private record PeerHeight(int height, boolean manual) {
    }

    private final Deque<PeerHeight> peers = new ArrayDeque<>();
    private boolean downloading;
    /** Since when the node tells that it is not in initial block download; 0 if it does not tell so. */
    private long toldSinceNs;
    private OptionalInt own = OptionalInt.empty();

    /** Whether the node tells that it is in initial block download. */
    public boolean downloading() {
        return downloading;
    }

    /** How long the node has told that it is not in initial block download; 0 if it does not tell. */
    public long toldForNs(long nowNs) {
        return toldSinceNs == 0 ? 0 : nowNs - toldSinceNs;
    }

    /** The node's height, from what it told a peer or from a block connected since. */
    public OptionalInt ownHeight() {
        return own;
    }

    /** The median height of the outbound peers when they connected; empty if too few told. */
    public OptionalInt peersHeight() {
        boolean enough = peers.size() >= ENOUGH_PEERS || peers.stream().anyMatch(PeerHeight::manual);
        return enough ? peers.stream().mapToInt(PeerHeight::height).sorted().skip((peers.size() - 1) / 2).findFirst()
                : OptionalInt.empty();
    }

    /** How many blocks the peers' median is ahead of the node; negative where the node is ahead. */
    public OptionalInt behind() {
        OptionalInt theirs = peersHeight();
        return own.isPresent() && theirs.isPresent() ? OptionalInt.of(theirs.getAsInt() - own.getAsInt()) : OptionalInt.empty();
    }

    /** @return whether anything changed */
    boolean on(NodeEvent event, long nowNs) {
        return switch (event.getBodyCase()) {
            case INBOUND_MESSAGE -> received(event.getInboundMessage());
            case OUTBOUND_MESSAGE -> sent(event.getOutboundMessage(), nowNs);
            case BLOCK_CONNECTED -> own(event.getBlockConnected().getHeight());
            default -> false;
        };
    }

    void startAnew() {
        peers.clear();
        downloading = false;
        toldSinceNs = 0;
        own = OptionalInt.empty();
    }

    private boolean received(Message message) {
        if (!message.hasVersion() || !chosen(message.getPeer().getConnectionType())) {
            return false;
        }
        peers.addLast(new PeerHeight(Math.max(0, message.getVersion().getStartHeight()),
                message.getPeer().getConnectionType() == ConnectionType.CONNECTION_TYPE_MANUAL));
        if (peers.size() > REMEMBERED) {
            peers.removeFirst();
        }
        return true;
    }

    private static boolean chosen(ConnectionType type) {
        return switch (type) {
            case CONNECTION_TYPE_OUTBOUND_FULL_RELAY, CONNECTION_TYPE_BLOCK_RELAY_ONLY, CONNECTION_TYPE_MANUAL -> true;
            default -> false;
        };
    }

    private boolean sent(Message message, long nowNs) {
        if (message.hasFeeFilter()) {
            return told(message.getFeeFilter().getMinFeeSatPerKvb() >= DOWNLOADING_SAT, nowNs);
        }
        // A private broadcast connection always tells the height 0.
        boolean tells = message.hasVersion()
                && message.getPeer().getConnectionType() != ConnectionType.CONNECTION_TYPE_PRIVATE_BROADCAST;
        return tells && own(message.getVersion().getStartHeight());
    }

    private boolean told(boolean nowDownloading, long nowNs) {
        boolean known = downloading || toldSinceNs != 0;
        if (known && nowDownloading == downloading) {
            return false;
        }
        downloading = nowDownloading;
        toldSinceNs = nowDownloading ? 0 : nowNs;
        return true;
    }

    private boolean own(int height) {
        boolean changed = own.isEmpty() || own.getAsInt() != height;
        own = OptionalInt.of(height);
        return changed;
    }

    void save(StateWriter out) {
        out.flag(downloading).number(toldSinceNs).flag(own.isPresent()).number(own.orElse(0));
        out.each(peers, (peer, to) -> to.number(peer.height()).flag(peer.manual()));
    }

    void restore(StateReader in) {
        downloading = in.flag();
        toldSinceNs = in.number();
        boolean known = in.flag();
        int height = in.integer();
        own = known ? OptionalInt.of(height) : OptionalInt.empty();
        in.each(from -> peers.addLast(new PeerHeight(from.integer(), from.flag())));
    }
}
