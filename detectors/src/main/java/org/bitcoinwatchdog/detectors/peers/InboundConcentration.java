package org.bitcoinwatchdog.detectors.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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

/**
 * Inbound connections that come from few netgroups or autonomous systems, at the end of several windows in a row. By
 * connection time, as measured on real nodes, the largest AS has 15 % (99.9 % quantile 37 %), the index over AS is 0.08
 * (0.19) and the largest netgroup has 6 % (24 %) (rules.md section 3). It counts open connections, not openings: a peer
 * that reconnects often does not hold more slots.
 *
 * <p>Local and unroutable peers have no netgroup (see Netgroup). So functional tests, in which all peers connect from
 * 127.0.0.1, are not judged.
 */
public final class InboundConcentration extends NodeRule {
    /**
     * @param minPeers         inbound peers below which nothing is judged
     * @param windows          windows in a row that must be over a threshold
     * @param topAsShare       smoothed share of the largest autonomous system
     * @param asHhi            unbiased Herfindahl-Hirschman index over autonomous systems
     * @param topNetgroupShare smoothed share of the largest netgroup
     */
    public record Settings(
            boolean enabled, int minPeers, Duration window, int windows, double topAsShare, double asHhi,
            double topNetgroupShare) implements RuleSettings {
        public Settings {
            Check.atLeastOne("min-peers", minPeers);
            Check.positive("window", window);
            Check.atLeastOne("windows", windows);
            Check.share("top-as-share", topAsShare);
            Check.share("as-hhi", asHhi);
            Check.share("top-netgroup-share", topNetgroupShare);
        }

        public static Settings defaults() {
            return new Settings(true, 20, Duration.ofMinutes(5), 3, 0.45, 0.25, 0.30);
        }
    }

    private final Settings settings;
    private final Set<String> worseWith;
    private final PerMembership<Optional<Score>> score = new PerMembership<>(this::scoreNow);
    /** Number of the present window since the epoch. */
    private long window;
    private int windowsOver;

    /** @param worseWith names of the alerts about the node beside which this rule pages */
    public InboundConcentration(Rule rule, Settings settings, Set<String> worseWith) {
        super(rule, settings.window(), Cadence.EACH_SECOND);
        this.worseWith = worseWith;
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return false;
    }

    @Override
    protected boolean advance(NodeContext node) {
        long now = Math.floorDiv(node.nowNs(), settings.window().toNanos());
        if (now == window) {
            return false;
        }
        boolean inARow = now == window + 1;
        window = now;
        windowsOver = !node.continuity().seesInbound() || !over(groups(node)) ? 0 : inARow ? windowsOver + 1 : 1;
        return true;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        boolean concentrated = windowsOver >= settings.windows() || firing() && windowsOver > 0;
        Severity severity = concentrated && worse(node).isEmpty() ? Severity.WARN : Severity.PAGE;
        return Judgement.of(concentrated, severity, () -> finding(node), () -> over(node));
    }

    /**
     * Alerts that make it a page. A lag behind the fleet also leads to a page, through Eclipse: the node rules don't
     * know the fleet.
     */
    private List<String> worse(NodeContext node) {
        return node.firing().alertnames().stream().filter(worseWith::contains).toList();
    }

    /** The peers of the old process are gone. The end of the window takes this into account. */
    @Override
    protected boolean restarted(NodeContext node) {
        if (!node.continuity().stopped()) {
            return false;
        }
        windowsOver = 0;
        return true;
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return node.continuity().seesInbound() ? score.of(node) : Optional.empty();
    }

    private Optional<Score> scoreNow(NodeContext node) {
        var share = Groups.topNetgroupShare(node.peers().open(), Peer::inbound, settings.minPeers());
        return share.isEmpty() ? Optional.empty()
                : Optional.of(score(Words.rounded(share.getAsDouble()), settings.topNetgroupShare(), "ratio"));
    }

    private record Inbound(Groups netgroups, Groups as) {
    }

    private static Inbound groups(NodeContext node) {
        return new Inbound(Groups.byNetgroup(inbound(node)), Groups.byAs(inbound(node)));
    }

    private static Stream<Peer> inbound(NodeContext node) {
        return node.peers().open().stream().filter(Peer::inbound);
    }

