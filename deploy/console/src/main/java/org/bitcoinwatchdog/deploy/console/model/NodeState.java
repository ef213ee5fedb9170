package org.bitcoinwatchdog.deploy.console.model;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.deploy.console.model.FleetView.NodeRow;
import org.bitcoinwatchdog.deploy.console.model.MessageStream.RecentLines;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStarted;
import org.bitcoinwatchdog.events.NodeStopped;
import org.bitcoinwatchdog.events.SafeText;

/** What the console knows of one node. Its clock is the node's: the time of the latest event, and what passed since. */
final class NodeState {
    private static final long FORGET_EVERY_NS = 60_000_000_000L;
    private static final long STEP_BACK_NS = 600_000_000_000L;

    private final String name;
    private final PeerTable peers;
    private final MessageRates rates = new MessageRates();
    private final AddressesSeen addresses;
    private final ScoreBoard scores = new ScoreBoard();
    private final Accounting accounting = new Accounting();
    private final Punishments misbehaviour = new Punishments();
    private final RecentLines recent = new RecentLines();
    private AddrmanInsertions addrman;
    private TipView tip;
    private NodeDigest digest = NodeDigest.getDefaultInstance();
    private Set<String> recentBlocks = Set.of();
    private NodeStarted process = NodeStarted.getDefaultInstance();
    private String network = "";
    private boolean stopped;
    private long timeNs;
    private Instant heardAt = Instant.EPOCH;
    private long forgotNs;

    NodeState(String name, AutonomousSystems systems) {
        this.name = name;
        peers = new PeerTable(systems);
        addresses = new AddressesSeen(systems);
    }

    /** @return the event as a line of the message stream, or null if it has no line there */
    Line fold(NodeEvent event, Instant heard) {
        hear(event.getNetwork(), event.getObservedAtNs(), heard);
        accounting.follow(event);
        Line line = Line.of(event);
        if (line != null) {
            recent.add(line);
        }
        apply(event);
        return line;
    }

    void fold(NodeDigest latest, Instant heard) {
        hear(latest.getNetwork(), latest.getAtNs(), heard);
        digest = latest;
        if (latest.getChainCount() > 0) {
            recentBlocks = latest.getChainList().stream().limit(ConsoleLimits.RECENT_BLOCKS)
                    .map(block -> TipView.hex(block.getHash())).collect(Collectors.toUnmodifiableSet());
        }
        latest.getScoresList().forEach(score -> scores.add(score, latest.getAtNs()));
        if (latest.hasTip() && (tip == null || tip.connectedMs() <= latest.getTip().getConnectedAtNs() / 1_000_000)) {
            tip = TipView.of(latest.getTip());
        }
    }

    String network() {
        return network;
    }

    TipView tip() {
        return tip;
    }

    RecentLines recent() {
        return recent;
    }

    String slash16sInBase64() {
        return addresses.slash16sInBase64();
    }

    NodeChain chain(Instant now) {
        return new NodeChain(name, network, tip, digest, recentBlocks, clockNs(now));
    }

    /** @param bestHeight the highest tip of the node's network, to show how far behind this node is */
    NodeRow row(Instant now, int bestHeight) {
        long clockNs = clockNs(now);
        int behind = tip == null ? 0 : Math.max(0, bestHeight - tip.height());
        boolean digested = digest.getAtNs() != 0;
        return new NodeRow(name, network, digest.getWitness(), state(now), clockNs / 1_000_000, heardAt.toEpochMilli(), tip, behind,
                digested ? digest.getInboundPeers() : peers.count(true), digested ? digest.getOutboundPeers() : peers.count(false),
                rates.receivedPerSecond(clockNs), rates.sentPerSecond(clockNs), addresses.entriesPerSecond(clockNs),
                accounting.lost(), rates.received(clockNs));
    }

    NodeView view(Instant now, int bestHeight) {
        long clockNs = clockNs(now);
        return new NodeView(row(now, bestHeight), SafeText.of(digest.getImplementation(), ConsoleLimits.TEXT),
                SafeText.of(version(), ConsoleLimits.TEXT), process.getPid(),
                SafeText.of(process.getExecutable(), ConsoleLimits.TEXT), SafeText.of(process.getDataDirectory(), ConsoleLimits.TEXT),
                process.getBitcoindStartedAtNs() / 1_000_000, accounting.view(), rates.view(clockNs), peers.view(),
                misbehaviour.view(), addresses.view(clockNs), addrman == null ? null : addrman.view(), scores.view(clockNs));
    }

