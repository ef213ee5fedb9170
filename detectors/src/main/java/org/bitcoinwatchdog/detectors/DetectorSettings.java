package org.bitcoinwatchdog.detectors;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.addresses.AddressFlooding;
import org.bitcoinwatchdog.detectors.blocks.StalledBlocks;
import org.bitcoinwatchdog.detectors.family.DetectorFamily;
import org.bitcoinwatchdog.detectors.node.CatchUp;
import org.bitcoinwatchdog.detectors.peers.PeerConcentration;

/**
 * What a user may set about detection. Each component that is a {@link DetectorFamily} is also the wiring of that
 * family: adding one line here adds its rules, their settings and their defaults.
 *
 * @param asmap       asmap file that groups peers by autonomous system; without it they are grouped by netgroup alone
 * @param runbookBase what stands before an alert's name in the annotation {@code runbook_url}
 * @param catchUp     when a node is at the tip, so that its silence means something
 */
public record DetectorSettings(
        Optional<Path> asmap,
        String runbookBase,
        StreamsSettings streams,
        CatchUp catchUp,
        StalledBlocks stalledBlocks,
        AddressFlooding addressFlooding,
        PeerConcentration peerConcentration) {

    public DetectorSettings {
        Objects.requireNonNull(asmap, "asmap");
        Objects.requireNonNull(runbookBase, "runbook-base");
    }

    public static DetectorSettings defaults() {
        return Defaults.of(DetectorSettings.class, Optional.empty(), "runbook.md#");
    }

    /** The same with another asmap file. */
    public DetectorSettings withAsmap(Path file) {
        return Defaults.with(this, "asmap", Optional.of(file));
    }

    /** The families, in the order of the components. */
    public List<DetectorFamily> families() {
        return Arrays.stream(DetectorSettings.class.getRecordComponents())
                .filter(component -> DetectorFamily.class.isAssignableFrom(component.getType()))
                .map(component -> (DetectorFamily) Defaults.read(component, this))
                .toList();
    }
}
