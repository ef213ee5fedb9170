package org.bitcoinwatchdog.detectors.topology;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.bitcoinwatchdog.events.DeploymentSignal;
import org.bitcoinwatchdog.events.NodeDigest;

/** The signals of miners in the present period, by node and deployment, as gauges. A deployment that is over reports NaN. */
final class SignallingMeters {
    private final MeterRegistry registry;
    private final Map<String, Map<String, SignalGauges>> nodes = new HashMap<>();

    private static final class SignalGauges {
        private final List<Meter> meters;
        private volatile DeploymentSignal last;

        private SignalGauges(MeterRegistry registry, Tags tags) {
            meters = List.of(
                    gauge(registry, tags, "blocks", "Known blocks of the period that signal", DeploymentSignal::getSignallingBlocks),
                    gauge(registry, tags, "known.blocks", "Connected blocks of the period whose header is known", DeploymentSignal::getKnownBlocks),
                    gauge(registry, tags, "possible.blocks", "The most blocks of the period that can signal", DeploymentSignal::getPossibleBlocks),
                    gauge(registry, tags, "threshold.blocks", "Signalling blocks of a period from which the deployment locks in",
                            DeploymentSignal::getThresholdBlocks));
        }

        private Meter gauge(MeterRegistry registry, Tags tags, String name, String description, ToIntFunction<DeploymentSignal> figure) {
            return Gauge.builder("watchdog.signalling." + name, this, gauges -> gauges.last == null ? Double.NaN : figure.applyAsInt(gauges.last))
                    .description(description).tags(tags).register(registry);
        }
    }

    SignallingMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void on(NodeDigest digest) {
        List<DeploymentSignal> deployments = digest.getSignalling().getDeploymentsList();
        Map<String, SignalGauges> known = nodes.get(digest.getNode());
        if (deployments.isEmpty() && known == null) {
            return;
        }
        Map<String, SignalGauges> ofNode = nodes.computeIfAbsent(digest.getNode(), node -> new HashMap<>());
        ofNode.forEach((name, gauges) -> gauges.last = deployments.stream().filter(each -> each.getName().equals(name)).findFirst().orElse(null));
        deployments.forEach(each -> ofNode.computeIfAbsent(each.getName(), name -> new SignalGauges(registry,
                Tags.of("node", digest.getNode(), "network", digest.getNetwork(), "deployment", name))).last = each);
    }

    void remove(String node) {
        Map<String, SignalGauges> gone = nodes.remove(node);
        if (gone != null) {
            gone.values().forEach(gauges -> gauges.meters.forEach(registry::remove));
        }
    }

    void removeAll() {
        List.copyOf(nodes.keySet()).forEach(this::remove);
    }
}
