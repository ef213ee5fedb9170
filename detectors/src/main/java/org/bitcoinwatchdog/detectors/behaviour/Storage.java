package org.bitcoinwatchdog.detectors.behaviour;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.family.DetectorFamily;
import org.bitcoinwatchdog.detectors.node.Detector;

/** A node's disk, as far as its tracepoints tell: rules.md section 4. */
public record Storage(UtxoFlush.Settings utxoFlush) implements DetectorFamily {
    static final String DETECTOR = "storage";

    public static Storage defaults() {
        return new Storage(UtxoFlush.Settings.defaults());
    }

    @Override
    public Map<Rule, Boolean> rules() {
        return Map.of(
                UtxoFlush.RULE, utxoFlush.enabled());
    }

    @Override
    public List<Supplier<Detector>> forNode() {
        return utxoFlush.enabled() ? List.of(() -> new UtxoFlush(utxoFlush)) : List.of();
    }
}
