package org.bitcoinwatchdog.detectors.blocks;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.node.ChainSides;
import org.bitcoinwatchdog.detectors.node.OwnChain.ChainLink;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.BlockHeader;

/**
 * Headers that extend the connected blocks of a node, and whose own blocks are not connected. They are few and bounded:
 * each costs its sender the work of a block, since targets easier than a retarget allows are refused.
 */
final class PendingHeaders {
    private static final int CONNECTED = 144;
    private static final int PENDING = 144;
    private static final int ANNOUNCERS = 8;
    /** A retarget makes blocks at most four times as easy (CalculateNextWorkRequired, pow.cpp). */
    private static final int EASIER = 4;

    /** A header whose block is not connected. */
    static final class Pending {
        final BlockHash hash;
        /** Empty in states of the first form. */
        final BlockHash parent;
        final int height;
        final long announcedAtNs;
        final int bits;
        final Set<String> announcers = new LinkedHashSet<>();

        private Pending(BlockHash hash, BlockHash parent, int height, long announcedAtNs, int bits) {
            this.hash = hash;
            this.parent = parent;
            this.height = height;
            this.announcedAtNs = announcedAtNs;
            this.bits = bits;
        }
    }

    private final Map<BlockHash, Integer> connected = new LinkedHashMap<>();
    private final Map<BlockHash, Pending> pending = new LinkedHashMap<>();
    private int tipHeight = -1;
    /** Of the last connected block whose header was heard; 0 before. */
    private int chainBits;

    /** @return whether anything changed */
    boolean announced(BlockHeader header, String announcer, long nowNs) {
        BlockHash hash = new BlockHash(header.getHash());
        Pending known = pending.get(hash);
        if (known != null) {
            return known.announcers.size() < ANNOUNCERS && known.announcers.add(announcer);
        }
        BlockHash previous = new BlockHash(header.getPreviousHash());
        Integer parent = heightOf(previous);
        boolean news = parent != null && !connected.containsKey(hash);
        boolean tooEasy = chainBits != 0 && CompactTarget.easier(header.getBits(), chainBits, EASIER);
        if (!news || tooEasy || pending.size() >= PENDING && !dropEasierThan(header.getBits())) {
            return false;
        }
        Pending added = new Pending(hash, previous, parent + 1, nowNs, header.getBits());
        added.announcers.add(announcer);
        pending.put(hash, added);
        return true;
    }

    /** Drops headers of the other side of a known split: they never become blocks of the node. */
    boolean dropSplit(ChainSides sides) {
        return pending.values().removeIf(each -> {
            Pending first = each;
            while (pending.containsKey(first.parent)) {
                first = pending.get(first.parent);
            }
            return sides.splitFrom(first.hash, first.height);
        });
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** An announcement by hash alone contains no work. It only shows which other peer has the block. */
    boolean announced(ByteString hash, String announcer) {
        Pending known = pending.get(new BlockHash(hash));
        return known != null && known.announcers.size() < ANNOUNCERS && known.announcers.add(announcer);
    }

    /**
     * Takes a connected block.
     *
     * @param chain the node's chain, the tip first: a block whose own event was lost is connected too. Empty if no block is known, as
     *              after a record with a malformed hash
     */
    void connected(BlockHash hash, List<ChainLink> chain) {
        if (chain.isEmpty()) {
            return;
        }
        int bits = Optional.ofNullable(pending.get(hash)).map(header -> header.bits).orElse(0);
        if (bits != 0) {
            chainBits = bits;
            pending.values().removeIf(each -> CompactTarget.easier(each.bits, chainBits, EASIER));
        }
        tipHeight = chain.get(0).height();
        for (int i = chain.size() - 1; i >= 0; i--) {
            pending.remove(chain.get(i).hash());
            connected.put(chain.get(i).hash(), chain.get(i).height());
        }
        while (connected.size() > CONNECTED) {
            connected.remove(connected.keySet().iterator().next());
        }
        pending.values().removeIf(each -> each.height < tipHeight - CONNECTED);
    }

    /**
     * The header announced first on a chain with more work than the node's. These are the headers above its tip, since
     * blocks within the range of a retarget count alike.
     *
     * @param selects headers
     */
    Optional<Pending> oldest(Predicate<Pending> which) {
        if (chainBits != 0 && !pending.isEmpty()) {
            for (Pending each : pending.values()) {
                if (each.height > tipHeight && which.test(each)) {
                    return Optional.of(each);
                }
            }
        }
        return Optional.empty();
    }

    List<Pending> above() {
        return pending.values().stream().filter(each -> each.height > tipHeight).toList();
    }

    int tipHeight() {
        return tipHeight;
    }

    /** Until the chain's target is known, cheap headers may fill the space. Real ones replace them. */
    private boolean dropEasierThan(int bits) {
        return pending.values().stream()
                .filter(each -> CompactTarget.easier(each.bits, bits, EASIER))
                .findFirst()
                .map(each -> pending.remove(each.hash) != null)
                .orElse(false);
    }

    private Integer heightOf(BlockHash hash) {
        Pending header = pending.get(hash);
        return header != null ? Integer.valueOf(header.height) : connected.get(hash);
    }

    void save(StateWriter out) {
        out.number(tipHeight).number(chainBits);
        out.each(connected.entrySet(), (entry, to) -> to.bytes(entry.getKey().wire()).number(entry.getValue()));
        out.each(pending.values(), (each, to) -> to.bytes(each.hash.wire()).bytes(each.parent.wire()).number(each.height)
                .number(each.announcedAtNs).number(each.bits).each(each.announcers, (peer, peers) -> peers.text(peer)));
    }

    /** @param parents whether headers were saved with their parents */
    void restore(StateReader in, boolean parents) {
        tipHeight = in.integer();
        chainBits = in.integer();
        in.each(from -> connected.put(new BlockHash(from.byteString()), from.integer()));
        in.each(from -> {
            Pending header = new Pending(new BlockHash(from.byteString()),
                    new BlockHash(parents ? from.byteString() : ByteString.EMPTY), from.integer(), from.number(), from.integer());
            from.each(each -> header.announcers.add(each.text()));
            pending.put(header.hash, header);
        });
    }
}
