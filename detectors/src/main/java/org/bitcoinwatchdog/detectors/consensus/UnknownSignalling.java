package org.bitcoinwatchdog.detectors.consensus;

import java.time.Duration;
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
import org.bitcoinwatchdog.detectors.fleet.FleetRule;
import org.bitcoinwatchdog.detectors.node.VersionBits;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;
import org.bitcoinwatchdog.events.UnknownBit;

/**
 * Many blocks signal a version bit that no known deployment uses: miners prepare rules that your nodes do not know. Core warns
 * of unknown new rules only when they activate. Bits 13 to 28 are free for miners (BIP 320) and never count.
 */
public final class UnknownSignalling extends FleetRule {
    /**
     * @param blocks     of the last 100 blocks, how many must signal one bit
     * @param clearAfter how long fewer must do so before the alert resolves
     */
    public record Settings(boolean enabled, int blocks, Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.atLeastOne("blocks", blocks);
            Check.notNegative("clear-after", clearAfter);
            if (blocks > VersionBits.UNKNOWN_WINDOW) {
                throw new IllegalArgumentException("blocks must be at most " + VersionBits.UNKNOWN_WINDOW);
            }
        }

        public static Settings defaults() {
            return new Settings(true, 50, Duration.ofHours(1));
        }
    }

    private final Settings settings;

    public UnknownSignalling(Rule rule, Settings settings) {
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
        List<UnknownBit> bits = node.digest().getSignalling().getUnknownBitsList();
        Optional<UnknownBit> most = bits.stream().max((one, other) -> Integer.compare(one.getSignallingBlocks(), other.getSignallingBlocks()))
                .filter(bit -> bit.getSignallingBlocks() >= settings.blocks());
        return Judgement.of(most.map(bit -> Severity.INFO), () -> finding(most.orElseThrow(), bits, node, fleet), UnknownSignalling::over);
    }

    private Finding finding(UnknownBit most, List<UnknownBit> bits, FleetNode node, FleetContext fleet) {
        String summary = String.format(Locale.ROOT, "%d of the last %d blocks of %s signal bit %d, which no known deployment uses",
                most.getSignallingBlocks(), most.getKnownBlocks(), fleet.network(), most.getBit());
        String description = String.format(Locale.ROOT, "%s (informs from %d; seen by %s at height %d). Miners prepare rules that these nodes may not"
                        + " know. Find out which deployment uses this bit, and add it to"
                        + " detectors.consensus-rules.mandatory-signalling.deployments.",
                summary, settings.blocks(), node.name(), node.height());
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("signalling", most.getSignallingBlocks(), settings.blocks(), "blocks"),
                        Measurement.of("known", most.getKnownBlocks(), "blocks"), Measurement.of("height", node.height(), "blocks")),
                Map.of("bits", bits.stream().filter(bit -> bit.getSignallingBlocks() >= settings.blocks())
                        .map(bit -> "bit " + bit.getBit()).toList()), most.getKnownBlocks() == VersionBits.UNKNOWN_WINDOW));
    }

    private static Finding over() {
        return Finding.of("No unknown bit is signalled by many blocks now");
    }
}
