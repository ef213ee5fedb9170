package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.time.Duration;
import java.util.Set;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Entropy;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Fate;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Slice;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Traced;

/** What makes an attack on node-0 harder to see, timed by its begin. */
final class Hardships {
    private Hardships() {
    }

    /** A share of some calls, or of all, is lost all the time. */
    static Disturbance losing(double share, Fate fate, Traced... calls) {
        Entropy entropy = new Entropy(21);
        Set<Traced> meant = Set.of(calls);
        return new Disturbance() {
            @Override
            public Fate fate(NodeTraffic node, Traced call, long atUs) {
                boolean may = node.index() == 0 && !call.tracepoint().isEmpty() && (meant.isEmpty() || meant.contains(call));
                return may && entropy.chance(share) ? fate : Fate.TOLD;
            }
        };
    }

    /** bitcoind is killed that long before the attack and comes back after a minute. */
    static Disturbance restarted(Span attack, Duration before) {
        long killedUs = attack.beginUs() - Span.us(before);
        return new Disturbance() {
            @Override
            public void act(NodeTraffic node, Slice minute) {
                if (node.index() == 0 && minute.fromUs() == killedUs) {
                    node.stop(minute);
                } else if (node.index() == 0 && minute.fromUs() == killedUs + Slice.LENGTH_US) {
                    node.start(minute, 0);
                }
            }
        };
    }

    /** The agent is restarted a minute before the attack and every half hour from then on. */
    static Disturbance agentRestarts(Span attack) {
        long everyUs = Span.us(Duration.ofMinutes(30));
        return new Disturbance() {
            @Override
            public void act(NodeTraffic node, Slice minute) {
                long sinceUs = minute.fromUs() - attack.beginUs() + Slice.LENGTH_US;
                if (node.index() == 0 && sinceUs >= 0 && sinceUs % everyUs == 0) {
                    node.detachAgent(minute);
                } else if (node.index() == 0 && sinceUs > 0 && sinceUs % everyUs == Slice.LENGTH_US) {
                    node.attachAgent(minute);
                }
            }
        };
    }

    /** From ten minutes before the attack to that long after its begin nothing of node-0, or of the fleet, is read. */
    static Disturbance late(Span attack, Duration after, boolean all) {
        Span away = new Span(attack.beginUs() - Span.us(Duration.ofMinutes(10)), attack.beginUs() + Span.us(after));
        return new Disturbance() {
            @Override
            public boolean keptForLater(NodeTraffic node, long atUs) {
                return (all || node.index() == 0) && away.contains(atUs);
            }
        };
    }
}
