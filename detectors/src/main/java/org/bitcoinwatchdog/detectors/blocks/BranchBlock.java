package org.bitcoinwatchdog.detectors.blocks;

import com.google.protobuf.ByteString;
import java.util.LinkedHashSet;
import java.util.Set;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.BranchAnnouncer;

/** A block that a node connected or whose header peers announced. Off the chain, it knows where its branch begins. */
final class BranchBlock {
    private static final int ANNOUNCERS = 8;
    static final BlockHash UNKNOWN = new BlockHash(ByteString.EMPTY);

    /** Where a branch leaves the node's chain. Its blocks share it, so it outlives the older ones, which are dropped. */
    static final class ForkPoint {
        final int height;
        final BlockHash hash;
        final BlockHash first;
        final int firstBits;
        /** When the first block of either side was heard of. */
        long sinceNs;
        BlockHash ownFirst = UNKNOWN;

        ForkPoint(int height, BlockHash hash, BranchBlock first) {
            this(height, hash, first.hash, first.bits, first.atNs);
        }

        private ForkPoint(int height, BlockHash hash, BlockHash first, int firstBits, long sinceNs) {
            this.height = height;
            this.hash = hash;
            this.first = first;
            this.firstBits = firstBits;
            this.sinceNs = sinceNs;
        }

        /** Takes the node's own first block after the fork. */
        void beside(BranchBlock own) {
            ownFirst = own.hash;
            sinceNs = Math.min(sinceNs, own.atNs);
        }

        void save(StateWriter out) {
            out.number(height).bytes(hash.wire()).bytes(first.wire()).number(firstBits).number(sinceNs).bytes(ownFirst.wire());
        }

        static ForkPoint restored(StateReader in) {
            ForkPoint point = new ForkPoint(in.integer(), new BlockHash(in.byteString()), new BlockHash(in.byteString()), in.integer(), in.number());
            point.ownFirst = new BlockHash(in.byteString());
            return point;
        }
    }

    final BlockHash hash;
    final BlockHash parent;
    final int height;
    /** When it was first heard of. */
    final long atNs;
    /** Of its header; 0 if the header was not heard. */
    int bits;
    int version;
    long madeAtS;
    /** Whether the node had it on its chain before. Then it is an ancestor of a branch, but not a branch by itself. */
    boolean replaced;
    /** Since the fork. */
    double work;
    ForkPoint fork;
    final Set<BranchAnnouncer> announcers = new LinkedHashSet<>();

    BranchBlock(BlockHash hash, BlockHash parent, int height, long atNs) {
        this.hash = hash;
        this.parent = parent;
        this.height = height;
        this.atNs = atNs;
    }

    static BranchBlock of(BlockHeader header, int height, long atNs) {
        BranchBlock block = new BranchBlock(new BlockHash(header.getHash()), new BlockHash(header.getPreviousHash()), height, atNs);
        block.bits = header.getBits();
        block.version = header.getVersion();
        block.madeAtS = Integer.toUnsignedLong(header.getTimeS());
        return block;
    }

    /** @return whether it is news */
    boolean announcedBy(BranchAnnouncer peer) {
        return announcers.size() < ANNOUNCERS && announcers.add(peer);
    }

    void save(StateWriter out) {
        out.bytes(hash.wire()).bytes(parent.wire()).number(height).number(atNs).number(bits).number(version).number(madeAtS)
                .flag(replaced).real(work).each(announcers, (peer, to) -> to.text(peer.getAddress()).text(peer.getSoftware()).text(peer.getNetgroup()));
        out.flag(fork != null);
        if (fork != null) {
            fork.save(out);
        }
    }

    static BranchBlock restored(StateReader in) {
        BranchBlock block = new BranchBlock(new BlockHash(in.byteString()), new BlockHash(in.byteString()), in.integer(), in.number());
        block.bits = in.integer();
        block.version = in.integer();
        block.madeAtS = in.number();
        block.replaced = in.flag();
        block.work = in.real();
        in.each(from -> block.announcers.add(BranchAnnouncer.newBuilder().setAddress(from.text()).setSoftware(from.text())
                .setNetgroup(from.text()).build()));
        block.fork = in.flag() ? ForkPoint.restored(in) : null;
        return block;
    }
}