    private boolean over(Inbound inbound) {
        return netgroupOver(inbound) || asOver(inbound);
    }

    private boolean netgroupOver(Inbound inbound) {
        return inbound.netgroups().total() >= settings.minPeers() && inbound.netgroups().topShare() > settings.topNetgroupShare();
    }

    private boolean asOver(Inbound inbound) {
        return inbound.as().total() >= settings.minPeers()
                && (inbound.as().topShare() > settings.topAsShare() || inbound.as().hhi() > settings.asHhi());
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = String.format(Locale.ROOT, "The inbound peers of %s are spread over netgroups again", node.node());
        return new Finding(text, text + ".", evidence(node, groups(node), List.of()));
    }

    private Finding finding(NodeContext node) {
        Inbound inbound = groups(node);
        List<Groups.Group> largest = new ArrayList<>();
        List<String> held = new ArrayList<>();
        boolean neither = !over(inbound); // only for a moment: the next window decides
        if (netgroupOver(inbound) || neither) {
            largest(inbound.netgroups(), "inbound peers", largest, held);
        }
        if (asOver(inbound) || neither) {
            largest(inbound.as(), "inbound peers with a known AS", largest, held);
        }
        String summary = node.node() + " has " + (held.isEmpty() ? "no inbound peers now" : String.join(" and ", held));
        return new Finding(summary, description(summary, inbound, node), evidence(node, inbound, largest));
    }

    private static void largest(Groups groups, String noun, List<Groups.Group> largest, List<String> held) {
        groups.members().stream().limit(1).forEach(group -> {
            largest.add(group);
            held.add(String.format(Locale.ROOT, "%d of %d %s in %s", group.size(), groups.total(), noun, group.name()));
        });
    }

    private String description(String summary, Inbound inbound, NodeContext node) {
        String as = node.peers().knowsAs() ? String.format(Locale.ROOT, ", that of the largest AS %.3f (%.2f), the index over AS %.3f (%.2f)",
                inbound.as().topShare(), settings.topAsShare(), inbound.as().hhi(), settings.asHhi()) : "";
        return String.format(Locale.ROOT, "%s. The peers were concentrated at the end of %s of %s in a row. Now the smoothed share of"
                        + " the largest netgroup is %.3f (warns above %.2f)%s. The alert pages together with outbound turnover or missing"
                        + " blocks%s. Check what these peers do (bitcoin-cli getpeerinfo: do they send transactions and blocks?), and"
                        + " whether honest inbound peers were evicted for them.",
                summary, Words.count(windowsOver, "window"), Words.span(settings.window().toNanos()), inbound.netgroups().topShare(),
                settings.topNetgroupShare(), as, worse(node).isEmpty() ? "" : ", now: " + String.join(", ", worse(node)));
    }

    private Evidence evidence(NodeContext node, Inbound inbound, List<Groups.Group> largest) {
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(Measurement.against(
                "top-netgroup-share", Words.rounded(inbound.netgroups().topShare()), settings.topNetgroupShare(), "ratio"));
        if (node.peers().knowsAs()) {
            measurements.add(Measurement.against("top-as-share", Words.rounded(inbound.as().topShare()), settings.topAsShare(), "ratio"));
            measurements.add(Measurement.against("as-hhi", Words.rounded(inbound.as().hhi()), settings.asHhi(), "ratio"));
        }
        measurements.add(Measurement.of("inbound-peers", inbound.netgroups().total(), "peers"));
        long spanNs = settings.window().toNanos() * settings.windows();
        return new Evidence(measurements, Map.of(
                "netgroups", top(inbound.netgroups()), "as-numbers", top(inbound.as()),
                "peers", largest.stream().flatMap(group -> group.peers().stream()).map(Peer::toString).distinct().limit(20).toList()),
                node.continuity().connectionsKnownSinceNs() <= node.nowNs() - spanNs);
    }

    private static List<String> top(Groups groups) {
        return groups.members().stream().limit(5).map(Groups.Group::name).toList();
    }

    @Override
    protected int formerVersions() {
        return 1;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.number(window).number(windowsOver);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        window = in.number();
        windowsOver = in.integer();
    }
}
