package org.bitcoinwatchdog.detectors;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.bitcoinwatchdog.events.NodeEventSerde;
import org.bitcoinwatchdog.events.Topics;

/** The path of an event from {@link Topics#NODE_EVENTS} to {@link Topics#ALERTS}. */
public final class DetectionTopology {
    private DetectionTopology() {
    }

    public static Topology build(DetectorSettings settings) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(Topics.NODE_EVENTS,
                Consumed.with(Serdes.String(), new NodeEventSerde()).withName("node-events"));
        return builder.build();
    }
}
