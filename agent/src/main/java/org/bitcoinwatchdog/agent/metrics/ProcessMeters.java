package org.bitcoinwatchdog.agent.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.Loss;

/** Whether bitcoind runs and is traced, since when, and how many of its calls and events were lost. */
final class ProcessMeters {
    private static final double NS_PER_S = 1e9;

    private final NodeMeters meters;
    private final Map<Loss.Cause, Counter> lost = new EnumMap<>(Loss.Cause.class);
    private final Counter starts;
    private volatile boolean up;
    private volatile double startedAtS = Double.NaN;
    private volatile double heartbeatS = Double.NaN;
    private String version = "";
    private Gauge info;

    ProcessMeters(NodeMeters meters) {
        this.meters = meters;
        meters.gauge("up", "1 while bitcoind runs and is traced, 0 after its end", () -> up ? 1 : 0);
        meters.gauge("start.time.seconds", "UNIX time at which bitcoind was started", () -> startedAtS);
        meters.gauge("heartbeat.timestamp.seconds", "UNIX time of the agent's last heartbeat for this node", () -> heartbeatS);
        starts = meters.counter("attaches", "Number of times that the agent attached to a process of this node");
        for (Loss.Cause cause : Loss.Cause.values()) {
            if (cause != Loss.Cause.CAUSE_UNSPECIFIED && cause != Loss.Cause.UNRECOGNIZED) {
                lost.put(cause, meters.counter("trace.lost.events", "Calls and events that were lost, by cause",
                        "cause", cause.name().substring("CAUSE_".length()).toLowerCase(Locale.ROOT).replace('_', '-')));
            }
        }
    }

    void started() {
        starts.increment();
        up = true;
    }

    void stopped() {
        up = false;
    }

    void heartbeat(Heartbeat heartbeat, long observedAtNs) {
        up = true;
        heartbeatS = observedAtNs / NS_PER_S;
        software(heartbeat.getBitcoindVersion(), heartbeat.getImplementation());
        if (heartbeat.getBitcoindStartedAtNs() != 0) {
            startedAtS = heartbeat.getBitcoindStartedAtNs() / NS_PER_S;
        }
    }

    void lost(Loss loss) {
        Counter counter = lost.get(loss.getCause());
        if (counter != null) {
            counter.increment(loss.getEvents());
        }
    }

    /** Unknown until bitcoind has sent it to a peer. */
    private void software(String running, String implementation) {
        if (!running.isEmpty() && !running.equals(version)) {
            if (info != null) {
                meters.remove(info);
            }
            version = running;
            info = meters.gauge("info", "1, with bitcoind's version and implementation once they are known", () -> 1,
                    "version", version, "implementation", implementation);
        }
    }
}
