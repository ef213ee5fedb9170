package org.bitcoinwatchdog.detectors.peers;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.AlertState;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetAlerts;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetContext;
import org.bitcoinwatchdog.detectors.fleet.FleetNode;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/**
 * All nodes of a network that take inbound connections, at least two, lost their inbound peers ({@link InboundDrop}).
 * The cause may be a common uplink or address, or an attack on all of them.
 */
public final class InboundDropEverywhere implements FleetDetector {
    private static final long JUDGED_EVERY_NS = Duration.ofSeconds(1).toNanos();

    private final InboundDrop.Settings settings;
    private final String alertname;
    private final AlertState alert;
    private long judgedAtNs;

    public InboundDropEverywhere(Rule rule, InboundDrop.Settings settings) {
        alertname = rule.alertname();
        this.settings = settings;
        alert = new AlertState(rule, settings.clearAfter());
    }

    @Override
    public boolean on(FleetNode node, FleetContext fleet, FleetAlerts alerts) {
        boolean asks = node.firing(alertname) || alert.firing();
        if (!asks || node.behind() || Math.abs(node.atNs() - judgedAtNs) < JUDGED_EVERY_NS) {
            return false;
        }
        judgedAtNs = node.atNs();
        List<FleetNode> listening = fleet.nodes().all()
                .filter(each -> !each.stopped() && each.heardAt(node.atNs()) && fleet.chains().together(node.name(), each.name()))
                .filter(each -> each.firing(alertname) || each.inboundPeers() >= settings.minPeers())
                .toList();
        boolean everywhere = listening.size() >= 2 && listening.stream().allMatch(each -> each.firing(alertname));
        alert.judge(everywhere ? Optional.of(Severity.PAGE) : Optional.empty(), node.atNs(),
                () -> finding(everywhere, listening, fleet), alerts.fleet());
        return true;
    }

    private static Finding finding(boolean everywhere, List<FleetNode> listening, FleetContext fleet) {
        if (!everywhere) {
            String text = "Not all nodes of " + fleet.network() + " lose inbound peers now";
            return new Finding(text, text + ".", Evidence.NONE);
        }
        List<String> nodes = listening.stream().map(FleetNode::name).toList();
        String summary = String.format(Locale.ROOT, "All %s of %s that take inbound connections lost their inbound peers",
                Words.count(nodes.size(), "node"), fleet.network());
        String description = summary + ": " + Words.list(nodes, 5) + ". Each has its own alert with the figures. Check what they"
                + " have in common: uplink, firewall, provider, a release that was rolled out, or an attack on the fleet.";
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.of("nodes", nodes.size(), "nodes")), Map.of("nodes", nodes.stream().limit(20).toList()), true));
    }

    @Override
    public String section() {
        return alert.rule().key() + "-everywhere";
    }

    @Override
    public void save(StateWriter out) {
        out.version(1).number(judgedAtNs);
        alert.save(out);
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        judgedAtNs = in.number();
        alert.restore(in);
    }
}
