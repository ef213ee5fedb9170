package org.bitcoinwatchdog.deploy.console.model;

import java.util.Optional;
import org.bitcoinwatchdog.detectors.network.AddressText;
import org.bitcoinwatchdog.detectors.network.Asmap;
import org.bitcoinwatchdog.detectors.network.NetAddress;
import org.bitcoinwatchdog.events.NetworkAddress;

/** Which autonomous system announces an address, as the detectors have it: known only where there is an asmap file. */
public record AutonomousSystems(Optional<Asmap> asmap) {
    public static final AutonomousSystems UNKNOWN = new AutonomousSystems(Optional.empty());
    private static final String NONE = "none";

    boolean known() {
        return asmap.isPresent();
    }

    /** @return {@code AS 64496}, {@code none} if no system announces it, or null without an asmap */
    String ofText(String address) {
        return asmap.map(map -> AddressText.parse(address).map(parsed -> name(map, parsed)).orElse(NONE)).orElse(null);
    }

    /** As {@link #ofText}. */
    String of(NetworkAddress address) {
        return asmap.map(map -> name(map, NetAddress.of(address))).orElse(null);
    }

    private static String name(Asmap map, NetAddress address) {
        var as = map.as(address);
        return as.isPresent() ? "AS " + Integer.toUnsignedString(as.getAsInt()) : NONE;
    }
}
