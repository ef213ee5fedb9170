package org.bitcoinwatchdog.detectors.addresses;

import java.util.List;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.family.DetectorFamily;
import org.bitcoinwatchdog.detectors.node.Detector;

/** More addresses than honest peers send: DETECTORS.md section 2. */
public record AddressFlooding(AddressFlood.Settings addressFlood) implements DetectorFamily {
    static final String DETECTOR = "address-flooding";

    public static AddressFlooding defaults() {
        return new AddressFlooding(AddressFlood.Settings.defaults());
    }

    @Override
    public List<Supplier<Detector>> forNode() {
        return addressFlood.enabled() ? List.of(() -> new AddressFlood(addressFlood)) : List.of();
    }
}
