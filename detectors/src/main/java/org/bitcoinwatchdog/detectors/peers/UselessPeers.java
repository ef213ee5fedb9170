package org.bitcoinwatchdog.detectors.peers;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.node.Peer;
import org.bitcoinwatchdog.detectors.node.Sight;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Severity;

/**
 * A large part of the slots is held by peers that gave nothing for an hour: no transaction, block, header or address,
 * nor an announcement of one. They only listen, or they occupy slots. Judged once a minute.
 */
public final class UselessPeers extends NodeRule {
    private static final long MINUTE_NS = Duration.ofMinutes(1).toNanos();

    /**
     * @param share    share of all slots above which the rule fires
     * @param after    how long a peer may send nothing useful
     * @param minPeers slots below which nothing is judged
     */
    public record Settings(boolean enabled, double share, Duration after, int minPeers, Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.share("share", share);
            Check.positive("after", after);
            Check.atLeastOne("min-peers", minPeers);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, 0.25, Duration.ofHours(1), 8, Duration.ofMinutes(10));
        }
    }

    private final Settings settings;
    private long minute;
    /** Whether a finished minute is still to be judged. */
    private boolean due;

    public UselessPeers(Rule rule, Settings settings) {
        super(rule, settings.clearAfter(), Cadence.EACH_SECOND);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return false;
    }

    @Override
    protected boolean advance(NodeContext node) {
        long now = Math.floorDiv(node.nowNs(), MINUTE_NS);
        due = now != minute;
        minute = now;
        return due;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        boolean watched = node.continuity().messagesKnownSinceNs() <= node.nowNs() - settings.after().toNanos();
        boolean seen = node.continuity().sees(Sight.INBOUND_MESSAGES) && node.continuity().sees(Sight.CLOSED_CONNECTIONS);
        if (!due || seen && !watched && firing()) {
            return Judgement.UNDECIDED;
        }
        List<Peer> slots = node.peers().open().stream().filter(peer -> peer.netgroup().isPresent()).toList();
        List<Peer> useless = slots.stream().filter(peer -> node.nowNs() - peer.usefulAtNs() > settings.after().toNanos()).toList();
        boolean many = seen && watched && slots.size() >= settings.minPeers() && useless.size() > settings.share() * slots.size();
        return Judgement.of(many, Severity.INFO, () -> finding(slots, useless, node), () -> over(node));
    }

    /** The peers of the old process are gone. */
    @Override
    protected boolean restarted(NodeContext node) {
        return false;
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = "The peers of " + node.node() + " are useful again";
        return new Finding(text, text + ".", Evidence.NONE);
    }

    private Finding finding(List<Peer> slots, List<Peer> useless, NodeContext node) {
        Groups groups = Groups.byNetgroup(useless.stream());
        String after = Words.span(settings.after().toNanos());
        String summary = String.format(Locale.ROOT, "%d of %s of %s sent nothing useful for %s",
                useless.size(), Words.count(slots.size(), "peer"), node.node(), after);
        String description = String.format(Locale.ROOT, "%s: no transaction, block, header or address (informs above %s of the slots, now %s). The largest group of them is %s."
                        + " Check what they are (bitcoin-cli getpeerinfo: subver, relaytxes, last_transaction, last_block); light"
                        + " wallets and crawlers are usual. Many such peers in one netgroup are not.",
                summary, Words.percent(settings.share()), Words.percent((double) useless.size() / slots.size()),
                groups.members().isEmpty() ? "none" : Words.count(groups.largest(), "peer") + " in " + groups.members().get(0).name());
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("useless-share", Math.round(1e3 * useless.size() / slots.size()) / 1e3, settings.share(), "ratio"),
                        Measurement.of("peers", slots.size(), "peers")),
                Map.of("netgroups", groups.members().stream().limit(5).map(Groups.Group::name).toList(),
                        "peers", useless.stream().limit(20).map(Peer::toString).toList()), true));
    }

    @Override
    protected int formerVersions() {
        return 1;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.number(minute);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        minute = in.number();
    }
}
