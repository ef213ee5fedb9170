package org.bitcoinwatchdog.detectors.node;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.DeploymentSignal;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.SignallingState;
import org.bitcoinwatchdog.events.UnknownBit;

/**
 * The versions of the newest blocks of a node's chain. A header tells the version, before its block is connected or, of a
 * block that the node mined, when it announces it. A block whose header was not seen has an unknown version and counts neither way.
 */
public final class VersionBits implements Stateful {
    /** Of the last blocks, for bits that no deployment uses: as many as Core looks at for its warning of unknown new rules. */
    public static final int UNKNOWN_WINDOW = 100;
    private static final int BLOCKS = Deployment.LONGEST_PERIOD;
    private static final int HEADERS = 64;
    /** Far above every chain, and far from an overflow. */
    private static final int HIGHEST = 1 << 30;
    /** MAX_BLOCKS_TO_ANNOUNCE in Core's net_processing.cpp. */
    private static final int OWN_HEADERS = 8;
    private static final int TOP_MASK = 0xe000_0000;
    private static final int TOP_BITS = 0x2000_0000;
    /** BIP 320 gives bits 13 to 28 to miners as a second nonce. */
    private static final int LAST_UNROLLED_BIT = 12;

    private final List<Deployment> deployments;
    private final Map<ByteString, Integer> announced = new LinkedHashMap<>();
    /** By height modulo its length; 0 if unknown. */
    private final int[] versions = new int[BLOCKS];
    private int tipHeight = -1;
    private Optional<SignallingState> state;

    public VersionBits(List<Deployment> deployments) {
        this.deployments = List.copyOf(deployments);
        state = Optional.empty();
    }

    /** @return whether anything changed */
    boolean on(NodeEvent event, Chain chain) {
        if (event.hasBlockConnected()) {
            connected(event.getBlockConnected(), chain);
            return true;
        }
        List<BlockHeader> headers = event.hasInboundMessage() ? AnnouncedHeaders.in(event)
                : event.hasOutboundMessage() ? sent(event.getOutboundMessage()) : List.of();
        boolean changed = false;
        for (int i = Math.max(0, headers.size() - HEADERS); i < headers.size(); i++) {
            changed |= heard(headers.get(i), chain);
        }
        return changed;
    }

    /** A node that mines announces its own blocks. More headers are the answer to a peer that catches up. */
    private static List<BlockHeader> sent(Message message) {
        return message.getHeaders().getHeadersCount() > 0 && message.getHeaders().getHeadersCount() <= OWN_HEADERS
                ? message.getHeaders().getHeadersList()
                : message.getBlock().hasHeader() ? List.of(message.getBlock().getHeader()) : List.of();
    }

    private boolean heard(BlockHeader header, Chain chain) {
        OptionalInt connected = chain.blocks().heightOf(new BlockHash(header.getHash()));
        if (connected.isEmpty()) {
            announced.put(header.getHash(), header.getVersion());
            if (announced.size() > HEADERS) {
                announced.remove(announced.keySet().iterator().next());
            }
            return true;
        }
        int at = connected.getAsInt() % BLOCKS;
        boolean news = connected.getAsInt() <= tipHeight && versions[at] == 0 && header.getVersion() != 0;
        if (news) {
            versions[at] = header.getVersion();
            state = compute();
        }
        return news;
    }

    private void connected(BlockConnected block, Chain chain) {
        Integer heard = announced.remove(block.getHash());
        int version = block.hasHeader() ? block.getHeader().getVersion() : heard == null ? 0 : heard;
        int height = block.getHeight();
        int tip = chain.tip().map(Chain.Tip::height).orElse(height);
        if (height < 0 || tip < 0 || tip > HIGHEST) {
            return; // no agent writes such a record
        }
        // What is above the tip was replaced; what is between the two was missed.
        for (int each = Math.max(tip, tipHeight - BLOCKS) + 1; each <= tipHeight; each++) {
            versions[each % BLOCKS] = 0;
        }
        for (int each = Math.max(tipHeight, tip - BLOCKS) + 1; each <= tip; each++) {
            versions[each % BLOCKS] = 0;
        }
        tipHeight = tip;
        if (height > tip - BLOCKS) {
            versions[height % BLOCKS] = version;
        }
        state = compute();
    }

