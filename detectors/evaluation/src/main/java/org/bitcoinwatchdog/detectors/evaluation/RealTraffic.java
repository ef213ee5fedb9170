package org.bitcoinwatchdog.detectors.evaluation;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * Events of real nodes. Nodes on one network are one fleet.
 *
 * @param name   shown in tables
 * @param kind   what was recorded
 * @param weight relative time to measure it: number of events
 * @param events in order of time; opened once and closed
 */
public record RealTraffic(String name, TrafficKind kind, double weight, Supplier<Stream<NodeEvent>> events) {
    /** Rates of different kinds are not comparable: arrivals show the rules about blocks only. */
    public enum TrafficKind {
        ARRIVALS,
        RECORDING
    }
}
