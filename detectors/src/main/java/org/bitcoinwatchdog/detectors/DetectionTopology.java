package org.bitcoinwatchdog.detectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.UsePartitionTimeOnInvalidTimestamp;
import org.bitcoinwatchdog.detectors.topology.Counts;
import org.bitcoinwatchdog.detectors.topology.NodeWatches;
import org.bitcoinwatchdog.detectors.topology.Promptness;
import org.bitcoinwatchdog.detectors.topology.WatchFleets;
import org.bitcoinwatchdog.detectors.topology.WatchNodes;
import org.bitcoinwatchdog.detectors.topology.WatchStores;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertSerde;
import org.bitcoinwatchdog.events.ChainStatusSerde;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeDigestSerde;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEventSerde;
import org.bitcoinwatchdog.events.Topics;

/** The path of an event from {@link Topics#NODE_EVENTS} to {@link Topics#ALERTS}, as it runs live and in a replay. */
public final class DetectionTopology {
    private DetectionTopology() {
    }

    /** @throws IllegalArgumentException if a file named in the settings can't be used */
    public static Topology build(DetectorSettings settings) {
        return build(settings, new Counts(new SimpleMeterRegistry()));
    }

    /** @param meters counts what the topology does */
    public static Topology build(DetectorSettings settings, MeterRegistry meters) {
        return build(settings, new Counts(meters));
    }

    static Topology build(DetectorSettings settings, Counts counts) {
        return build(settings, counts, Promptness.UNKNOWN);
    }

    /** @param promptness tells silence from a backlog; if unknown, no rule judges silence */
    static Topology build(DetectorSettings settings, Counts counts, Promptness promptness) {
        Serde<String> keys = Serdes.String();
        NodeWatches nodeWatches = new NodeWatches(settings, counts);

        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(new WatchStores<>(WatchNodes.STORE));
        builder.addStateStore(new WatchStores<>(WatchFleets.STORE));

        KStream<String, NodeEvent> events = builder.stream(Topics.NODE_EVENTS,
                Consumed.with(keys, new NodeEventSerde()).withName("node-events")
                        .withTimestampExtractor(new UsePartitionTimeOnInvalidTimestamp()));

        KStream<String, WatchNodes.NodeOutput> watched = events.process(
                () -> new WatchNodes(nodeWatches, settings.runbook(), counts, promptness),
                Named.as("watch-nodes"), WatchNodes.STORE);

        KStream<String, NodeDigest> digests = watched.flatMapValues(WatchNodes.NodeOutput::digests, Named.as("digests"));
        digests.to(Topics.NODE_DIGESTS, Produced.with(keys, new NodeDigestSerde()).withName("node-digests"));

        KStream<String, Alert> nodeAlerts = watched.flatMapValues(WatchNodes.NodeOutput::alerts, Named.as("node-alerts"));

        KStream<String, WatchFleets.FleetOutput> fleets = digests
                .selectKey((node, digest) -> digest.getNetwork(), Named.as("network-of-digest"))
                .repartition(Repartitioned.with(keys, new NodeDigestSerde()).withName("digests-by-network"))
                .process(() -> new WatchFleets(nodeWatches, settings.runbook(), counts),
                        Named.as("watch-fleets"), WatchFleets.STORE);

        KStream<String, Alert> fleetAlerts = fleets.flatMapValues(WatchFleets.FleetOutput::alerts, Named.as("fleet-alerts"));
        fleets.flatMapValues(WatchFleets.FleetOutput::statuses, Named.as("chain-statuses"))
                .to(Topics.CHAIN_STATUS, Produced.with(keys, new ChainStatusSerde()).withName("chain-status"));

        nodeAlerts.merge(fleetAlerts, Named.as("all-alerts"))
                .to(Topics.ALERTS, Produced.with(keys, new AlertSerde()).withName("alerts"));
        return builder.build();
    }
}
