package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.bitcoinwatchdog.detectors.evaluation.benign.ClockCases.ClockStepCase;
import org.bitcoinwatchdog.detectors.evaluation.benign.ClockCases.WrongClocksCase;
import org.bitcoinwatchdog.detectors.evaluation.benign.LoadCases.OperatorSwitchesCase;
import org.bitcoinwatchdog.detectors.evaluation.benign.LoadCases.TransactionBurstsCase;
import org.bitcoinwatchdog.detectors.evaluation.benign.MiningCases.DifficultyChangeCase;
import org.bitcoinwatchdog.detectors.evaluation.benign.MiningCases.HashRateGoneCase;
import org.bitcoinwatchdog.detectors.evaluation.benign.MiningCases.NaturalGapCase;
import org.bitcoinwatchdog.detectors.evaluation.benign.NodeRestartsCase.Manner;
import org.bitcoinwatchdog.detectors.evaluation.benign.NodeRestartsCase.TwoStartsCase;
import org.bitcoinwatchdog.detectors.evaluation.benign.WitnessCase.WrongWitness;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance.CallOutcome;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Traced;

/** Every hard case of rules.md, section 5. Add a new case as a line here. */
public final class BenignCases {
    /**
     * A benign disturbance that must not raise a false alert.
     *
     * @param lasts    duration of the case, after a day of plain background
     * @param fleet    nodes and witnesses, by index
     * @param truthful names of alerts that are true in this case, so they don't count as false
     */
    public record BenignCase(String name, Duration lasts, Set<String> truthful, Function<TimeSpan, Disturbance> makes,
            List<NodeKind> fleet) {
        BenignCase(String name, Duration lasts, Set<String> truthful, Function<TimeSpan, Disturbance> makes) {
            this(name, lasts, truthful, makes, FOUR);
        }

        static BenignCase of(String name, Duration lasts, Function<TimeSpan, Disturbance> makes) {
            return new BenignCase(name, lasts, Set.of(), makes);
        }
    }

    public static final List<NodeKind> FOUR =
            List.of(NodeKind.LISTENING, NodeKind.OUTBOUND_ONLY, NodeKind.LISTENING, NodeKind.OUTBOUND_ONLY);
    private static final List<NodeKind> WITH_WITNESSES = List.of(NodeKind.OUTBOUND_ONLY, NodeKind.WITNESS, NodeKind.WITNESS);
    private static final Duration KILLED = Duration.ZERO;

