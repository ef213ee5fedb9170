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
import org.bitcoinwatchdog.detectors.network.AddressText;
import org.bitcoinwatchdog.detectors.network.Netgroup;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.window.HeavyHitters;
import org.bitcoinwatchdog.events.AddrmanAttemptAdd;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Severity;

/**
 * New entries of the address manager come from one netgroup, or point to one. Heilman et al. (USENIX Security 2015)
 * fill the tables before they eclipse a node. Only patched builds of bitcoind have the {@code addrman:*} tracepoints. For other
 * nodes the rule keeps nothing and saves nothing. It judges at the end of each window.
 */
public final class AddrmanConcentration extends NodeRule {
    /**
     * @param sourceShare  share of one netgroup among the senders, above which the rule fires
     * @param addressShare share of one netgroup among the addresses, above which the rule fires
     * @param minInserted  insertions in a window below which nothing is judged; the answer to one getaddr is 1,000
     * @param windows      number of such windows in a row from which the rule fires
     */
    public record Settings(
            boolean enabled, double sourceShare, double addressShare, int minInserted, Duration window, int windows) implements RuleSettings {
        public Settings {
            Check.share("source-share", sourceShare);
            Check.share("address-share", addressShare);
            Check.atLeastOne("min-inserted", minInserted);
            Check.positive("window", window);
            Check.atLeastOne("windows", windows);
        }

        /** Estimated: no figures of patched builds have been published. */
        public static Settings defaults() {
            return new Settings(true, 0.6, 0.1, 500, Duration.ofHours(1), 2);
        }
    }

    private final Settings settings;
    private HeavyHitters sources = new HeavyHitters();
    private HeavyHitters addresses = new HeavyHitters();
    /** Figures of the window that closed last. */
    private HeavyHitters closedSources = sources;
    private HeavyHitters closedAddresses = addresses;
    /** Whether that window is still to be judged. */
    private boolean due;
    private long window;
    private int windowsOver;

    public AddrmanConcentration(Rule rule, Settings settings) {
        super(rule, Duration.ZERO);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.ADDRMAN_ATTEMPT_ADD;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        AddrmanAttemptAdd attempt = event.getAddrmanAttemptAdd();
        if (!attempt.getInserted()) {
            return false;
        }
        close(node);
        netgroup(attempt.getSource()).ifPresent(sources::add);
        netgroup(attempt.getAddress()).ifPresent(addresses::add);
        return true;
    }

    private static Optional<String> netgroup(String address) {
        return AddressText.parse(address).flatMap(Netgroup::of).map(Netgroup::name);
    }

    @Override
    protected boolean advance(NodeContext node) {
        return (addresses.total() > 0 || firing()) && close(node);
    }

    private boolean close(NodeContext node) {
        long now = Math.floorDiv(node.nowNs(), settings.window().toNanos());
        if (now == window) {
            return false;
        }
        closedSources = sources;
        closedAddresses = addresses;
        sources = new HeavyHitters();
        addresses = new HeavyHitters();
        windowsOver = !over() ? 0 : now == window + 1 ? windowsOver + 1 : 1;
        window = now;
        due = true;
        return true;
    }

    @Override
    protected boolean judgesNow(NodeContext node) {
        return due;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        if (!due) {
            return Judgement.UNDECIDED;
        }
        due = false;
        boolean found = windowsOver >= settings.windows() || firing() && windowsOver > 0;
        return Judgement.of(found, Severity.INFO, () -> finding(node), () -> over(node));
    }

    private boolean over() {
        return closedSources.total() >= settings.minInserted() && closedSources.topShare() > settings.sourceShare()
                || closedAddresses.total() >= settings.minInserted() && closedAddresses.topShare() > settings.addressShare();
    }

    /** The address manager is kept on disk. */
    @Override
    protected boolean restarted(NodeContext node) {
        return false;
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = "The new entries in the address manager of " + node.node() + " are spread over netgroups again";
        return new Finding(text, text + ".", Evidence.NONE);
    }

    private Finding finding(NodeContext node) {
        String summary = String.format(Locale.ROOT, "%s of the addresses that %s took in came from %s, %s point to %s",
                Words.percent(closedSources.topShare()), node.node(), Words.list(closedSources.top(1), 1),
                Words.percent(closedAddresses.topShare()), Words.list(closedAddresses.top(1), 1));
        String description = String.format(Locale.ROOT, "%s, of %s within %s (informs above %s of the sources or %s of the addresses, %s in a row)."
                        + " Check who sends these addresses (bitcoin-cli getpeerinfo: addr_processed) and what is stored"
                        + " (getrawaddrman), and watch the outbound slots when the node is restarted next.",
                summary, Words.count(closedAddresses.total(), "insertion"), Words.span(settings.window().toNanos()),
                Words.percent(settings.sourceShare()), Words.percent(settings.addressShare()), Words.count(settings.windows(), "window"));
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("top-source-share", Words.rounded(closedSources.topShare()), settings.sourceShare(), "ratio"),
                        Measurement.against("top-address-share", Words.rounded(closedAddresses.topShare()), settings.addressShare(), "ratio"),
                        Measurement.of("insertions", closedAddresses.total(), "entries")),
                Map.of("netgroups", closedAddresses.top(5), "sources", closedSources.top(5)), true));
    }

    @Override
    protected int formerVersions() {
        return 1;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.number(window).number(windowsOver);
        sources.save(out);
        addresses.save(out);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        window = in.number();
        windowsOver = in.integer();
        sources.restore(in);
        addresses.restore(in);
    }
}
