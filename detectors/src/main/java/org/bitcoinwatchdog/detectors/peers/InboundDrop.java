package org.bitcoinwatchdog.detectors.peers;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.node.Peer;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.window.SlidingSum;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;

/**
 * Many inbound peers are gone and no new ones replaced them. Only the balance counts: on listening nodes hundreds of
 * connections come and go within seconds each hour, and an evicted peer makes room for a new one.
 *
 * <p>bitcoind closes every connection when it ends. So the rule does not judge while no peer is left, or before the
 * loss has lasted a minute.
 */
public final class InboundDrop extends NodeRule {
    /**
     * @param peers    number of inbound peers lost within the window from which the rule warns
     * @param share    share of the earlier peers that must also be lost before the rule warns
     * @param minPeers number of inbound peers needed before the loss
     * @param settle   how long the loss must last
     */
    public record Settings(
            boolean enabled, int peers, double share, int minPeers, Duration window, Duration settle, Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.atLeastOne("peers", peers);
            Check.share("share", share);
            Check.atLeastOne("min-peers", minPeers);
            Check.positive("window", window);
            Check.notNegative("settle", settle);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, 30, 0.35, 40, Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofMinutes(1));
        }
    }

    private final Settings settings;
    private SlidingSum closed;
    private SlidingSum opened;
    private long holeNs;
    private long droppedSinceNs;

    public InboundDrop(Rule rule, Settings settings) {
        super(rule, settings.clearAfter(), Cadence.EACH_SECOND);
        this.settings = settings;
        closed = new SlidingSum(settings.window());
        opened = new SlidingSum(settings.window());
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return switch (body) {
            case INBOUND_CONNECTION, CLOSED_CONNECTION -> true;
            default -> false;
        };
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        boolean hole = forgetAtHole(node);
        boolean comes = event.hasInboundConnection() && inbound(event.getInboundConnection().getPeer());
        boolean goes = event.hasClosedConnection() && inbound(event.getClosedConnection().getPeer());
        if (comes) {
            opened.add(node.nowNs(), 1);
        }
        if (goes) {
            closed.add(node.nowNs(), 1);
        }
        return hole || comes || goes;
    }

    private boolean forgetAtHole(NodeContext node) {
        boolean hole = node.continuity().connectionsKnownSinceNs() != holeNs;
        if (hole) {
            holeNs = node.continuity().connectionsKnownSinceNs();
            forget();
        }
        return hole;
    }

    private void forget() {
        closed = new SlidingSum(settings.window());
        opened = new SlidingSum(settings.window());
    }

    private long lost(NodeContext node) {
        return closed.sum(node.nowNs()) - opened.sum(node.nowNs());
    }

    private static boolean inbound(org.bitcoinwatchdog.events.Peer peer) {
        return peer.getConnectionType() == org.bitcoinwatchdog.events.ConnectionType.CONNECTION_TYPE_INBOUND
                && Endings.netgroup(peer).isPresent();
    }

    @Override
    protected boolean advance(NodeContext node) {
        boolean hole = forgetAtHole(node);
        long lost = lost(node);
        boolean dropped = node.continuity().seesInbound() && lost >= settings.peers() && !node.peers().open().isEmpty()
                && dropped(lost, left(node));
        boolean changed = dropped != (droppedSinceNs != 0);
        droppedSinceNs = !dropped ? 0 : droppedSinceNs == 0 ? node.nowNs() : droppedSinceNs;
        return hole || changed;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        boolean lasts = droppedSinceNs != 0
                && (firing() || node.nowNs() - droppedSinceNs >= settings.settle().toNanos());
        return Judgement.of(lasts, Severity.WARN, () -> finding(node), () -> over(node));
    }

    private boolean dropped(long lost, int left) {
        long before = left + lost;
        return before >= settings.minPeers() && lost >= settings.share() * before;
    }

    private static int left(NodeContext node) {
        return (int) node.peers().open().stream().filter(peer -> peer.inbound() && peer.netgroup().isPresent()).count();
    }

    @Override
    protected boolean restarted(NodeContext node) {
        forget();
        droppedSinceNs = 0;
        return true;
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return Optional.of(score(Math.max(0, lost(node)), settings.peers(), "peers"));
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = String.format(Locale.ROOT, "%s loses no more inbound peers; it has %d", node.node(), left(node));
        return new Finding(text, text + ".", Evidence.NONE);
    }

    private Finding finding(NodeContext node) {
        long lost = lost(node);
        int left = left(node);
        String summary = String.format(Locale.ROOT, "%s lost %d of %s within %s", node.node(), lost,
                Words.count(left + lost, "inbound peer"), Words.span(settings.window().toNanos()));
        String description = String.format(Locale.ROOT, "%s, and %d are left. It warns from %d that are %s of at least %d; an eviction counts as"
                        + " replaced. Check whether the host's public address, port forwarding or firewall changed, whether other"
                        + " nodes lost peers at the same time (then look at the common uplink), and whether debug.log has socket"
                        + " errors.",
                summary, left, settings.peers(), Words.percent(settings.share()), settings.minPeers());
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("lost-peers", lost, settings.peers(), "peers"),
                        Measurement.of("inbound-peers", left, "peers")),
                Map.of(), node.continuity().connectionsKnownSinceNs() <= node.nowNs() - settings.window().toNanos()));
    }

    @Override
    protected int formerVersions() {
        return 1;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.number(holeNs).number(droppedSinceNs);
        closed.save(out);
        opened.save(out);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        holeNs = in.number();
        droppedSinceNs = in.number();
        closed.restore(in);
        opened.restore(in);
    }
}
