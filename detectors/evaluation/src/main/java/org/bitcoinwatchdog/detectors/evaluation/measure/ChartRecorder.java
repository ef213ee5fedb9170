package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.detectors.evaluation.measure.Trial.Observer;
import org.bitcoinwatchdog.detectors.evaluation.traffic.FleetTraffic;
import org.bitcoinwatchdog.events.NodeEvent;

/** Reads a probe each simulated minute. */
final class ChartRecorder implements Observer {
    private final Probe probe;
    private final List<Double> values = new ArrayList<>();
    private FleetTraffic traffic;
    private long minuteUs;
    private long fromUs;

    ChartRecorder(Probe probe) {
        this.probe = probe;
    }

    @Override
    public void watches(FleetTraffic watched) {
        traffic = watched;
        minuteUs = traffic.nowUs();
        fromUs = minuteUs;
    }

    @Override
    public void accept(NodeEvent event) {
        if (traffic.nowUs() != minuteUs) {
            minuteUs = traffic.nowUs();
            values.add(probe.read(traffic));
        }
        probe.on(event);
    }

    /** The recorded minutes of a span. */
    List<Double> values(long beginUs, long endUs) {
        return values.subList(index(beginUs), index(endUs));
    }

    private int index(long atUs) {
        return (int) Math.max(0, Math.min(values.size(), (atUs - fromUs) / Chart.STEP_US));
    }
}
