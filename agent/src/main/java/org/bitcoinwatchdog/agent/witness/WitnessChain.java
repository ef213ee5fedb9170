package org.bitcoinwatchdog.agent.witness;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitcoinwatchdog.agent.p2p.BlockHeaderReader;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Network;

/**
 * The best chain as one witness shows it. Each header's hash, proof of work, target, time and link to the header before it are
 * checked, so a witness can show old or withheld blocks, but none that cost nothing.
 */
final class WitnessChain {
    /** A witness that was away for longer than about six hours starts anew at its tip. */
    static final int LONGEST_WALK = 36;
    private static final int KEPT = 300;
    /** MAX_FUTURE_BLOCK_TIME in Core's chain.h. */
    private static final Duration MOST_AHEAD = Duration.ofHours(2);
    private static final int HEADER_BYTES = 80;

    /** @param work of the chain up to this block, counted from the first header that was seen */
    record WitnessBlock(BlockHeader header, int height, BigInteger work) {
    }

    private final BlockHeaderReader reader;
    private final TargetRules rules;
    private final Clock clock;
    private final Map<ByteString, WitnessBlock> known = new LinkedHashMap<>();
    private WitnessBlock best;

    WitnessChain(Network network, Clock clock) {
        this.reader = new BlockHeaderReader(network.name());
        this.rules = new TargetRules(network);
        this.clock = clock;
    }

    /**
     * Asks for the tip, and for the headers between it and what is known.
     *
     * @return the blocks that its best chain gained, lowest first. Empty if it shows the same tip, one of its ancestors (as a
     *         cluster of servers does that are not equally fast), or a branch with less work
     * @throws IOException if an answer is missing or breaks a rule; what is known stays as it was
     */
    List<WitnessBlock> follow(HeaderSource source) throws IOException {
        ByteString tip = source.tip();
        if (known.containsKey(tip)) {
            return List.of();
        }
        if (best == null) {
            return start(header(tip, source), source.height(tip));
        }
        Deque<BlockHeader> path = new ArrayDeque<>();
        ByteString hash = tip;
        while (!known.containsKey(hash) && path.size() < LONGEST_WALK) {
            path.addFirst(header(hash, source));
            hash = path.getFirst().getPreviousHash();
        }
        if (!known.containsKey(hash)) {
            return startAnew(path.getLast(), source.height(tip));
        }
        return take(extend(known.get(hash), path));
    }

    private BlockHeader header(ByteString hash, HeaderSource source) throws IOException {
        byte[] bytes = source.header(hash);
        if (bytes.length != HEADER_BYTES) {
            throw new WitnessFault("a header of " + bytes.length + " bytes is not one of this network: a header has 80");
        }
        BlockHeader header = reader.read(bytes);
        if (!header.getHash().equals(hash)) {
            throw new WitnessFault("a header is not that of the block that was asked for");
        }
        if (!header.getProofOfWorkValid()) {
            throw new WitnessFault("a header has no valid proof of work");
        }
        if (Integer.toUnsignedLong(header.getTimeS()) > clock.instant().plus(MOST_AHEAD).getEpochSecond()) {
            throw new WitnessFault("a header's time is more than two hours ahead");
        }
        return header;
    }

    private List<WitnessBlock> start(BlockHeader header, int height) throws WitnessFault {
        rules.checkFirst(header);
        known.clear();
        best = keep(new WitnessBlock(header, height, TargetRules.work(header)));
        return List.of(best);
    }

    private List<WitnessBlock> startAnew(BlockHeader header, int height) throws WitnessFault {
        if (height <= best.height()) {
            throw new WitnessFault("its tip at height " + height + " has no block in common with its tip at height "
                    + best.height());
        }
        return start(header, height);
    }

    private WitnessBlock extend(WitnessBlock parent, Deque<BlockHeader> path) throws WitnessFault {
        Deque<WitnessBlock> checked = new ArrayDeque<>();
        WitnessBlock last = parent;
        for (BlockHeader header : path) {
            rules.check(header, last.height() + 1, last.header());
            last = new WitnessBlock(header, last.height() + 1, last.work().add(TargetRules.work(header)));
            checked.add(last);
        }
        checked.forEach(this::keep);
        return last;
    }

    private List<WitnessBlock> take(WitnessBlock tip) {
        if (tip.work().compareTo(best.work()) <= 0) {
            return List.of();
        }
        Set<ByteString> before = new HashSet<>();
        for (WitnessBlock block = best; block != null; block = known.get(block.header().getPreviousHash())) {
            before.add(block.header().getHash());
        }
        Deque<WitnessBlock> gained = new ArrayDeque<>();
        for (WitnessBlock block = tip; block != null && !before.contains(block.header().getHash());
                block = known.get(block.header().getPreviousHash())) {
            gained.addFirst(block);
        }
        best = tip;
        return List.copyOf(gained);
    }

    private WitnessBlock keep(WitnessBlock block) {
        known.put(block.header().getHash(), block);
        if (known.size() > KEPT) {
            known.remove(known.keySet().iterator().next());
        }
        return block;
    }
}
