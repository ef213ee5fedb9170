package org.bitcoinwatchdog.detectors.behaviour;

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
import org.bitcoinwatchdog.detectors.node.PerPeer;
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

/**
 * A peer pings far more often than Core does, which pings every 2 minutes (rules.md section 4: more than 3 in 120 s).
 * Wallets and crawlers do so too, hence {@code info}.
 */
public final class PingFlood extends NodeRule {
    private static final int NAMED = 20;

    /** @param pings number of pings of one peer in {@code window} above which the rule fires */
    public record Settings(boolean enabled, int pings, Duration window, Duration clearAfter) implements RuleSettings {
        private static final int MOST = 16;

        public Settings {
            Check.atLeastOne("pings", pings);
            if (pings > MOST) {
                throw new IllegalArgumentException("pings must be at most " + MOST);
            }
            Check.positive("window", window);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, 3, Duration.ofSeconds(120), Duration.ofMinutes(2));
        }
    }

    private final Settings settings;
    private final PerPeer<LastTimes> pings;
    /** No peer exceeds the limit after this time unless it pings again. */
    private long untilNs = Long.MAX_VALUE;

    public PingFlood(Rule rule, Settings settings) {
        super(rule, settings.clearAfter());
        this.settings = settings;
        pings = new PerPeer<>(() -> new LastTimes(settings.pings() + 1));
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.INBOUND_MESSAGE && payload == Message.PayloadCase.NONCE
                || body == NodeEvent.BodyCase.CLOSED_CONNECTION;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        if (event.hasClosedConnection()) {
            return pings.byId().remove(event.getClosedConnection().getPeer().getId()) != null;
        }
        if (!event.hasInboundMessage() || !event.getInboundMessage().getType().equals("ping")) {
            return false;
        }
        LastTimes times = pings.of(event.getInboundMessage().getPeer().getId());
        times.add(node.nowNs());
        if (floods(times, node)) {
            untilNs = Math.max(untilNs, times.oldestNs() + settings.window().toNanos());
        }
        return true;
    }

    @Override
    protected boolean restarted(NodeContext node) {
        untilNs = 0;
        return pings.clear();
    }

    @Override
    protected boolean advance(NodeContext node) {
        // A peer whose end was missed no longer pings.
        return pings.values().removeIf(times -> node.nowNs() - times.newestNs() > settings.window().toNanos());
    }

    private boolean floods(LastTimes times, NodeContext node) {
        long overNs = node.nowNs() - times.oldestNs();
        return times.full() && overNs >= 0 && overNs <= settings.window().toNanos(); // below 0: the clock was set back
    }

    private List<String> flooding(NodeContext node) {
        return pings.byId().entrySet().stream().filter(entry -> floods(entry.getValue(), node)).map(entry -> entry.getKey())
                .sorted().map(id -> node.peers().find(id).map(Object::toString).orElse("peer " + id)).toList();
    }

    @Override
    protected Judgement judge(NodeContext node) {
        return Judgement.of(flooded(node), Severity.INFO, () -> finding(node), () -> over(node));
    }

    private boolean flooded(NodeContext node) {
        if (node.nowNs() > untilNs) {
            return false;
        }
        for (LastTimes times : pings.values()) {
            if (floods(times, node)) {
                return true;
            }
        }
        untilNs = 0;
        return false;
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        int most = 0;
        for (LastTimes times : pings.values()) {
            most = Math.max(most, times.since(node.nowNs() - settings.window().toNanos()));
        }
        return Optional.of(score(most, settings.pings() + 1, "pings"));
    }

    private Finding finding(NodeContext node) {
        List<String> peers = flooding(node);
        return new Finding(Words.count(peers.size(), "peer pings", "peers ping") + " " + node.node() + " too often", String.format(Locale.ROOT,
                "%s received more than %d pings in %s from each of %s: %s. Core pings every 2 minutes. Each ping costs an answer. Check"
                        + " whether these peers do anything else, and disconnect them if there are many.",
                node.node(), settings.pings(), Words.span(settings.window().toNanos()),
                Words.count(peers.size(), "peer"), Words.list(peers, 5)),
                new Evidence(List.of(Measurement.against("peers", peers.size(), 1, "peers")),
                        Map.of("peers", peers.stream().limit(NAMED).toList()),
                        node.continuity().messagesKnownSinceNs() <= node.nowNs() - settings.window().toNanos()));
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = "No peer pings " + node.node() + " too often now";
        return new Finding(text, text + ".", new Evidence(List.of(Measurement.against("peers", 0, 1, "peers")), Map.of(), true));
    }

    @Override
    protected void saveFacts(StateWriter out) {
        pings.save(out, LastTimes::save);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        pings.restore(in, from -> LastTimes.restore(from, settings.pings() + 1));
    }
}
