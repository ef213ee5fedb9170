package org.bitcoinwatchdog.detectors.liveness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.node.ProcessRuns;
import org.bitcoinwatchdog.detectors.node.ProcessRuns.LastMessage;
import org.bitcoinwatchdog.detectors.node.ProcessRuns.ProcessRun;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Severity;

/**
 * bitcoind ended right after a block or a transaction from a peer, more than once (rules.md section 4): that input may
 * crash it. A busy node receives a transaction every few milliseconds, so not every transaction before an end counts.
 * The end must be a crash: bitcoind closes its connections first when it is told to end. A block counts within the
 * configured time, because blocks come only every ten minutes. A transaction counts only if it is the last message and
 * bitcoind did not finish with it.
 */
public final class CrashOnInput extends NodeRule {

    /**
     * @param after  longest time between the message and the end of bitcoind
     * @param page   number of such ends within {@code window} from which the rule pages
     * @param window time in which the ends are counted
     */
    public record Settings(boolean enabled, Duration after, int page, Duration window) implements RuleSettings {
        public Settings {
            Check.positive("after", after);
            Check.atLeastOne("page", page);
            Check.ordered("page", page, "the most starts that are kept,", ProcessRuns.REMEMBERED);
            Check.positive("window", window);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofSeconds(5), 2, Duration.ofHours(6));
        }
    }

    /** An end, and the message that may have caused it. */
    private record Crash(ProcessRun run, LastMessage input) {
        @Override
        public String toString() {
            return String.format("%s from %s at %s, %s before it ended", input.type(), input.peer(), Words.time(input.atNs()),
                    Words.span(run.endedAtNs() - input.atNs()));
        }
    }

    private final Settings settings;

    public CrashOnInput(Rule rule, Settings settings) {
        super(rule, Duration.ZERO);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.NODE_STOPPED;
    }

    @Override
    protected boolean judgesNow(NodeContext node) {
        return node.continuity().stopped();
    }

    @Override
    protected boolean restarted(NodeContext node) {
        return false;
    }

    /** The rule judges ends of bitcoind, so an end does not resolve its alert. */
    @Override
    protected End end() {
        return End.NEVER;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        List<Crash> crashes = crashes(node);
        boolean found = crashes.size() >= settings.page();
        return Judgement.of(found, Severity.PAGE, () -> finding(crashes, node), () -> over(node));
    }

    private List<Crash> crashes(NodeContext node) {
        long sinceNs = node.nowNs() - settings.window().toNanos();
        List<Crash> crashes = new ArrayList<>();
        for (ProcessRun run : node.runs().before()) {
            if (run.endedAtNs() > sinceNs) {
                input(run).ifPresent(input -> crashes.add(new Crash(run, input)));
            }
        }
        return crashes;
    }

    private Optional<LastMessage> input(ProcessRun run) {
        if (run.closedPeers()) {
            return Optional.empty();
        }
        Optional<LastMessage> transaction = run.last().filter(last -> last.type().equals("tx") && !last.handled());
        return run.block().filter(block -> isRecent(block, run)).or(() -> transaction.filter(last -> isRecent(last, run)));
    }

    private boolean isRecent(LastMessage message, ProcessRun run) {
        return run.endedAtNs() - message.atNs() <= settings.after().toNanos();
    }

    private Finding finding(List<Crash> crashes, NodeContext node) {
        LastMessage newest = crashes.get(crashes.size() - 1).input();
        List<String> all = crashes.stream().map(Crash::toString).toList();
        List<String> peers = crashes.stream().map(crash -> crash.input().peer()).distinct().toList();
        String description = String.format("bitcoind of %s ended %d times in %s within %s after it received a block or a transaction, and did"
                        + " not close its connections first (pages from %d): %s. A message that crashes bitcoind is an attack on every"
                        + " node of its version. Look for an assertion or a signal at the end of debug.log and in the kernel's log. Rule"
                        + " out memory (out of memory) and disk. Keep the node from these peers (setban, -connect to nodes of your own),"
                        + " keep debug.log and the core dump, and report them to security@bitcoincore.org.",
                node.node(), crashes.size(), Words.span(settings.window().toNanos()), Words.span(settings.after().toNanos()),
                settings.page(), String.join("; ", all));
        return new Finding("bitcoind of " + node.node() + " ended " + crashes.size() + " times right after a block or a transaction, last "
                + newest.type() + " from " + newest.peer(), description, new Evidence(
                List.of(Measurement.against("ends-after-input", crashes.size(), settings.page(), "ends")),
                Map.of("inputs", all, "peers", peers), true));
    }

    @Override
    protected Finding over(NodeContext node) {
        return Finding.of(String.format("bitcoind of %s ended fewer than %d times in %s right after a block or a transaction", node.node(),
                settings.page(), Words.span(settings.window().toNanos())));
    }

}