    /** Empty before the first block whose header is known. */
    public Optional<SignallingState> state() {
        return state;
    }

    private Optional<SignallingState> compute() {
        if (count(Math.max(0, tipHeight - BLOCKS + 1), -1) == 0) {
            return Optional.empty();
        }
        SignallingState.Builder now = SignallingState.newBuilder();
        deployments.stream().filter(each -> each.current(tipHeight)).forEach(each -> now.addDeployments(signal(each)));
        int since = Math.max(0, tipHeight - UNKNOWN_WINDOW + 1);
        for (int bit = 0; bit <= LAST_UNROLLED_BIT; bit++) {
            int signalling = count(since, bit);
            if (signalling > 0 && unused(bit)) {
                now.addUnknownBits(UnknownBit.newBuilder().setBit(bit).setSignallingBlocks(signalling).setKnownBlocks(count(since, -1)));
            }
        }
        return Optional.of(now.build());
    }

    private boolean unused(int bit) {
        return deployments.stream().noneMatch(each -> each.bit() == bit);
    }

    private DeploymentSignal signal(Deployment each) {
        int start = each.periodStart(tipHeight);
        int known = count(start, -1);
        int signalling = count(start, each.bit());
        boolean ignored = each.mandatoryHeight() > 0 && tipHeight >= each.mandatoryHeight()
                && count(each.mandatoryHeight(), each.bit()) < count(each.mandatoryHeight(), -1);
        return DeploymentSignal.newBuilder().setName(each.name()).setBit(each.bit()).setPeriodStart(start).setPeriodBlocks(each.period())
                .setKnownBlocks(known).setSignallingBlocks(signalling).setPossibleBlocks(each.period() - known + signalling)
                .setThresholdBlocks(each.threshold()).setMandatoryHeight(each.mandatoryHeight()).setMandatoryIgnored(ignored).build();
    }

    /** @param bit -1 for all blocks whose version is known */
    private int count(int since, int bit) {
        int blocks = 0;
        for (int height = Math.max(since, tipHeight - BLOCKS + 1); height <= tipHeight; height++) {
            int version = versions[height % BLOCKS];
            boolean counts = bit < 0 ? version != 0 : (version & TOP_MASK) == TOP_BITS && (version >>> bit & 1) == 1;
            blocks += counts ? 1 : 0;
        }
        return blocks;
    }

    @Override
    public String section() {
        return "version-bits";
    }

    @Override
    public void save(StateWriter out) {
        int first = Math.max(0, tipHeight - BLOCKS + 1);
        while (first <= tipHeight && versions[first % BLOCKS] == 0) {
            first++;
        }
        ByteBuffer known = ByteBuffer.allocate(Integer.BYTES * Math.max(0, tipHeight - first + 1));
        for (int height = first; height <= tipHeight; height++) {
            known.putInt(versions[height % BLOCKS]);
        }
        out.version(1).number(tipHeight).bytes(known.array());
        out.each(announced.entrySet(), (entry, to) -> to.bytes(entry.getKey()).number(entry.getValue()));
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        tipHeight = in.integer();
        ByteBuffer known = ByteBuffer.wrap(in.bytes());
        for (int height = tipHeight - known.remaining() / Integer.BYTES + 1; height <= tipHeight; height++) {
            versions[Math.floorMod(height, BLOCKS)] = known.getInt();
        }
        in.each(from -> announced.put(from.byteString(), from.integer()));
        state = tipHeight < 0 ? Optional.empty() : compute();
    }
}
