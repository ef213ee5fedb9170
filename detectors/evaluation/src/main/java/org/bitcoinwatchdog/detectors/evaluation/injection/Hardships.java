package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.time.Duration;
import java.util.Set;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance.CallOutcome;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.RandomSource;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Traced;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;

/** Benign disturbances that make an attack on node-0 harder to see. Their times depend on the attack's begin. */
final class Hardships {
    private Hardships() {
    }

    /** A share of some calls, or of all, is lost throughout. */
    static Disturbance losing(double share, CallOutcome fate, Traced... calls) {
        RandomSource random = new RandomSource(21);
        Set<Traced> meant = Set.of(calls);
        return new Disturbance() {
            @Override
            public CallOutcome fate(NodeTraffic node, Traced call, long atUs) {
                boolean may = node.index() == 0 && !call.tracepoint().isEmpty() && (meant.isEmpty() || meant.contains(call));
                return may && random.chance(share) ? fate : CallOutcome.TOLD;
            }
        };
    }

    /** bitcoind is killed that long before the attack, and starts again after a minute. */
    static Disturbance restarted(TimeSpan attack, Duration before) {
        long killedUs = attack.beginUs() - TimeSpan.us(before);
        return new Disturbance() {
            @Override
            public void act(NodeTraffic node, TrafficMinute minute) {
                if (node.index() == 0 && minute.fromUs() == killedUs) {
                    node.stop(minute);
                } else if (node.index() == 0 && minute.fromUs() == killedUs + TrafficMinute.LENGTH_US) {
                    node.start(minute, 0);
                }
            }
        };
    }

    /** The agent is restarted a minute before the attack and every half hour from then on. */
    static Disturbance agentRestarts(TimeSpan attack) {
        long everyUs = TimeSpan.us(Duration.ofMinutes(30));
        return new Disturbance() {
            @Override
            public void act(NodeTraffic node, TrafficMinute minute) {
                long sinceUs = minute.fromUs() - attack.beginUs() + TrafficMinute.LENGTH_US;
                if (node.index() == 0 && sinceUs >= 0 && sinceUs % everyUs == 0) {
                    node.detachAgent(minute);
                } else if (node.index() == 0 && sinceUs > 0 && sinceUs % everyUs == TrafficMinute.LENGTH_US) {
                    node.attachAgent(minute);
                }
            }
        };
    }

    /** From ten minutes before the attack to that long after its begin no event of node-0, or of the fleet, is read. */
    static Disturbance late(TimeSpan attack, Duration after, boolean all) {
        TimeSpan away = new TimeSpan(attack.beginUs() - TimeSpan.us(Duration.ofMinutes(10)), attack.beginUs() + TimeSpan.us(after));
        return new Disturbance() {
            @Override
            public boolean keptForLater(NodeTraffic node, long atUs) {
                return (all || node.index() == 0) && away.contains(atUs);
            }
        };
    }
}
