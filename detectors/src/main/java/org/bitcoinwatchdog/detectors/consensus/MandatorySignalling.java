package org.bitcoinwatchdog.detectors.consensus;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetContext;
import org.bitcoinwatchdog.detectors.fleet.FleetNode;
import org.bitcoinwatchdog.detectors.fleet.FleetRule;
import org.bitcoinwatchdog.detectors.node.Deployment;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.events.DeploymentSignal;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/** Soon some nodes refuse blocks that do not signal a deployment. Unless nearly all blocks signal it by then, the chain may split. */
public final class MandatorySignalling extends FleetRule {
    private static final String BIP110 = "bip110";

    /**
     * @param blocks      how many blocks before a mandatory height the rule warns
     * @param deployments known deployments; those of your configuration replace these
     * @param clearAfter  how long the height must be passed before the alert resolves
     */
    public record Settings(boolean enabled, int blocks, List<Deployment> deployments, Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.atLeastOne("blocks", blocks);
            Check.notNegative("clear-after", clearAfter);
            deployments = List.copyOf(deployments);
            Set<String> names = new HashSet<>();
            if (!deployments.stream().allMatch(each -> names.add(each.name()))) {
                throw new IllegalArgumentException("each name of deployments must be used once");
            }
        }

        /** BIP-110: 55 % of a period, from the first period after December 2025; mandatory from the height of the split of August 2026. */
        public static Settings defaults() {
            return new Settings(true, 2_016, List.of(new Deployment(BIP110, 4, 1_109, 2_016, 927_360, 961_632)), Duration.ofMinutes(10));
        }

        public Settings noDeployments() {
            return new Settings(enabled, blocks, List.of(), clearAfter);
        }
    }

    private final Settings settings;

    public MandatorySignalling(Rule rule, Settings settings) {
        super(rule, settings.clearAfter(), Judges.AT_EACH_DIGEST);
        this.settings = settings;
    }

    /** A node that is not at the tip, and a witness, say nothing. */
    @Override
    protected boolean asks(FleetNode node, FleetContext fleet) {
        return !node.witness() && node.counts() && node.digest().hasSignalling();
    }

    @Override
    protected Judgement judge(FleetNode node, FleetContext fleet) {
        Optional<DeploymentSignal> next = node.digest().getSignalling().getDeploymentsList().stream()
                .filter(each -> left(each, node) > 0 && left(each, node) <= settings.blocks())
                .min((one, other) -> Integer.compare(one.getMandatoryHeight(), other.getMandatoryHeight()));
        return Judgement.of(next.map(each -> Severity.WARN), () -> finding(next.orElseThrow(), node, fleet), MandatorySignalling::over);
    }

    private static int left(DeploymentSignal deployment, FleetNode node) {
        return deployment.getMandatoryHeight() - node.height();
    }

    private Finding finding(DeploymentSignal next, FleetNode node, FleetContext fleet) {
        int left = left(next, node);
        String summary = String.format(Locale.ROOT, "%s is mandatory on %s in %s", next.getName(), fleet.network(), Words.count(left, "block"));
        String description = String.format(Locale.ROOT, "%s, from height %d (warns from %s before). Nodes that enforce it then refuse blocks that do"
                        + " not signal bit %d. In this period %d of %d known blocks signal, and at most %d of %d can; %d lock it in. If blocks"
                        + " without the bit go on, the chain splits at that height. Decide which rules your nodes enforce, and plan to hold"
                        + " deposits.",
                summary, next.getMandatoryHeight(), Words.count(settings.blocks(), "block"), next.getBit(), next.getSignallingBlocks(),
                next.getKnownBlocks(), next.getPossibleBlocks(), next.getPeriodBlocks(), next.getThresholdBlocks());
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("blocks-left", left, settings.blocks(), "blocks"),
                        Measurement.of("signalling", next.getSignallingBlocks(), "blocks"),
                        Measurement.of("known", next.getKnownBlocks(), "blocks"),
                        Measurement.of("possible", next.getPossibleBlocks(), "blocks")),
                Map.of("deployments", List.of(next.getName())), next.getKnownBlocks() == node.height() - next.getPeriodStart() + 1));
    }

    private static Finding over() {
        return Finding.of("No mandatory height is near");
    }
}
