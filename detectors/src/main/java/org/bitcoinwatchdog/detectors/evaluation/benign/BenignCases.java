package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Every hard case of rules.md, section 5. A new one is a new line here. */
public final class BenignCases {
    public static final List<BenignCase> ALL = List.of(
            BenignCase.of("restart of the node", Duration.ofDays(3), NodeRestarts::new),
            BenignCase.of("restart of the agent", Duration.ofDays(3), span -> new AgentAway(span, Duration.ofMinutes(2))),
            BenignCase.of("agent away for an hour", Duration.ofDays(3), span -> new AgentAway(span, Duration.ofHours(1))),
            BenignCase.of("initial block download", Duration.ofDays(1), InitialBlockDownload::new),
            BenignCase.of("getaddr answers", Duration.ofDays(2), GetaddrAnswers::new),
            BenignCase.of("transaction bursts", Duration.ofDays(3), TransactionBursts::new),
            BenignCase.of("difficulty change", Duration.ofDays(28), DifficultyChange::new),
            BenignCase.of("30 % of the hash rate gone", Duration.ofDays(10), HashRateGone::new),
            new BenignCase("one clock steps by an hour", Duration.ofDays(2), Set.of("ClockOffset"), ClockStep::new),
            BenignCase.of("busiest operator on and off", Duration.ofDays(4), OperatorSwitches::new),
            BenignCase.of("100 minutes without a block", Duration.ofDays(1), NaturalGap::new));

    private BenignCases() {
    }
}
