package org.bitcoinwatchdog.deploy.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.events.ChainStatus;
import org.bitcoinwatchdog.events.ChainStatus.FiringRule;
import org.bitcoinwatchdog.events.ChainStatus.Reason;
import org.bitcoinwatchdog.events.ChainStatus.Verdict;

/** Verdicts about deposits as the detectors write them. */
public final class SampleChains {
    private SampleChains() {
    }

    public static ChainStatus ok(Instant now) {
        return new ChainStatus("main", Verdict.OK, 6, List.of(), Map.of(Verdict.OK, List.of("alice", "bob")), List.of("explorer"),
                now.minusSeconds(3_600), now, now.plus(ChainStatus.VALID));
    }

    public static ChainStatus hold(Instant now) {
        Reason reorg = new Reason(Verdict.HOLD, 36, "The node's chain lost two blocks or more. More may follow.", "alice",
                new FiringRule("Reorg", "page", "0123456789abcdef", now.minusSeconds(90), "http://127.0.0.1:9332/runbook#reorg"));
        return new ChainStatus("main", Verdict.HOLD, 36, List.of(reorg), Map.of(Verdict.OK, List.of("bob"), Verdict.HOLD, List.of("alice")),
                List.of("explorer"), now.minusSeconds(90), now, now.plus(ChainStatus.VALID));
    }
}
