package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;

/** One bitcoind after the other ends, stays away for a while, and starts again. */
final class NodeRestartsCase implements Disturbance {
    /**
     * How a node is restarted.
     *
     * @param every between two turns of one node
     * @param next  between one node's turn and the next one's
     * @param gone  from the request to end, or the kill, to its start
     * @param time to write its cache before it ends; zero: it is killed
     * @param reads  time to read its indexes after its start
     */
    record Manner(Duration every, Duration next, Duration gone, Duration writes, Duration reads) {
    }

    private final StaggeredSchedule schedule;
    private final Manner manner;

    NodeRestartsCase(TimeSpan span, Manner manner) {
        this.manner = manner;
        schedule = new StaggeredSchedule(span, manner.every().toMinutes(), manner.next().toMinutes());
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        if (schedule.begins(node, minute.fromUs())) {
            if (manner.writes().isZero()) {
                node.stop(minute);
            } else {
                node.shutDown(minute, TimeSpan.us(manner.writes()));
            }
        } else if (schedule.begins(node, minute.fromUs() - TimeSpan.us(manner.gone()))) {
            node.start(minute, TimeSpan.us(manner.reads()));
        }
    }

    /** An operator upgrades a node, and restarts it ten minutes later with a corrected configuration. */
    static final class TwoStartsCase implements Disturbance {
        private final NodeRestartsCase upgrade;
        private final NodeRestartsCase correction;

        TwoStartsCase(TimeSpan span, Manner manner) {
            upgrade = new NodeRestartsCase(span, manner);
            correction = new NodeRestartsCase(new TimeSpan(span.beginUs() + TimeSpan.us(Duration.ofMinutes(10)), span.endUs()), manner);
        }

        @Override
        public void act(NodeTraffic node, TrafficMinute minute) {
            upgrade.act(node, minute);
            correction.act(node, minute);
        }
    }
}
