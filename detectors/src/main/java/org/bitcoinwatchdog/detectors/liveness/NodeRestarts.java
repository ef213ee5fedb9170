package org.bitcoinwatchdog.detectors.liveness;

import java.time.Duration;
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
import org.bitcoinwatchdog.detectors.node.ProcessRuns.ProcessRun;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;

/**
 * bitcoind is started again and again (rules.md section 4): it crashes and a supervisor restarts it. NodeSilent never fires then,
 * and the rules about blocks are disarmed at each start. An operator who upgrades a node starts it once or twice.
 *
 * <p>Two windows: the short one sees a supervisor that restarts at once, the long one a node that runs for a while before each
 * crash. The long one ends when bitcoind has run for longer than such a loop allows.
 */
public final class NodeRestarts extends NodeRule {

    /**
     * @param warn   starts within {@code window} from which the rule warns
     * @param page   starts within {@code window} from which it pages
     * @param window time in which starts are counted
     * @param longWarn   starts within {@code long-window} from which the rule warns
     * @param longPage   starts within {@code long-window} from which it pages
     * @param longWindow longer time in which starts are counted, for slow loops
     */
    public record Settings(boolean enabled, int warn, int page, Duration window, int longWarn, int longPage, Duration longWindow)
            implements RuleSettings {
        public Settings {
            Check.atLeastOne("warn", warn);
            Check.ordered("warn", warn, "page", page);
            Check.ordered("page", page, "the most starts that are kept,", ProcessRuns.REMEMBERED);
            Check.positive("window", window);
            Check.ordered("the fewest starts of a loop, 2,", 2, "long-warn", longWarn);
            Check.ordered("long-warn", longWarn, "long-page", longPage);
            Check.ordered("long-page", longPage, "the most starts that are kept,", ProcessRuns.REMEMBERED);
            Check.ordered("window", window, "long-window", longWindow);
        }

        public static Settings defaults() {
            return new Settings(true, 3, 5, Duration.ofMinutes(30), 6, 18, Duration.ofHours(24));
        }
    }

    private final Settings settings;

    public NodeRestarts(Rule rule, Settings settings) {
        super(rule, Duration.ZERO);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.NODE_STARTED || body == NodeEvent.BodyCase.HEARTBEAT;
    }

    @Override
    protected boolean judgesNow(NodeContext node) {
        return node.continuity().restarted();
    }

    @Override
    protected boolean restarted(NodeContext node) {
        return false;
    }

    /** The next start may follow. */
    @Override
    protected End end() {
        return End.NEVER;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        int count = starts(settings.window(), node).size();
        int inLong = slowStarts(node).size();
        Optional<Severity> found = count >= settings.page() || inLong >= settings.longPage() ? Optional.of(Severity.PAGE)
                : count >= settings.warn() || inLong >= settings.longWarn() ? Optional.of(Severity.WARN) : Optional.empty();
        boolean fast = count >= settings.warn() && inLong < settings.longPage();
        return Judgement.of(found, () -> finding(fast, node), () -> over(node));
    }

    private static List<ProcessRun> starts(Duration window, NodeContext node) {
        long sinceNs = node.nowNs() - window.toNanos();
        return node.runs().all().stream().filter(run -> run.startSeen() && run.startedAtNs() > sinceNs).toList();
    }

    /** Those in the long window; none if bitcoind has run for longer than a loop with so many starts allows. */
    private List<ProcessRun> slowStarts(NodeContext node) {
        List<ProcessRun> starts = starts(settings.longWindow(), node);
        long longestRunNs = settings.longWindow().toNanos() / (settings.longWarn() - 1);
        return starts.isEmpty() || node.nowNs() - starts.get(starts.size() - 1).startedAtNs() > longestRunNs ? List.of() : starts;
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return Optional.of(score(starts(settings.window(), node).size(), settings.warn(), "starts"));
    }

    /** @param fast whether the alert is about the short window */
    private Finding finding(boolean fast, NodeContext node) {
        List<ProcessRun> starts = fast ? starts(settings.window(), node) : slowStarts(node);
        int warn = fast ? settings.warn() : settings.longWarn();
        List<ProcessRun> before = node.runs().before();
        List<ProcessRun> ended = before.subList(Math.max(0, before.size() - starts.size()), before.size());
        List<String> ends = ended.stream().map(NodeRestarts::text).toList();
        List<String> told = ends.subList(Math.max(0, ends.size() - settings.page()), ends.size());
        String window = Words.span((fast ? settings.window() : settings.longWindow()).toNanos());
        String description = String.format("bitcoind of %s was started %d times in %s (warns from %d, pages from %d). %s. Find out why it ends:"
                        + " debug.log of the node, the journal of its service, the kernel's log (out of memory). If the last messages"
                        + " have one peer or type in common, that may be the cause.",
                node.node(), starts.size(), window, warn, fast ? settings.page() : settings.longPage(), String.join(". ", told));
        return new Finding("bitcoind of " + node.node() + " was started " + starts.size() + " times in " + window, description, new Evidence(
                List.of(Measurement.against("starts", starts.size(), warn, "starts")), Map.of("runs", ends),
                ended.stream().allMatch(ProcessRun::endSeen)));
    }

    private static String text(ProcessRun run) {
        if (!run.endSeen()) {
            return "The end of the run since " + Words.time(run.startedAtNs()) + " was not seen";
        }
        String last = run.last().map(message -> String.format("received %s from %s %s before it ended", message.type(), message.peer(),
                Words.span(run.endedAtNs() - message.atNs()))).orElse("received no message");
        return String.format("The run until %s was followed for %s, %s%s", Words.time(run.endedAtNs()),
                Words.span(run.endedAtNs() - run.startedAtNs()), last, run.closedPeers() ? ", and had closed all connections" : "");
    }

    @Override
    protected Finding over(NodeContext node) {
        return Finding.of(String.format("bitcoind of %s was started fewer than %d times in %s, and no longer starts %d times in %s", node.node(),
                settings.warn(), Words.span(settings.window().toNanos()), settings.longWarn(), Words.span(settings.longWindow().toNanos())));
    }
}
