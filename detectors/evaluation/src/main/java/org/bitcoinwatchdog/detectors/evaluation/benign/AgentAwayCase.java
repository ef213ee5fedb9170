package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** Every twelve hours one agent after the other is stopped and started again. Its bitcoind runs on unwatched. */
final class AgentAwayCase implements Disturbance {
    private final StaggeredSchedule schedule;
    private final long awayUs;

    AgentAwayCase(TimeSpan span, Duration away) {
        schedule = new StaggeredSchedule(span, 12 * 60);
        awayUs = TimeSpan.us(away);
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        if (schedule.begins(node, minute.fromUs())) {
            node.detachAgent(minute);
        } else if (schedule.begins(node, minute.fromUs() - awayUs)) {
            node.attachAgent(minute);
        }
    }
}
