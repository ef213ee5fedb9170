package org.bitcoinwatchdog.detectors;

import org.apache.kafka.streams.Topology;
import org.bitcoinwatchdog.detectors.topology.Counts;
import org.bitcoinwatchdog.detectors.topology.Promptness;

/** Opens the topology to tests of other packages. */
public final class DetectionTopologyAccess {
    private DetectionTopologyAccess() {
    }

    public static Topology build(Counts counts, Promptness promptness) {
        return DetectionTopology.build(DetectorSettings.defaults(), counts, promptness);
    }
}