    public static final List<BenignCase> ALL = List.of(
            BenignCase.of("restart of the node", Duration.ofDays(3), span -> new NodeRestartsCase(span,
                    new Manner(hours(12), hours(2), minutes(2), KILLED, Duration.ZERO))),
            BenignCase.of("restart, 8 minutes of writing", Duration.ofDays(2), span -> new NodeRestartsCase(span,
                    new Manner(hours(12), hours(2), minutes(9), minutes(8), minutes(3)))),
            BenignCase.of("restarted twice in ten minutes", Duration.ofDays(2), span -> new TwoStartsCase(span,
                    new Manner(hours(12), hours(2), minutes(3), minutes(1), minutes(1)))),
            BenignCase.of("upgrade of all nodes in an hour", Duration.ofDays(2), span -> new NodeRestartsCase(span,
                    new Manner(hours(12), minutes(15), minutes(7), minutes(2), minutes(2)))),
            BenignCase.of("all nodes restarted at once", Duration.ofDays(2), span -> new NodeRestartsCase(span,
                    new Manner(hours(12), Duration.ZERO, minutes(5), minutes(2), minutes(1)))),
            BenignCase.of("node down for eight hours", Duration.ofDays(2), span -> new NodeRestartsCase(span,
                    new Manner(hours(24), hours(5), hours(8), minutes(1), minutes(1)))),
            BenignCase.of("restarted by a job each six hours", Duration.ofDays(3), span -> new NodeRestartsCase(span,
                    new Manner(hours(6), hours(1), minutes(2), minutes(1), minutes(1)))),
            BenignCase.of("restart of the agent", Duration.ofDays(3), span -> new AgentAwayCase(span, minutes(2))),
            BenignCase.of("agent away for an hour", Duration.ofDays(3), span -> new AgentAwayCase(span, hours(1))),
            losing("kernel drops half of the calls", span -> new LossesCase(span, minutes(10), 0.5, CallOutcome.DROPPED)),
            losing("kernel drops all messages", span -> new LossesCase(span, minutes(30), 1, CallOutcome.DROPPED,
                    Traced.INBOUND_MESSAGE, Traced.OUTBOUND_MESSAGE)),
            losing("kernel drops all connections", span -> new LossesCase(span, minutes(30), 1, CallOutcome.DROPPED,
                    Traced.INBOUND_CONNECTION, Traced.OUTBOUND_CONNECTION, Traced.EVICTED, Traced.CLOSED)),
            losing("kernel drops all blocks", span -> new LossesCase(span, minutes(40), 1, CallOutcome.DROPPED, Traced.BLOCK_CONNECTED)),
            losing("agent loses an hour", span -> new LossesCase(span, hours(1), 1, CallOutcome.LOST)),
            losing("events vanish without a word", span -> new LossesCase(span, minutes(20), 0.3, CallOutcome.VANISHED)),
            losing("machine stands still", span -> new LossesCase(span, minutes(10), 1, CallOutcome.SUSPENDED)),
            BenignCase.of("Kafka away for one agent", Duration.ofDays(2), span -> LateReadingCase.oneAfterTheOther(span, minutes(40))),
            BenignCase.of("detectors away for an hour", Duration.ofDays(2), span -> LateReadingCase.ofAll(span, hours(1))),
            BenignCase.of("initial block download", Duration.ofDays(1), InitialBlockDownloadCase::new),
            BenignCase.of("nodes come and go", Duration.ofDays(2), FleetChangesCase::new),
            BenignCase.of("getaddr answers", Duration.ofDays(2), GetaddrAnswersCase::new),
            BenignCase.of("transaction bursts", Duration.ofDays(3), TransactionBurstsCase::new),
            BenignCase.of("difficulty change", Duration.ofDays(28), DifficultyChangeCase::new),
            BenignCase.of("30 % of the hash rate gone", Duration.ofDays(10), HashRateGoneCase::new),
            new BenignCase("one clock steps by an hour", Duration.ofDays(2), Set.of("ClockOffset"), ClockStepCase::new),
            BenignCase.of("clocks minutes apart, and set", Duration.ofDays(2), WrongClocksCase::new),
            BenignCase.of("busiest operator on and off", Duration.ofDays(4), OperatorSwitchesCase::new),
            BenignCase.of("100 minutes without a block", Duration.ofDays(1), NaturalGapCase::new),
            BenignCase.of("testnet4: storms, replaced blocks", Duration.ofDays(8), TestnetCase::new),
            new BenignCase("two miners find two blocks each", Duration.ofDays(4), Set.of("ForkBranch", "Reorg"), TwoBlockRaceCase::new),
            new BenignCase("branch of August 2026", Duration.ofDays(8), Set.of("ForkBranch"), RivalBranchCase::new),
            new BenignCase("a fifth of the peers leaves at a split", Duration.ofDays(2), Set.of("ForkBranch"), SplitDayCase::new),
            new BenignCase("one witness lags", Duration.ofDays(6), Set.of("WitnessDisagrees"), span -> new WitnessCase(span, WrongWitness.LAGS),
                    WITH_WITNESSES),
            new BenignCase("one witness stalls", Duration.ofDays(6), Set.of("WitnessSilent"), span -> new WitnessCase(span, WrongWitness.STALLS),
                    WITH_WITNESSES),
            // The branch is valid, so the rules that tell of it are right. FleetLag and Eclipse must not believe one witness.
            new BenignCase("one witness is on another branch", Duration.ofDays(6),
                    Set.of("WitnessDisagrees", "ForkBranch", "FleetSplit", "AloneAhead", "AnnouncedNotConnected", "Reorg"),
                    span -> new WitnessCase(span, WrongWitness.OTHER_BRANCH), WITH_WITNESSES));

    private BenignCases() {
    }

    /** The alert is true: many calls were lost. */
    private static BenignCase losing(String name, Function<TimeSpan, Disturbance> makes) {
        return new BenignCase(name, Duration.ofDays(2), Set.of("AgentBlind"), makes);
    }

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    private static Duration hours(long hours) {
        return Duration.ofHours(hours);
    }
}
