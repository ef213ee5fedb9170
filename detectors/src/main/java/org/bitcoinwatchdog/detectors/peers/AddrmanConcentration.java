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
import org.bitcoinwatchdog.detectors.network.AddressText;
import org.bitcoinwatchdog.detectors.network.Netgroup;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.detectors.node.NodeContext;
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
public final class AddrmanConcentration implements Detector {
    /**
     * @param sourceShare  share of one netgroup among the senders, above which the rule fires
     * @param addressShare share of one netgroup among the addresses, above which the rule fires
     * @param minInserted  insertions in a window below which nothing is judged; the answer to one getaddr is 1,000
     * @param windows      in a row
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

        /** Judgement: no figures of patched builds have been published. */
        public static Settings defaults() {
            return new Settings(true, 0.6, 0.1, 500, Duration.ofHours(1), 2);
        }
    }

    private final Settings settings;
    private final HeavyHitters sources = new HeavyHitters();
    private final HeavyHitters addresses = new HeavyHitters();
    private final AlertState alert;
    private long window;
    private int windowsOver;

    public AddrmanConcentration(Rule rule, Settings settings) {
        this.settings = settings;
        alert = new AlertState(rule, Duration.ZERO);
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.ADDRMAN_ATTEMPT_ADD;
    }

    @Override
    public boolean on(NodeEvent event, NodeContext node, AlertWriter alerts) {
        AddrmanAttemptAdd attempt = event.getAddrmanAttemptAdd();
        if (!event.hasAddrmanAttemptAdd() || !attempt.getInserted()) {
            return false;
        }
        close(node, alerts);
        netgroup(attempt.getSource()).ifPresent(sources::add);
        netgroup(attempt.getAddress()).ifPresent(addresses::add);
        return true;
    }

    private static Optional<String> netgroup(String address) {
        return AddressText.parse(address).flatMap(Netgroup::of).map(Netgroup::name);
    }

    @Override
    public boolean leisurely() {
        return true;
    }

    @Override
    public boolean tick(NodeContext node, AlertWriter alerts) {
        return (addresses.total() > 0 || alert.firing()) && close(node, alerts);
    }

    private boolean close(NodeContext node, AlertWriter alerts) {
        long now = Math.floorDiv(node.nowNs(), settings.window().toNanos());
        if (now == window) {
            return false;
        }
        boolean over = over();
        windowsOver = !over ? 0 : now == window + 1 ? windowsOver + 1 : 1;
        window = now;
        boolean found = windowsOver >= settings.windows() || alert.firing() && over;
        alert.judge(found ? Optional.of(Severity.INFO) : Optional.empty(), node.nowNs(), () -> finding(found, node), alerts);
        sources.clear();
        addresses.clear();
        return true;
    }

    private boolean over() {
        return sources.total() >= settings.minInserted() && sources.topShare() > settings.sourceShare()
                || addresses.total() >= settings.minInserted() && addresses.topShare() > settings.addressShare();
    }

    @Override
    public boolean stopped(NodeContext node, AlertWriter alerts) {
        return alert.end(node.nowNs(), () -> finding(false, node), alerts);
    }

    private Finding finding(boolean found, NodeContext node) {
        if (!found) {
            String text = "What enters the address manager of " + node.node() + " is spread over netgroups again";
            return new Finding(text, text + ".", Evidence.NONE);
        }
        String summary = String.format(Locale.ROOT, "%s of the addresses that %s took in came from %s, %s point to %s",
                Words.percent(sources.topShare()), node.node(), Words.list(sources.top(1), 1),
                Words.percent(addresses.topShare()), Words.list(addresses.top(1), 1));
        String description = String.format(Locale.ROOT, "%s, of %s within %s (informs above %s of the sources or %s of the addresses, %s in a row)."
                        + " Check who tells these addresses (bitcoin-cli getpeerinfo: addr_processed) and what is stored"
                        + " (getrawaddrman), and watch the outbound slots when the node is restarted next.",
                summary, Words.count(addresses.total(), "insertion"), Words.span(settings.window().toNanos()),
                Words.percent(settings.sourceShare()), Words.percent(settings.addressShare()), Words.count(settings.windows(), "window"));
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("top-source-share", Words.rounded(sources.topShare()), settings.sourceShare(), "ratio"),
                        Measurement.against("top-address-share", Words.rounded(addresses.topShare()), settings.addressShare(), "ratio"),
                        Measurement.of("insertions", addresses.total(), "entries")),
                Map.of("netgroups", addresses.top(5), "sources", sources.top(5)), true));
    }

    @Override
    public String section() {
        return alert.rule().key();
    }

    @Override
    public void save(StateWriter out) {
        out.version(1).number(window).number(windowsOver);
        sources.save(out);
        addresses.save(out);
        alert.save(out);
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        window = in.number();
        windowsOver = in.integer();
        sources.restore(in);
        addresses.restore(in);
        alert.restore(in);
    }
}
