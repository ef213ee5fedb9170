package org.bitcoinwatchdog.detectors.addresses;

import java.time.Duration;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.window.DistinctCount;
import org.bitcoinwatchdog.detectors.window.SlidingSum;
import org.bitcoinwatchdog.events.Addresses;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;

/**
 * Address entries over the rate at which Bitcoin Core takes them, counted by a shadow of Core's own token bucket for
 * each peer: exactly the entries that Core discards (rules.md section 2). Honest peers send 0.005 to 0.025 entries
 * a second; the 1,000 that answer our getaddr are covered by the bucket. One alert for the node, however many peers.
 *
 * <p>Local peers count too: a flood through a Tor daemon comes from 127.0.0.1. Functional tests stay below a page
 * because they send a few hundred entries over the limit at most, from one or two peers.
 */
public final class AddressFlood extends NodeRule {
    /**
     * @param window      length of the window
     * @param peerEntries discarded entries of one peer from which the rule warns
     * @param peers       such peers from which it pages
     * @param nodeEntries discarded entries of all peers from which it pages
     */
    public record Settings(
            boolean enabled, Duration window, int peerEntries, int peers, int nodeEntries, Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.positive("window", window);
            Check.atLeastOne("peer-entries", peerEntries);
            Check.atLeastOne("peers", peers);
            Check.ordered("peer-entries", peerEntries, "node-entries", nodeEntries);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofMinutes(10), 500, 3, 5_000, Duration.ZERO);
        }
    }

    private final Settings settings;
    private final Senders senders;
    private FloodWindow flood;
    /** Whether entries were discarded since the last judgement. */
    private boolean discarded;

    public AddressFlood(Rule rule, Settings settings) {
        super(rule, settings.clearAfter(), Cadence.EACH_SECOND);
        this.settings = settings;
        senders = new Senders(settings.window());
        flood = new FloodWindow(settings.window());
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return switch (body) {
            case INBOUND_MESSAGE -> payload == Message.PayloadCase.ADDRESSES;
            case OUTBOUND_MESSAGE -> payload == Message.PayloadCase.PAYLOAD_NOT_SET; // getaddr
            case CLOSED_CONNECTION -> true;
            default -> false;
        };
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        return switch (event.getBodyCase()) {
            case INBOUND_MESSAGE -> received(event.getInboundMessage(), node);
            case OUTBOUND_MESSAGE -> sent(event.getOutboundMessage(), node);
            case CLOSED_CONNECTION -> senders.ended(event.getClosedConnection().getPeer().getId(), node.nowNs());
            default -> false;
        };
    }

    private boolean sent(Message message, NodeContext node) {
        if (!message.getType().equals("getaddr")) {
            return false;
        }
        senders.of(message.getPeer(), node).bucket().getaddrSent();
        return true;
    }

    private boolean received(Message message, NodeContext node) {
        // Core takes no part in address relay with block-relay-only peers (SetupAddressRelay): it ignores what they send.
        boolean ignored = message.getPeer().getConnectionType() == ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY;
        if (!message.hasAddresses() || ignored) {
            return false;
        }
        Addresses content = message.getAddresses();
        long over = senders.of(message.getPeer(), node).take(Integer.toUnsignedLong(content.getCount()), node.nowNs());
        if (over > 0) {
            flood.add(content, over, node.nowNs());
            discarded = true;
        }
        return true;
    }

    /** A flood is over within seconds. */
    @Override
    protected boolean judgesNow(NodeContext node) {
        return discarded;
    }

    @Override
    protected boolean advance(NodeContext node) {
        return !discarded && !senders.isEmpty() && senders.tidy(node);
    }

    @Override
    protected boolean restarted(NodeContext node) {
        senders.clear();
        flood = new FloodWindow(settings.window());
        return true;
    }

    @Override
    protected End end() {
        return End.WITH_PROCESS;
    }

    @Override
    protected Finding over(NodeContext node) {
        return Finding.of("bitcoind of " + node.node() + " ended, so the flood of addresses ended too");
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        long worst = flood.discarded(node.nowNs()) == 0 ? 0
                : senders.all().mapToLong(sender -> sender.discarded(node.nowNs())).max().orElse(0);
        return Optional.of(score(worst, settings.peerEntries(), "entries"));
    }

    @Override
    protected Judgement judge(NodeContext node) {
        discarded = false;
        if (senders.isEmpty() && !firing()) {
            return Judgement.UNDECIDED;
        }
        long now = node.nowNs();
        long entries = flood.discarded(now);
        int over = entries < settings.peerEntries() ? 0 : senders.over(settings.peerEntries(), now); // no peer has more than the total
        return Judgement.of(severity(over, entries), () -> finding(node), () -> finding(node));
    }

    private Optional<Severity> severity(int peersOver, long entriesOver) {
        if (peersOver >= settings.peers() || entriesOver >= settings.nodeEntries()) {
            return Optional.of(Severity.PAGE);
        }
        return peersOver > 0 ? Optional.of(Severity.WARN) : Optional.empty();
    }

    private Finding finding(NodeContext node) {
        long now = node.nowNs();
        return new FloodReport(settings, node, senders.overLimit(now), flood.content(now)).finding();
    }

    @Override
    protected int formerVersions() {
        return 3;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        senders.save(out);
        flood.save(out);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        senders.restore(in, version);
        if (version >= 3) {
            flood.restore(in);
        } else { // had no figures of a complete window; if the flood goes on, they are complete after one window
            new SlidingSum(settings.window()).restore(in);
            new DistinctCount().restore(in);
        }
    }
}
