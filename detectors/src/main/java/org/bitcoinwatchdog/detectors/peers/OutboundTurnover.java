package org.bitcoinwatchdog.detectors.peers;

import java.util.ArrayDeque;
import java.util.Deque;
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
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.EndedConnection;

/**
 * Many outbound slots lost their peers in a short time. An attacker may cut connections so that slots are filled anew
 * from a poisoned address manager, without waiting for a restart as in Heilman et al. (USENIX Security 2015). Only
 * peers that held a slot for a while count. So failed attempts don't count, nor do the extra block-relay connections
 * that Core opens every few minutes for less than one minute (StartExtraBlockRelayPeers, net_processing.cpp).
 */
public final class OutboundTurnover extends NodeRule {
    private static final int REMEMBERED = 32;

    /**
     * @param warn    slots lost within the window from which the rule warns
     * @param settled how long a peer must have held its slot to be counted
     */
    public record Settings(boolean enabled, int warn, Duration window, Duration settled) implements RuleSettings {
        public Settings {
            Check.atLeastOne("warn", warn);
            Check.positive("window", window);
            Check.notNegative("settled", settled);
            if (warn > REMEMBERED) {
                throw new IllegalArgumentException("warn must be at most " + REMEMBERED);
            }
        }

        /**
         * At the measured 1.2 outbound openings an hour, four within half an hour come by chance 4.7 times a week, five
         * 0.7 times, six 0.08 times (openings times the Poisson probability that as many others fall into the window).
         */
        public static Settings defaults() {
            return new Settings(true, 6, Duration.ofMinutes(30), Duration.ofMinutes(10));
        }
    }

    private record Lost(long atNs, String peer) {
    }

    private final Settings settings;
    private final Deque<Lost> lost = new ArrayDeque<>();

    public OutboundTurnover(Rule rule, Settings settings) {
        super(rule, Duration.ZERO, Cadence.EACH_SECOND);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.CLOSED_CONNECTION;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        if (!event.hasClosedConnection() || !node.continuity().seesOutbound() || !counts(event.getClosedConnection(), node)) {
            return false;
        }
        lost.addLast(new Lost(node.nowNs(), event.getClosedConnection().getPeer().getAddress()));
        if (lost.size() > REMEMBERED) {
            lost.removeFirst();
        }
        return true; // judged at the next second, when a shutdown of bitcoind would show
    }

    /** Core itself drops a peer whose chain has less work for twenty minutes (ConsiderEviction, net_processing.cpp). */
    private boolean counts(EndedConnection ended, NodeContext node) {
        ConnectionType type = ended.getPeer().getConnectionType();
        boolean slot = type == ConnectionType.CONNECTION_TYPE_OUTBOUND_FULL_RELAY
                || type == ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY;
        return slot && Endings.netgroup(ended.getPeer()).isPresent()
                && node.sides().offBlocks(ended.getPeer().getId(), node.chain()) == 0
                && Endings.ageNs(ended, node.nowNs()) >= settings.settled().toNanos();
    }

    @Override
    protected boolean advance(NodeContext node) {
        return lost.removeIf(each -> node.nowNs() - each.atNs() > settings.window().toNanos());
    }

    @Override
    protected boolean restarted(NodeContext node) {
        lost.clear();
        return true;
    }

    @Override
    protected End end() {
        return End.WITH_PROCESS;
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return Optional.of(score(lost.size(), settings.warn(), "peers"));
    }

    @Override
    protected Judgement judge(NodeContext node) {
        if (lost.size() < settings.warn()) {
            return Judgement.of(Optional.empty(), () -> finding(node), () -> over(node));
        }
        // bitcoind closes every connection when it ends, even one that is just being opened. A slot counts as replaced if
        // another peer holds it now.
        boolean replaced = node.peers().open().stream().filter(Peer::holdsOutboundSlot).count() >= (settings.warn() + 1) / 2;
        return Judgement.of(replaced || firing(), Severity.WARN, () -> finding(node), () -> over(node));
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = String.format(Locale.ROOT, "The outbound peers of %s are stable again", node.node());
        return new Finding(text, text + ".", Evidence.NONE);
    }

    private Finding finding(NodeContext node) {
        List<String> now = node.peers().open().stream().filter(Peer::holdsOutboundSlot).map(Peer::address).toList();
        String span = Words.span(settings.window().toNanos());
        String summary = String.format(Locale.ROOT, "%s lost %s within %s", node.node(),
                Words.count(lost.size(), "outbound peer"), span);
        String description = String.format(Locale.ROOT, "%s that had been connected for %s or longer (warns from %d): %s. Now it has %s. Check in"
                        + " debug.log who ended these connections, whether the host's network or address changed, and whether the"
                        + " new peers have something in common (bitcoin-cli getpeerinfo: addr, mapped_as, subver).",
                summary, Words.span(settings.settled().toNanos()), settings.warn(),
                Words.list(lost.stream().map(Lost::peer).toList(), 10), now.isEmpty() ? "none" : Words.list(now, 10));
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("lost-peers", lost.size(), settings.warn(), "peers"),
                        Measurement.of("outbound-slots", now.size(), "peers")),
                Map.of("peers", lost.stream().map(Lost::peer).toList(), "new-peers", now),
                node.continuity().connectionsKnownSinceNs() <= node.nowNs() - settings.window().toNanos()));
    }

    @Override
    protected int formerVersions() {
        return 1;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.each(lost, (each, to) -> to.number(each.atNs()).text(each.peer()));
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        in.each(from -> lost.addLast(new Lost(from.number(), from.text())));
    }
}
