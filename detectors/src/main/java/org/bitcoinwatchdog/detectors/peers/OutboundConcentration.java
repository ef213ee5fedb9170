package org.bitcoinwatchdog.detectors.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.network.Netgroup;
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
import org.bitcoinwatchdog.events.NodeOptions;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;

/**
 * Outbound slots (full relay and block relay) that share a netgroup or an autonomous system. Peers just opened don't
 * count for the AS: every ten minutes Core opens one more for less than a minute, to look for a better chain. Counting
 * them would make coincidences five times as frequent. Core never fills two slots from one netgroup of IPv4 or IPv6
 * (ThreadOpenConnections, net.cpp), so two such slots have another cause. Core does not keep onion, I2P and CJDNS peers
 * apart, so they don't count. A node with its own asmap keeps autonomous systems apart instead, so a netgroup counts
 * like an AS there. If the end of a connection may have been missed, its peer counts only while it is heard. So it is
 * not counted together with the peer that took its slot. Of ten honest draws five or more fall into one AS with
 * probability 1e-3, six or more with 1e-4 (rules.md section 3).
 */
public final class OutboundConcentration extends NodeRule {
    /**
     * Core pings every two minutes, and the time at which a peer was heard is kept to half a minute. A peer that is
     * silent for longer is gone.
     */
    private static final long HEARD_WITHIN_NS = Duration.ofMinutes(3).toNanos();

