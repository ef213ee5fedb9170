package org.bitcoinwatchdog.deploy.console;

import com.google.protobuf.ByteString;
import org.bitcoinwatchdog.events.BranchAnnouncer;
import org.bitcoinwatchdog.events.BranchSignal;
import org.bitcoinwatchdog.events.ChainBlock;
import org.bitcoinwatchdog.events.ChainBranch;
import org.bitcoinwatchdog.events.DeploymentSignal;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.SignallingState;
import org.bitcoinwatchdog.events.Tip;
import org.bitcoinwatchdog.events.UnknownBit;

/** Digests of a fleet that is split at block 961,631: alice follows the longer side, bob the shorter one, and an explorer is a witness. */
public final class SampleForks {
    public static final int FORK = 961_631;
    private static final int LONG = 12;
    private static final int SHORT = 3;

    private final long atNs;

    public SampleForks(long atNs) {
        this.atNs = atNs;
    }

    public NodeDigest alice() {
        return node("alice", 'a', LONG).addBranches(branch('b', SHORT, 'a', LONG).setLabel("bip110")
                        .addAnnouncers(BranchAnnouncer.newBuilder().setAddress("198.41.7.9:8333").setSoftware("Knots v29.3.0")))
                .setSignalling(SignallingState.newBuilder()
                        .addDeployments(DeploymentSignal.newBuilder().setName("bip110").setBit(4).setPeriodStart(961_632).setPeriodBlocks(2_016)
                                .setKnownBlocks(LONG).setSignallingBlocks(1).setPossibleBlocks(2_005).setThresholdBlocks(1_109)
                                .setMandatoryHeight(963_648))
                        .addUnknownBits(UnknownBit.newBuilder().setBit(7).setSignallingBlocks(61).setKnownBlocks(100))
                        .addUnknownBits(UnknownBit.newBuilder().setBit(8).setSignallingBlocks(2).setKnownBlocks(100)))
                .build();
    }

    public NodeDigest bob() {
        return node("bob", 'b', SHORT).addSides("bip110").addBranches(branch('a', LONG - 1, 'b', SHORT)).build();
    }

    /** It reports no branch, but has the tip of the longer side. */
    public NodeDigest explorer() {
        return node("explorer", 'a', LONG).setWitness(true).build();
    }

    private NodeDigest.Builder node(String name, char side, int length) {
        return NodeDigest.newBuilder().setNode(name).setNetwork("main").setAtNs(atNs).setTip(Tip.newBuilder().setHash(hash(side, length))
                .setHeight(FORK + length).setConnectedAtNs(atNs - 240_000_000_000L)).addChain(ChainBlock.newBuilder().setHash(hash(side, length)));
    }

    private ChainBranch.Builder branch(char side, int length, char own, int ownLength) {
        return ChainBranch.newBuilder().setForkHash(hash('f', 0)).setForkHeight(FORK)
                .setFirstHash(hash(side, 1)).setTipHash(hash(side, length)).setLength(length).setWork(length * 1e22)
                .setOwnFirstHash(hash(own, 1)).setOwnLength(ownLength).setOwnWork(ownLength * 1e22)
                .setSinceNs(atNs - 7_200_000_000_000L).setExtendedAtNs(atNs - 600_000_000_000L)
                .addSignals(BranchSignal.newBuilder().setBit(4).setBlocks(side == 'b' ? SHORT : 1).setOwnBlocks(own == 'b' ? SHORT : 1));
    }

    /** Ends with the side's letter and the block's number, as people write it. */
    private static ByteString hash(char side, int block) {
        byte[] hash = new byte[32];
        hash[0] = (byte) block;
        hash[1] = (byte) Character.digit(side, 16);
        return ByteString.copyFrom(hash);
    }
}
