package org.bitcoinwatchdog.detectors.peers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.AlertState;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.Peer;
import org.bitcoinwatchdog.detectors.node.Scores;
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
 * Many outbound slots lost their peers in a short time: connections are being cut so that a prepared address manager
 * fills the slots anew, without the restart that Heilman et al. (USENIX Security 2015) wait for. Only peers that had held
 * a slot for a while count, so that an attempt that fails at once is no turnover, and neither are the extra block-relay
 * connections that Core opens every few minutes for less than one (StartExtraBlockRelayPeers, net_processing.cpp).
 */
public final class OutboundTurnover implements Detector {
    private static final int REMEMBERED = 32;

    /**
     * @param warn    slots lost within the window from which the rule warns
     * @param settled how long a peer must have held its slot to count
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
    private final AlertState alert;

    public OutboundTurnover(Rule rule, Settings settings) {
        this.settings = settings;
        alert = new AlertState(rule, Duration.ZERO);
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return switch (body) {
            case CLOSED_CONNECTION, NODE_STARTED, HEARTBEAT -> true;
            default -> false;
        };
    }

    @Override
    public boolean on(NodeEvent event, NodeContext node, AlertWriter alerts) {
        if (node.continuity().restarted()) {
            lost.clear();
            judge(node, alerts);
            return true;
        }
        if (!event.hasClosedConnection() || !node.continuity().seesOutbound() || !counts(event.getClosedConnection(), node.nowNs())) {
            return false;
        }
        lost.addLast(new Lost(node.nowNs(), event.getClosedConnection().getPeer().getAddress()));
        if (lost.size() > REMEMBERED) {
            lost.removeFirst();
        }
        return true; // judged at the next second: by then bitcoind may turn out to be shutting down
    }

    private boolean counts(EndedConnection ended, long nowNs) {
        ConnectionType type = ended.getPeer().getConnectionType();
        boolean slot = type == ConnectionType.CONNECTION_TYPE_OUTBOUND_FULL_RELAY
                || type == ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY;
        return slot && Endings.netgroup(ended.getPeer()).isPresent()
                && Endings.ageNs(ended, nowNs) >= settings.settled().toNanos();
    }

    @Override
    public boolean tick(NodeContext node, AlertWriter alerts) {
        return !lost.isEmpty() && judge(node, alerts);
    }

    @Override
    public boolean stopped(NodeContext node, AlertWriter alerts) {
        lost.clear();
        alert.end(node.nowNs(), () -> finding(node), alerts);
        return true;
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return Optional.of(Scores.of(section(), lost.size(), settings.warn(), "peers"));
    }

    private boolean judge(NodeContext node, AlertWriter alerts) {
        boolean left = lost.removeIf(each -> node.nowNs() - each.atNs() > settings.window().toNanos());
        // bitcoind closes every connection when it ends, one that was just being opened last: replaced are slots that others hold now.
        boolean replaced = node.peers().open().stream().filter(Peer::holdsOutboundSlot).count() >= (settings.warn() + 1) / 2;
        boolean many = lost.size() >= settings.warn() && (replaced || alert.firing());
        return left | alert.judge(many ? Optional.of(Severity.WARN) : Optional.empty(), node.nowNs(), () -> finding(node), alerts);
    }

    private Finding finding(NodeContext node) {
        if (lost.size() < settings.warn()) {
            String text = String.format(Locale.ROOT, "The outbound peers of %s stay again", node.node());
            return new Finding(text, text + ".", Evidence.NONE);
        }
        List<String> now = node.peers().open().stream().filter(Peer::holdsOutboundSlot).map(Peer::address).toList();
        String span = Words.span(settings.window().toNanos());
        String summary = String.format(Locale.ROOT, "%s lost %s within %s", node.node(),
                Words.count(lost.size(), "outbound peer"), span);
        String description = String.format(Locale.ROOT, "%s that had been connected for %s or longer (warns from %d): %s. Now it has %s. Check in"
                        + " debug.log who ended these connections, whether the host's network or address changed, and whether the"
                        + " new peers have much in common (bitcoin-cli getpeerinfo: addr, mapped_as, subver).",
                summary, Words.span(settings.settled().toNanos()), settings.warn(),
                Words.list(lost.stream().map(Lost::peer).toList(), 10), now.isEmpty() ? "none" : Words.list(now, 10));
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("lost-peers", lost.size(), settings.warn(), "peers"),
                        Measurement.of("outbound-slots", now.size(), "peers")),
                Map.of("peers", lost.stream().map(Lost::peer).toList(), "new-peers", now),
                node.continuity().connectionsKnownSinceNs() <= node.nowNs() - settings.window().toNanos()));
    }

    @Override
    public String section() {
        return alert.rule().key();
    }

    @Override
    public void save(StateWriter out) {
        out.version(1).each(lost, (each, to) -> to.number(each.atNs()).text(each.peer()));
        alert.save(out);
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        in.each(from -> lost.addLast(new Lost(from.number(), from.text())));
        alert.restore(in);
    }
}
