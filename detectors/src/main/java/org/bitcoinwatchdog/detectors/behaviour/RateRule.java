package org.bitcoinwatchdog.detectors.behaviour;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.window.History;
import org.bitcoinwatchdog.detectors.window.TumblingCount;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;

/**
 * Something happens far more often than is usual for this node: in {@code inARow} windows in a row above a floor, above
 * {@code factor} times the median of the node's own past, and above {@code logDeviations} of it ({@link
 * History#logDeviations}). On real message rates mean + 3σ alarms 1.5 to 11 times a week, these conditions about 0.1
 * times (rules.md). Never more than {@code info}: a rate alone does not show a cause.
 */
public final class RateRule extends NodeRule {

    /**
     * What is counted.
     *
     * @param noun     the name of what is counted: "messages received"
     * @param hint     what an operator can check, one sentence
     * @param settings defaults
     */
    public record Subject(String noun, String hint, Settings settings, Count count) {
        public String meaning() {
            return "Far more " + noun + " than is usual for this node";
        }

        public RateRule rule(Rule rule, Settings own) {
            return new RateRule(rule, own, this);
        }
    }

    /** How much an event counts. */
    public interface Count {
        boolean takes(NodeEvent.BodyCase body, Message.PayloadCase payload);

        /** @param event of a kind that it takes */
        long of(NodeEvent event);
    }

    /**
     * @param window        length of a window
     * @param history       number of windows that define the node's past
     * @param minHistory    number of past windows needed before the rule judges
     * @param inARow        windows in a row that must be unusual
     * @param floor         count in a window below which nothing is unusual
     * @param factor        factor over the median that a count must exceed
     * @param logDeviations how many deviations above the median it must be, on a logarithmic scale
     */
    public record Settings(boolean enabled, Duration window, int history, int minHistory, int inARow, long floor,
            double factor, double logDeviations, Duration clearAfter) implements RuleSettings {
        /** So that a node's state stays small. */
        private static final int MOST_HISTORY = 1_000;

        public Settings {
            Check.positive("window", window);
            Check.atLeastOne("min-history", minHistory);
            Check.ordered("min-history", minHistory, "history", history);
            if (history > MOST_HISTORY) {
                throw new IllegalArgumentException("history must be at most " + MOST_HISTORY);
            }
            Check.atLeastOne("in-a-row", inARow);
            Check.atLeastOne("floor", floor);
            Check.notNegative("clear-after", clearAfter);
        }

        /** The past day in windows of 5 minutes, judged after 2 hours of it. */
        public static Settings ofFactor(long floor, double factor) {
            return new Settings(true, Duration.ofMinutes(5), 288, 24, 3, floor, factor, 0, Duration.ofMinutes(10));
        }

        /** As {@link #ofFactor}, by deviations. */
        public static Settings ofLogDeviations(long floor, double deviations) {
            return new Settings(true, Duration.ofMinutes(5), 288, 24, 3, floor, 1, deviations, Duration.ofMinutes(10));
        }
    }

    private final Settings settings;
    private final Subject subject;
    private final TumblingCount count;
    private final History past;
    private int inARow;
    private long last;
    private double usual;
    private double deviations;

    private RateRule(Rule rule, Settings settings, Subject subject) {
        super(rule, settings.clearAfter());
        this.settings = settings;
        this.subject = subject;
        count = new TumblingCount(settings.window());
        past = new History(settings.history());
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return subject.count().takes(body, payload);
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        long amount = subject.count().of(event);
        count.add(amount);
        return amount != 0;
    }

    @Override
    protected boolean advance(NodeContext node) {
        if (!count.over(node.nowNs())) {
            return false;
        }
        OptionalLong closed = count.close(node.nowNs(), node.continuity().messagesKnownSinceNs());
        closed.ifPresent(this::closed);
        return true;
    }

    private void closed(long value) {
        last = value;
        usual = past.median();
        deviations = past.logDeviations(value);
        boolean unusual = past.size() >= settings.minHistory() && value >= settings.floor()
                && value >= settings.factor() * usual && deviations >= settings.logDeviations();
        inARow = unusual ? inARow + 1 : 0;
        past.add(value);
    }

    @Override
    protected boolean restarted(NodeContext node) {
        inARow = 0;
        return true;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        return Judgement.of(inARow >= settings.inARow(), Severity.INFO, () -> finding(node), () -> over(node));
    }

    /** In terms of the factor where there is one, of deviations otherwise. */
    @Override
    public Optional<Score> score(NodeContext node) {
        if (past.size() < settings.minHistory()) {
            return Optional.empty();
        }
        return Optional.of(settings.factor() > 1
                ? score(last, Math.max(settings.floor(), settings.factor() * usual), "count")
                : score(last < settings.floor() ? 0 : Math.max(0, deviations), settings.logDeviations(), "deviations"));
    }

    private Finding finding(NodeContext node) {
        String window = Words.span(settings.window().toNanos());
        String description = String.format(Locale.ROOT, "%s had %,d %s in the last %s. Its usual number is %,.0f (the median of"
                        + " %d windows), so this is %.1f times as many and %.1f deviations away, for %s in a row. The rule"
                        + " informs from %,.0f and %.1f deviations, for %s in a row. %s",
                node.node(), last, subject.noun(), window, usual, past.size(), last / Math.max(1, usual), deviations,
                Words.count(inARow, "window"), threshold(), settings.logDeviations(), Words.count(settings.inARow(), "window"),
                subject.hint());
        return new Finding(String.format(Locale.ROOT, "%s has unusually many %s: %,d in %s", node.node(),
                subject.noun(), last, window), description, evidence(true));
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = String.format(Locale.ROOT, "%s has a usual number of %s again: %,d in %s", node.node(),
                subject.noun(), last, Words.span(settings.window().toNanos()));
        return new Finding(text, text + ".", evidence(true));
    }

    private double threshold() {
        return Math.max(settings.floor(), settings.factor() * usual);
    }

    private Evidence evidence(boolean complete) {
        return new Evidence(List.of(
                Measurement.against("count", last, threshold(), "count"),
                Measurement.of("usual", usual, "count"),
                Measurement.against("deviations", deviations, settings.logDeviations(), "deviations")), Map.of(), complete);
    }

    @Override
    protected void saveFacts(StateWriter out) {
        count.save(out);
        past.save(out);
        out.number(inARow).number(last).real(usual).real(deviations);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        count.restore(in);
        past.restore(in);
        inARow = in.integer();
        last = in.number();
        usual = in.real();
        deviations = in.real();
    }
}
