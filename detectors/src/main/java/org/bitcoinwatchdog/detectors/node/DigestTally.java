package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import org.bitcoinwatchdog.events.ChainBlock;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * Counts what a {@link NodeDigest} reports of its second. Not saved: after a restart of the detectors, the counts of one
 * second may be too small and host and version are missing until the next heartbeat. No rule looks at them.
 */
final class DigestTally {
    /** Blocks of the chain that a digest carries after a new tip, and for how long. */
    private static final int CHAIN = 8;
    private static final long CHAIN_NS = Duration.ofSeconds(10).toNanos();
    /** Nodes are not compared with a witness that has not answered for longer. */
    private static final long WITNESS_ANSWERED_NS = Duration.ofMinutes(3).toNanos();

    private int inboundMessages;
    private int outboundMessages;
    private int addressEntries;
    private int transactionsAdded;
    private String host = "";
    private String version = "";
    private String implementation = "";
    private int otherFormHeaders;

    void add(NodeEvent event) {
        if (event.hasInboundMessage()) {
            inboundMessages++;
            Message message = event.getInboundMessage();
            addressEntries += message.getAddresses().getCount();
            otherFormHeaders += message.getHeaders().getOtherForm() + (message.getBlock().getOtherForm() ? 1 : 0);
        } else if (event.hasOutboundMessage()) {
            outboundMessages++;
        } else if (event.hasMempoolAdded()) {
            transactionsAdded++;
        } else if (event.hasHeartbeat()) {
            host = event.getHeartbeat().getHost();
            version = event.getHeartbeat().getBitcoindVersion();
            implementation = event.getHeartbeat().getImplementation();
        } else if (event.hasNodeStarted()) {
            host = event.getNodeStarted().getHost();
            version = event.getNodeStarted().getBitcoindVersion();
            implementation = event.getNodeStarted().getImplementation();
        }
    }

    private static boolean comparable(NodeContext node) {
        return node.witness().witness()
                ? node.witness().answeredSince(node.nowNs() - WITNESS_ANSWERED_NS) && !node.chain().tipWasOld()
                : node.chain().armed();
    }

    NodeDigest.Builder close(NodeContext node) {
        NodeDigest.Builder digest = NodeDigest.newBuilder()
                .setNode(node.node())
                .setNetwork(node.network())
                .setAtNs(node.nowNs())
                .setCatchingUp(!comparable(node))
                .setWitness(node.witness().witness())
                .setBlocksKnownSinceNs(node.continuity().blocksKnownSinceNs())
                .setStopped(node.continuity().stopped())
                .setInboundMessages(inboundMessages)
                .setOutboundMessages(outboundMessages)
                .setAddressEntries(addressEntries)
                .setTransactionsAdded(transactionsAdded)
                .setHost(host)
                .setBitcoindVersion(version)
                .setImplementation(implementation)
                .setOtherFormHeaders(otherFormHeaders)
                .addAllSides(node.chain().sides().labels());
        if (!node.witness().witness()) {
            digest.setOutboundSides(node.sides().count(node.chain(), node.peers()));
            node.versionBits().state().ifPresent(digest::setSignalling);
        }
        node.chain().tip().ifPresent(tip -> {
            digest.setTip(org.bitcoinwatchdog.events.Tip.newBuilder()
                    .setHash(tip.hash().wire()).setHeight(tip.height()).setConnectedAtNs(tip.connectedAtNs()));
            if (node.nowNs() - tip.connectedAtNs() < CHAIN_NS) {
                node.chain().blocks().down(CHAIN).forEach(link -> digest.addChain(ChainBlock.newBuilder()
                        .setHash(link.hash().wire()).setParentFromHeader(link.parentFromHeader())));
            }
        });
        int inbound = node.peers().inbound();
        digest.setInboundPeers(inbound).setOutboundPeers(node.peers().open().size() - inbound);
        inboundMessages = 0;
        outboundMessages = 0;
        addressEntries = 0;
        transactionsAdded = 0;
        otherFormHeaders = 0;
        return digest;
    }
}