    /** NodeStarted has none if bitcoind shook hands with no peer before. */
    private String version() {
        return digest.getBitcoindVersion().isEmpty() ? process.getBitcoindVersion() : digest.getBitcoindVersion();
    }

    private void hear(String itsNetwork, long eventNs, Instant heard) {
        network = SafeText.of(itsNetwork, ConsoleLimits.TEXT);
        // Late events don't turn the clock back, a clock that was set back does.
        timeNs = timeNs - eventNs > STEP_BACK_NS ? eventNs : Math.max(timeNs, eventNs);
        heardAt = heard.isAfter(heardAt) ? heard : heardAt;
        if (timeNs - forgotNs > FORGET_EVERY_NS) {
            forgotNs = timeNs;
            peers.forgetSilent(timeNs);
        }
    }

    private long clockNs(Instant now) {
        return timeNs + Math.max(0, now.toEpochMilli() - heardAt.toEpochMilli()) * 1_000_000;
    }

    private NodeRow.NodeCondition state(Instant now) {
        if (stopped) {
            return NodeRow.NodeCondition.STOPPED;
        }
        if (now.isAfter(heardAt.plusSeconds(NodeRow.SILENT_AFTER_S))) {
            return NodeRow.NodeCondition.SILENT;
        }
        return digest.getCatchingUp() ? NodeRow.NodeCondition.CATCHING_UP : NodeRow.NodeCondition.LIVE;
    }

    private void apply(NodeEvent event) {
        long at = event.getObservedAtNs();
        switch (event.getBodyCase()) {
            case INBOUND_MESSAGE -> received(event.getInboundMessage(), at);
            case OUTBOUND_MESSAGE -> {
                peers.message(event.getOutboundMessage(), false, at);
                rates.add(event.getOutboundMessage(), false, at);
            }
            case INBOUND_CONNECTION -> peers.opened(event.getInboundConnection(), at);
            case OUTBOUND_CONNECTION -> peers.opened(event.getOutboundConnection(), at);
            case CLOSED_CONNECTION -> peers.closed(event.getClosedConnection());
            case EVICTED_INBOUND_CONNECTION -> peers.evicted();
            case MISBEHAVING_CONNECTION -> {
                peers.misbehaved(event.getMisbehavingConnection().getPeerId());
                misbehaviour.add(event.getMisbehavingConnection().getReason());
            }
            case BLOCK_CONNECTED -> tip = TipView.of(event.getBlockConnected(), at);
            case ADDRMAN_ATTEMPT_ADD -> addrman().add(event.getAddrmanAttemptAdd());
            case ADDRMAN_MOVE_TO_GOOD -> addrman().add(event.getAddrmanMoveToGood());
            case HEARTBEAT -> accounting.heartbeat(event.getHeartbeat());
            case NODE_STARTED -> started(event.getNodeStarted());
            case NODE_STOPPED -> {
                if (event.getNodeStopped().getCause() == NodeStopped.Cause.CAUSE_PROCESS_ENDED) {
                    stopped = true;
                    peers.clear();
                }
            }
            case LOSS -> accounting.loss(event.getLoss());
            default -> {
                // Mempool, coins and wallets have no place on the console.
            }
        }
    }

    private void received(Message message, long at) {
        ConnectedPeer peer = peers.message(message, true, at);
        rates.add(message, true, at);
        if (message.hasAddresses()) {
            addresses.add(message.getAddresses(), peer.view().address(), at);
        }
    }

    private void started(NodeStarted started) {
        stopped = false;
        // Another process has other peers; after a restart of the agent alone they are still there.
        if (started.getPid() != process.getPid() || started.getBitcoindStartedAtNs() != process.getBitcoindStartedAtNs()) {
            peers.clear();
        }
        process = started;
    }

    private AddrmanInsertions addrman() {
        if (addrman == null) {
            addrman = new AddrmanInsertions();
        }
        return addrman;
    }

    /** Peers that misbehaved, by bitcoind's reason. Reasons contain what the peer sent, so their number is limited. */
    static final class Punishments {
        private static final int REASONS = 32;

        private final Map<String, Long> byReason = new TreeMap<>();

        void add(String reason) {
            String shown = SafeText.of(reason, 80);
            boolean known = byReason.containsKey(shown) || byReason.size() < REASONS;
            byReason.merge(known ? shown : "other reasons", 1L, Long::sum);
        }

        Map<String, Long> view() {
            return new TreeMap<>(byReason);
        }
    }
}
