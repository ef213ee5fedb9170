package org.bitcoinwatchdog.detectors.alerting;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;

/**
 * The measured values that people read last about an alert. They show when it has grown so much that people should read it
 * again: by one peer, by half of many peers, or to ten times the entries. Only values that have a threshold count. An alert that
 * grows a thousandfold is so updated a few times only.
 */
final class Growth {
    /** Units of which each one counts while they are fewer than {@link #FEW}. */
    private static final Set<String> COUNTED = Set.of("peers", "nodes", "slots", "rules");
    private static final int FEW = 8;
    private static final String SHARE = "ratio";
    /** Smaller shares, such as that of lost events, vary more. */
    private static final double LARGE_SHARE = 0.1;
    private static final double BY_HALF = 1.5;
    private static final double TENFOLD = 10;

    /** Empty for nearly every rule of nearly every node. */
    private Map<String, Double> told = Map.of();

    void tell(Evidence evidence) {
        told = new TreeMap<>();
        evidence.measurements().stream().filter(each -> each.threshold() != null)
                .forEach(each -> told.put(each.name(), each.value()));
    }

    boolean in(Evidence evidence) {
        return evidence.measurements().stream().anyMatch(this::grew);
    }

    private boolean grew(Measurement now) {
        Double before = told.get(now.name());
        if (before == null || now.threshold() == null) {
            return false;
        }
        if (COUNTED.contains(now.unit())) {
            return now.value() >= (before < FEW ? before + 1 : Math.floor(BY_HALF * before));
        }
        boolean largeShare = now.unit().equals(SHARE) && before >= LARGE_SHARE;
        return before > 0 && now.value() >= (largeShare ? BY_HALF : TENFOLD) * before;
    }

    void save(StateWriter out) {
        out.each(told.entrySet(), (entry, to) -> to.text(entry.getKey()).real(entry.getValue()));
    }

    void restore(StateReader in) {
        told = new TreeMap<>();
        in.each(from -> told.put(from.text(), from.real()));
    }
}
