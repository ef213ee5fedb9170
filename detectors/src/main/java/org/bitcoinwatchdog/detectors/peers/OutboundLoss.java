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
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;
import org.bitcoinwatchdog.events.ConnectionType;

/**
 * The node has too few of the eight outbound full-relay peers that Core keeps (MAX_OUTBOUND_FULL_RELAY_CONNECTIONS,
 * net.h), or none. The rule is armed once the node has had the minimum since the start of bitcoind, or any full-relay
 * peer for the loss of all. So it never fires on a node with {@code -connect=}, which has only manual peers, and it
 * does not fire on too few peers with a low {@code -maxconnections}. Nodes with only Tor, or with {@code -blocksonly},
 * have full-relay peers like other nodes.
 *
 * <p>After a restart of the agent, open peers are unknown until they are heard, at most two minutes later. If messages
 * are not traced at all, peers are forgotten, not lost, and the rule is disarmed (see Peers).
 */
public final class OutboundLoss extends NodeRule {
    /** Core pings every 2 minutes: by then every open peer was heard (see Peers). */
    private static final long HEARD_AFTER_HOLE_NS = Duration.ofMinutes(5).toNanos();
    private static final int BRANCH = 3;

    /**
     * @param minimum full-relay peers below which the rule pages
     * @param page    how long there must be fewer
     * @param none    how long there must be none
     * @param onChain full-relay peers on the node's chain below which the rule pages, if the others follow a branch of three
     *                blocks or a chain with other headers
     * @param startup how long bitcoind may take to find its peers after its start
     */
    public record Settings(boolean enabled, int minimum, Duration page, Duration none, int onChain, Duration startup,
            Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.atLeastOne("minimum", minimum);
            Check.positive("page", page);
            Check.positive("none", none);
            Check.atLeastOne("on-chain", onChain);
            Check.notNegative("startup", startup);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, 6, Duration.ofMinutes(5), Duration.ofMinutes(2), 4, Duration.ofMinutes(15),
                    Duration.ofMinutes(2));
        }
    }

    private final Settings settings;
    private final PerMembership<Integer> fullRelay = new PerMembership<>(OutboundLoss::fullRelay);
    private boolean hadAny;
    private boolean hadMinimum;
    /** Whether any full-relay peer was seen in this run of bitcoind. */
    private boolean anyInThisRun;
    private long forgottenAtNs;
    private long startedAtNs = Long.MIN_VALUE / 2;
    private long fewSinceNs;
    private long noneSinceNs;
    /** Since when too few peers are on the node's chain. */
    private long strayedSinceNs;

    public OutboundLoss(Rule rule, Settings settings) {
        super(rule, settings.clearAfter(), Cadence.EACH_SECOND);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return false;
    }

    @Override
    protected boolean restarted(NodeContext node) {
        startedAtNs = node.nowNs();
        hadMinimum = false; // it may have been given another configuration
        anyInThisRun = false;
        fewSinceNs = 0;
        noneSinceNs = 0;
        strayedSinceNs = 0;
        return true;
    }

    @Override
    protected boolean advance(NodeContext node) {
        if (node.continuity().seesOutbound()) {
            return count(fullRelay.of(node), node);
        }
        boolean knew = hadAny || hadMinimum;
        hadAny = false;
        hadMinimum = false;
        return knew;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        if (!node.continuity().seesOutbound()) {
            return Judgement.over(() -> Finding.of("It is no longer known which outbound peers " + node.node() + " has"));
        }
        int peers = fullRelay.of(node);
        boolean few = hadMinimum && peers < settings.minimum() && lastsNs(fewSinceNs, node) >= settings.page().toNanos();
        boolean none = hadAny && peers == 0 && lastsNs(noneSinceNs, node) >= settings.none().toNanos();
        boolean strayed = hadMinimum && lastsNs(strayedSinceNs, node) >= settings.page().toNanos();
        boolean ending = !firing() && node.chain().mayBeEnding();
        boolean unknown = ending || firing() && peers < settings.minimum()
                && node.nowNs() - node.continuity().connectionsKnownSinceNs() < HEARD_AFTER_HOLE_NS;
        if (unknown) {
            return Judgement.UNDECIDED; // bitcoind may be ending, or not every peer was heard yet
        }
        return Judgement.of(few || none || strayed, Severity.PAGE,
                () -> few || none || strayedSinceNs == 0 ? finding(peers, node) : strayed(peers, node), () -> over(node));
    }

    private boolean count(int peers, NodeContext node) {
        boolean forgot = node.peers().forgottenAtNs() != forgottenAtNs;
        if (forgot) {
            forgottenAtNs = node.peers().forgottenAtNs();
            hadAny = false;
            hadMinimum = false;
        }
        boolean onlyManual = peers == 0 && !anyInThisRun && node.peers().open().stream()
                .anyMatch(peer -> peer.type() == ConnectionType.CONNECTION_TYPE_MANUAL);
        boolean any = peers > 0 || hadAny && !onlyManual;
        boolean minimum = hadMinimum || peers >= settings.minimum();
        boolean inThisRun = anyInThisRun || peers > 0;
        long few = peers >= settings.minimum() ? 0 : fewSinceNs == 0 ? node.nowNs() : fewSinceNs;
        long none = peers > 0 ? 0 : noneSinceNs == 0 ? node.nowNs() : noneSinceNs;
        int onChain = peers - offChain(node);
        long strayed = onChain == peers || onChain >= settings.onChain() ? 0 : strayedSinceNs == 0 ? node.nowNs() : strayedSinceNs;
        boolean changed = strayed != strayedSinceNs || forgot || any != hadAny || minimum != hadMinimum || inThisRun != anyInThisRun
                || few != fewSinceNs || none != noneSinceNs;
        hadAny = any;
        hadMinimum = minimum;
        anyInThisRun = inThisRun;
        fewSinceNs = few;
        noneSinceNs = none;
        strayedSinceNs = strayed;
        return changed;
    }

    /** Two miners may find two blocks each, and then the peers of the other branch return. So shorter branches don't count. */
    private static int offChain(NodeContext node) {
        return node.sides().count(node.chain(), node.peers()).getOffChain() == 0 ? 0 : (int) node.peers().open().stream()
                .filter(peer -> peer.type() == ConnectionType.CONNECTION_TYPE_OUTBOUND_FULL_RELAY && peer.netgroup().isPresent()
                        && node.sides().offBlocks(peer.id(), node.chain()) >= BRANCH).count();
    }

    /** How long the loss is known to last; the start of bitcoind does not count. */
    private long lastsNs(long sinceNs, NodeContext node) {
        long heardNs = node.continuity().connectionsKnownSinceNs() + HEARD_AFTER_HOLE_NS;
        return sinceNs == 0 ? 0
                : node.nowNs() - Math.max(sinceNs, Math.max(heardNs, startedAtNs + settings.startup().toNanos()));
    }

    private static int fullRelay(NodeContext node) {
        return (int) node.peers().open().stream()
                .filter(peer -> peer.type() == ConnectionType.CONNECTION_TYPE_OUTBOUND_FULL_RELAY && peer.netgroup().isPresent())
                .count();
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return hadMinimum
                ? Optional.of(score(Words.seconds(lastsNs(fewSinceNs, node)), settings.page().toSeconds(), "seconds"))
                : Optional.empty();
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = node.continuity().stopped() ? node.node() + " was stopped" : String.format(
                Locale.ROOT, "%s has %s again", node.node(), Words.count(fullRelay.of(node), "outbound full-relay peer"));
        return new Finding(text, text + ".", Evidence.NONE);
    }

    private Finding finding(int peers, NodeContext node) {
        long sinceNs = peers == 0 ? noneSinceNs : fewSinceNs;
        String span = Words.span(node.nowNs() - sinceNs);
        String summary = String.format(Locale.ROOT, "%s has %s for %s", node.node(),
                peers == 0 ? "no outbound full-relay peer" : Words.count(peers, "outbound full-relay peer"), span);
        List<String> left = node.peers().open().stream().filter(Peer::holdsOutboundSlot).map(Peer::toString).toList();
        String description = String.format(Locale.ROOT, "%s. Bitcoin Core keeps eight. It lacks %d of the %d below which the rule pages after %s; without any it pages after %s. Check"
                        + " the host's uplink, firewall, DNS and proxy (bitcoin-cli getnetworkinfo: networkactive, networks), whether"
                        + " the address manager still has usable addresses (getaddrmaninfo). Remaining peers: %s.",
                summary, settings.minimum() - peers, settings.minimum(), Words.span(settings.page().toNanos()), Words.span(settings.none().toNanos()),
                left.isEmpty() ? "nobody" : Words.list(left, 10) + " (block-relay-only peers included)");
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("full-relay-peers", peers, settings.minimum(), "peers"),
                        Measurement.against("full-relay-peers-too-few", settings.minimum() - peers, 1, "peers"),
                        Measurement.of("peers", left.size(), "peers"),
                        Measurement.of("lasts", Words.seconds(node.nowNs() - sinceNs), "seconds")),
                Map.of("peers", left), node.continuity().connectionsKnownSinceNs() <= sinceNs));
    }

    private Finding strayed(int peers, NodeContext node) {
        int onChain = peers - offChain(node);
        String span = Words.span(node.nowNs() - strayedSinceNs);
        List<String> away = node.peers().open().stream().filter(peer -> node.sides().offBlocks(peer.id(), node.chain()) >= BRANCH)
                .map(Peer::toString).toList();
        String summary = String.format(Locale.ROOT, "Only %d of %s of %s are on its chain for %s", onChain,
                Words.count(peers, "outbound full-relay peer"), node.node(), span);
        String description = String.format(Locale.ROOT, "%s (pages below %d after %s). The others announce a branch of three blocks or more, or headers"
                        + " of another form: %s. If the node is on the side that you want, connect it to peers of that side (addnode): few peers"
                        + " can keep blocks from it. If not, this node shows the wrong chain. See ForkBranch.",
                summary, settings.onChain(), Words.span(settings.page().toNanos()), Words.list(away, 10));
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("on-chain-peers", onChain, settings.onChain(), "peers"),
                        Measurement.of("full-relay-peers", peers, "peers"),
                        Measurement.of("lasts", Words.seconds(node.nowNs() - strayedSinceNs), "seconds")),
                Map.of("peers", away), node.continuity().messagesKnownSinceNs() <= strayedSinceNs));
    }

    @Override
    protected int formerVersions() {
        return 3;
    }

    @Override
    protected int version() {
        return 5;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.flag(hadAny).flag(hadMinimum).flag(anyInThisRun).number(startedAtNs).number(fewSinceNs).number(noneSinceNs)
                .number(forgottenAtNs).number(strayedSinceNs);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        hadAny = in.flag();
        hadMinimum = in.flag();
        anyInThisRun = in.flag();
        startedAtNs = in.number();
        fewSinceNs = in.number();
        noneSinceNs = in.number();
        forgottenAtNs = in.number();
        strayedSinceNs = version >= 5 ? in.number() : 0;
        if (version == 2) {
            in.number(); // now kept by Peers
            in.integer();
            in.number();
        }
    }
}
