package org.bitcoinwatchdog.detectors.peers;

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
 * A large part of the slots is held by peers that gave nothing for an hour: no transaction, block, header or address, nor
 * an announcement of one. They listen, or they keep slots from others. Asked once a minute.
 */
public final class UselessPeers implements Detector {
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
    private final AlertState alert;
    private long minute;

    public UselessPeers(Rule rule, Settings settings) {
        this.settings = settings;
        alert = new AlertState(rule, settings.clearAfter());
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return false;
    }

    @Override
    public boolean tick(NodeContext node, AlertWriter alerts) {
        long now = Math.floorDiv(node.nowNs(), MINUTE_NS);
        if (now == minute) {
            return false;
        }
        minute = now;
        boolean watched = node.continuity().messagesKnownSinceNs() <= node.nowNs() - settings.after().toNanos();
        boolean seen = node.continuity().sees(Sight.INBOUND_MESSAGES) && node.continuity().sees(Sight.CLOSED_CONNECTIONS);
        if (seen && !watched && alert.firing()) {
            return true;
        }
        List<Peer> slots = node.peers().open().stream().filter(peer -> peer.netgroup().isPresent()).toList();
        List<Peer> useless = slots.stream().filter(peer -> node.nowNs() - peer.usefulAtNs() > settings.after().toNanos()).toList();
        boolean many = seen && watched && slots.size() >= settings.minPeers() && useless.size() > settings.share() * slots.size();
        alert.judge(many ? Optional.of(Severity.INFO) : Optional.empty(), node.nowNs(),
                () -> finding(slots, useless, many, node), alerts);
        return true;
    }

    @Override
    public boolean stopped(NodeContext node, AlertWriter alerts) {
        return alert.end(node.nowNs(), () -> finding(List.of(), List.of(), false, node), alerts);
    }

    private Finding finding(List<Peer> slots, List<Peer> useless, boolean many, NodeContext node) {
        if (!many) {
            String text = "The peers of " + node.node() + " are of use again";
            return new Finding(text, text + ".", Evidence.NONE);
        }
        Groups groups = Groups.byNetgroup(useless.stream());
        String after = Words.span(settings.after().toNanos());
        String summary = String.format(Locale.ROOT, "%d of %s of %s gave nothing for %s",
                useless.size(), Words.count(slots.size(), "peer"), node.node(), after);
        String description = String.format(Locale.ROOT, "%s: no transaction, block, header or address (informs above %s of the slots, now %s). The largest group of them is %s."
                        + " Check what they are (bitcoin-cli getpeerinfo: subver, relaytxes, last_transaction, last_block); light"
                        + " wallets and crawlers are ordinary, the same silence in one netgroup is not.",
                summary, Words.percent(settings.share()), Words.percent((double) useless.size() / slots.size()),
                groups.members().isEmpty() ? "none" : Words.count(groups.largest(), "peer") + " in " + groups.members().get(0).name());
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("useless-share", Math.round(1e3 * useless.size() / slots.size()) / 1e3, settings.share(), "ratio"),
                        Measurement.of("peers", slots.size(), "peers")),
                Map.of("netgroups", groups.members().stream().limit(5).map(Groups.Group::name).toList(),
                        "peers", useless.stream().limit(20).map(Peer::toString).toList()), true));
    }

    @Override
    public String section() {
        return alert.rule().key();
    }

    @Override
    public void save(StateWriter out) {
        out.version(1).number(minute);
        alert.save(out);
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        minute = in.number();
        alert.restore(in);
    }
}