    /**
     * @param asWarn       outbound slots in one autonomous system from which the rule warns
     * @param asPage       from which it pages
     * @param netgroupWarn outbound slots in one netgroup from which the rule warns
     * @param netgroupPage from which it pages
     * @param settled      how long a peer must have been connected to count for an autonomous system
     */
    public record Settings(boolean enabled, int asWarn, int asPage, int netgroupWarn, int netgroupPage, Duration settled,
            Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.atLeastOne("as-warn", asWarn);
            Check.ordered("as-warn", asWarn, "as-page", asPage);
            Check.atLeastOne("netgroup-warn", netgroupWarn);
            Check.ordered("netgroup-warn", netgroupWarn, "netgroup-page", netgroupPage);
            Check.notNegative("settled", settled);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, 5, 7, 2, 3, Duration.ofMinutes(2), Duration.ofSeconds(60));
        }
    }

    private final Settings settings;
    private Optional<Severity> found = Optional.empty();
    private int inOneNetgroup;
    /** The groups that {@link #found} reports. */
    private long judgedMembership = -1;
    /** When the next peer settles. */
    private long settlesAtNs = Long.MAX_VALUE;
    /** Since when {@link #found} is not empty. */
    private long foundSinceNs;

    public OutboundConcentration(Rule rule, Settings settings) {
        super(rule, settings.clearAfter(), Cadence.EACH_SECOND);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.OUTBOUND_CONNECTION || body == NodeEvent.BodyCase.CLOSED_CONNECTION;
    }

    @Override
    protected boolean judgesNow(NodeContext node) {
        return node.peers().slotMembership() != judgedMembership;
    }

    /** The peers of the old process are gone: the next judgement no longer counts them. */
    @Override
    protected boolean restarted(NodeContext node) {
        return false;
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return !node.continuity().seesOutbound() ? Optional.empty() : Optional.of(score(inOneNetgroup, netgroupWarn(node), "peers"));
    }

    @Override
    protected boolean advance(NodeContext node) {
        if (!node.continuity().seesOutbound() || !due(node)) {
            return false;
        }
        judgedMembership = node.peers().slotMembership();
        settlesAtNs = slots(node).mapToLong(this::settlesAtNs).filter(at -> at > node.nowNs()).min().orElse(Long.MAX_VALUE);
        inOneNetgroup = byNetgroup(node).largest();
        found = severity(inOneNetgroup, byAs(node).largest(), node);
        boolean changed = found.isPresent() != (foundSinceNs != 0);
        foundSinceNs = found.isEmpty() ? 0 : changed ? node.nowNs() : foundSinceNs;
        return changed;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        if (!node.continuity().seesOutbound()) {
            return Judgement.over(() -> Finding.of("It is no longer known which outbound peers " + node.node() + " has"));
        }
        boolean early = found.isPresent() && !firing() && node.nowNs() - foundSinceNs < HEARD_WITHIN_NS && unsure(node);
        return early ? Judgement.UNDECIDED : Judgement.of(found, () -> finding(node), () -> over(node));
    }

    private boolean due(NodeContext node) {
        return node.peers().slotMembership() != judgedMembership || node.nowNs() >= settlesAtNs || foundSinceNs != 0;
    }

    /** Whether some of the listed peers may be gone, since their end may have been missed. */
    private static boolean unsure(NodeContext node) {
        return slots(node).anyMatch(peer -> peer.heardAtNs() < node.continuity().connectionsKnownSinceNs());
    }

    private long settlesAtNs(Peer peer) {
        return peer.openedAtNs() == 0 ? 0 : peer.openedAtNs() + settings.settled().toNanos();
    }

    private static boolean keepsAsApart(NodeContext node) {
        return node.runs().options().filter(NodeOptions::getAsmap).isPresent();
    }

    private int netgroupWarn(NodeContext node) {
        return keepsAsApart(node) ? Math.max(settings.asWarn(), settings.netgroupWarn()) : settings.netgroupWarn();
    }

    private int netgroupPage(NodeContext node) {
        return keepsAsApart(node) ? Math.max(settings.asPage(), settings.netgroupPage()) : settings.netgroupPage();
    }

    private Optional<Severity> severity(int inNetgroup, int inAs, NodeContext node) {
        if (inNetgroup >= netgroupPage(node) || inAs >= settings.asPage()) {
            return Optional.of(Severity.PAGE);
        }
        boolean warn = inNetgroup >= netgroupWarn(node) || inAs >= settings.asWarn();
        return warn ? Optional.of(Severity.WARN) : Optional.empty();
    }

    private static Stream<Peer> slots(NodeContext node) {
        return node.peers().open().stream().filter(Peer::holdsOutboundSlot)
                .filter(peer -> peer.heardAtNs() >= node.continuity().connectionsKnownSinceNs()
                        || node.nowNs() - peer.heardAtNs() < HEARD_WITHIN_NS);
    }

    private static Groups byNetgroup(NodeContext node) {
        return Groups.byNetgroup(slots(node).filter(peer -> peer.netgroup().filter(Netgroup::keptApart).isPresent()));
    }

    private Groups byAs(NodeContext node) {
        return Groups.byAs(slots(node).filter(peer -> settlesAtNs(peer) <= node.nowNs()));
    }

    private Finding finding(NodeContext node) {
        Groups netgroups = byNetgroup(node);
        Groups as = byAs(node);
        long slots = slots(node).count();
        List<Groups.Group> crowded = crowded(netgroups, as, node);
        String worst = String.join(" and ", crowded.stream().limit(2)
                .map(group -> Words.count(group.size(), "outbound slot") + " of " + slots + " in " + group.name()).toList());
        String description = String.format(Locale.ROOT, "%s has %s: %s. Bitcoin Core keeps outbound peers in different %s by itself;"
                        + " warns from %d in one netgroup or %d in one AS, pages from %d or %d. Check who chose these peers"
                        + " (bitcoin-cli getpeerinfo, connection_type), whether the address manager is filled with one"
                        + " operator's addresses (getaddrmaninfo), and whether a proxy or firewall redirects connections.",
                node.node(), worst,
                Words.list(crowded.stream().flatMap(group -> group.peers().stream()).map(Peer::toString).distinct().toList(), 10),
                keepsAsApart(node) ? "autonomous systems" : "netgroups", netgroupWarn(node), settings.asWarn(), netgroupPage(node), settings.asPage());
        return new Finding(node.node() + " has " + worst, description, evidence(node, netgroups, as, slots, crowded));
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = String.format(Locale.ROOT, "The outbound slots of %s are spread over netgroups again", node.node());
        return new Finding(text, text + ".", evidence(node, byNetgroup(node), byAs(node), slots(node).count(), List.of()));
    }

    private List<Groups.Group> crowded(Groups netgroups, Groups as, NodeContext node) {
        List<Groups.Group> crowded = new ArrayList<>();
        netgroups.members().stream().filter(group -> group.size() >= netgroupWarn(node)).forEach(crowded::add);
        as.members().stream().filter(group -> group.size() >= settings.asWarn()).forEach(crowded::add);
        return crowded;
    }

    /** The threshold is included only if it is reached: the text names the groups that reach it. */
    private static Measurement largest(String name, Groups groups, int warn) {
        return groups.largest() < warn ? Measurement.of(name, groups.largest(), "peers")
                : Measurement.against(name, groups.largest(), warn, "peers");
    }

    private Evidence evidence(NodeContext node, Groups netgroups, Groups as, long slots, List<Groups.Group> crowded) {
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(largest("slots-in-one-netgroup", netgroups, netgroupWarn(node)));
        if (node.peers().knowsAs()) {
            measurements.add(largest("slots-in-one-as", as, settings.asWarn()));
        }
        measurements.add(Measurement.of("outbound-slots", slots, "peers"));
        return new Evidence(measurements, Map.of(
                "peers", crowded.stream().flatMap(group -> group.peers().stream()).map(Peer::toString).distinct().toList(),
                "netgroups", crowded.stream().filter(netgroups.members()::contains).map(Groups.Group::name).toList(),
                "as-numbers", crowded.stream().filter(as.members()::contains).map(Groups.Group::name).toList()),
                crowded.stream().flatMap(group -> group.peers().stream()).allMatch(peer -> peer.openedAtNs() != 0));
    }

    @Override
    protected int formerVersions() {
        return 2;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.number(foundSinceNs);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        foundSinceNs = version >= 2 ? in.number() : 0;
    }
}
