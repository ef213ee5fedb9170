package org.bitcoinwatchdog.deploy.console.model;

import org.bitcoinwatchdog.deploy.console.model.NodeView.AccountingView;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.SafeText;

/** What the agent captured and lost of one node, and the gaps that the console finds in the sequence. */
final class Accounting {
    private Heartbeat heartbeat = Heartbeat.getDefaultInstance();
    private Loss latestLoss = Loss.getDefaultInstance();
    private long lost;
    private long missing;
    private long epoch;
    private long sequence = -1;

    void follow(NodeEvent event) {
        if (event.getEpoch() == epoch && sequence >= 0 && event.getSequence() > sequence + 1) {
            missing += event.getSequence() - sequence - 1;
        }
        sequence = event.getEpoch() == epoch ? Math.max(sequence, event.getSequence()) : event.getSequence();
        epoch = event.getEpoch();
    }

    void heartbeat(Heartbeat latest) {
        heartbeat = latest;
    }

    void loss(Loss loss) {
        latestLoss = loss;
        lost += loss.getEvents();
    }

    long lost() {
        return lost + missing;
    }

    AccountingView view() {
        return new AccountingView(epoch / 1_000_000, heartbeat.getPublished(), heartbeat.getAcknowledged(), heartbeat.getSpooled(),
                lost, missing, SafeText.of(latestLoss.getDetail(), ConsoleLimits.TEXT), latestLoss.getToNs() / 1_000_000,
                heartbeat.getTracepointsList().stream()
                        .limit(ConsoleLimits.TRACEPOINTS)
                        .map(status -> new AccountingView.TracepointCounts(SafeText.of(status.getTracepoint(), ConsoleLimits.TEXT), status.getAttached(),
                                SafeText.of(status.getReason(), ConsoleLimits.TEXT), status.getFired(), status.getCaptured(), status.getDropped(),
                                status.getUndecodable()))
                        .toList());
    }
}
