package org.bitcoinwatchdog.detectors.peers;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetContext;
import org.bitcoinwatchdog.detectors.fleet.FleetNode;
import org.bitcoinwatchdog.detectors.fleet.FleetRule;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/**
 * All nodes of a network that take inbound connections, at least two, lost their inbound peers ({@link InboundDrop}).
 * The cause may be a common uplink or address, or an attack on all of them.
 */
public final class InboundDropEverywhere extends FleetRule {
    private final InboundDrop.Settings settings;
    private final String alertname;

    public InboundDropEverywhere(Rule rule, InboundDrop.Settings settings) {
        super(rule, settings.clearAfter(), Judges.EACH_SECOND);
        alertname = rule.alertname();
        this.settings = settings;
    }

    @Override
    protected boolean asks(FleetNode node, FleetContext fleet) {
        return (node.firing(alertname) || firing()) && !node.behind();
    }

    @Override
    protected Judgement judge(FleetNode node, FleetContext fleet) {
        List<FleetNode> listening = fleet.nodes().all()
                .filter(each -> !each.stopped() && each.heardAt(node.atNs()) && fleet.chains().together(node.name(), each.name()))
                .filter(each -> each.firing(alertname) || each.inboundPeers() >= settings.minPeers())
                .toList();
        boolean everywhere = listening.size() >= 2 && listening.stream().allMatch(each -> each.firing(alertname));
        return Judgement.of(everywhere, Severity.PAGE, () -> finding(listening, fleet),
                () -> Finding.of("Not all nodes of " + fleet.network() + " lose inbound peers now"));
    }

    private static Finding finding(List<FleetNode> listening, FleetContext fleet) {
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
        return super.section() + "-everywhere";
    }
}
