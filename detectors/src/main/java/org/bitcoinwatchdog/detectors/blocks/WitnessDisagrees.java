package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetContext;
import org.bitcoinwatchdog.detectors.fleet.FleetNode;
import org.bitcoinwatchdog.detectors.fleet.PerNodeRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/**
 * A witness answers, but its chain differs from that of the watched nodes: it lacks blocks that a node has, or it is on
 * another branch. If a witness is ahead of the nodes, FleetLag judges.
 */
public final class WitnessDisagrees extends PerNodeRule<PerNodeRule.Since> {
    /**
     * @param blocks     blocks that the witness must lack; a block of another branch counts at once
     * @param warn       how long it must do so
     * @param clearAfter how long it must agree before the alert resolves
     */
    public record Settings(boolean enabled, int blocks, Duration warn, Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.atLeastOne("blocks", blocks);
            Check.positive("warn", warn);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, 2, Duration.ofMinutes(10), Duration.ofMinutes(1));
        }
    }

    private final Settings settings;

    public WitnessDisagrees(Rule rule, Settings settings) {
        super(rule, settings.clearAfter());
        this.settings = settings;
    }

    @Override
    protected Since noFacts() {
        return new Since();
    }

    @Override
    protected boolean asks(FleetNode node, FleetContext fleet) {
        return node.witness();
    }

    @Override
    protected Judgement judge(FleetNode node, Since since, Optional<Severity> firing, FleetContext fleet) {
        Optional<FleetNode> against = node.witness() && node.counts() && node.hasTip() ? against(node, fleet) : Optional.empty();
        if (against.isEmpty()) {
            since.forgotten();
            return Judgement.of(Optional.empty(), () -> over(node), () -> over(node));
        }
        since.begins(since.lasts() ? since.ns() : node.atNs());
        long lastedNs = node.atNs() - since.ns();
        return Judgement.of(lastedNs >= settings.warn().toNanos(), Severity.WARN,
                () -> finding(node, against.get(), lastedNs), () -> finding(node, against.get(), lastedNs));
    }

    /** The highest node at rest that is ahead of the witness or on another branch. */
    private Optional<FleetNode> against(FleetNode witness, FleetContext fleet) {
        return fleet.nodes().all()
                .filter(other -> !other.witness() && other.counts() && other.tipKnown() && other.heardAt(witness.atNs())
                        && fleet.chains().together(witness.name(), other.name()))
                .filter(other -> other.height() - witness.height() >= settings.blocks()
                        || fleet.tree().parting(witness.hash(), other.hash()).isPresent())
                .max(Comparator.comparingInt(FleetNode::height));
    }

    private Finding finding(FleetNode witness, FleetNode node, long lastedNs) {
        int behind = node.height() - witness.height();
        boolean branch = behind < settings.blocks();
        String summary = String.format(Locale.ROOT, branch ? "Witness %s is on another branch than %s"
                : "Witness %s lacks blocks that %s has", witness.name(), node.name());
        String description = String.format(Locale.ROOT, "%s, for %s (warns from %s). The witness is at height %d with %s, %s at height %d with %s. Compare"
                        + " both with a third view, such as another block explorer. If the witness is wrong, replace it: while it"
                        + " is behind, it can't show that a node is starved.",
                summary, Words.span(lastedNs), Words.span(settings.warn().toNanos()), witness.height(), witness.hash(), node.name(), node.height(), node.hash());
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("lasted", Words.seconds(lastedNs), settings.warn().toSeconds(), "seconds"),
                        Measurement.of("blocks-apart", Math.abs(behind), "blocks")),
                Map.of("blocks", List.of(witness.hash().toString(), node.hash().toString()), "nodes", List.of(node.name())), true));
    }

    @Override
    protected Finding over(FleetNode witness) {
        String text = "Witness " + witness.name() + " shows the chain of the nodes again, or is not compared";
        return new Finding(text, text + ".", Evidence.NONE);
    }
}
