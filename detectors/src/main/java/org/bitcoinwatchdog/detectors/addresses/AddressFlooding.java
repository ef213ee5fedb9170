package org.bitcoinwatchdog.detectors.addresses;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.family.DetectorFamily;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector;
import org.bitcoinwatchdog.detectors.fleet.FleetQuorum;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.events.Severity;

/** More addresses than honest peers send: rules.md section 2. */
public record AddressFlooding(AddressFlood.Settings addressFlood, AddressesPerDay.Settings addressSurge)
        implements DetectorFamily {
    static final String DETECTOR = "address-flooding";
    static final Rule SURGE = new Rule(DETECTOR, "AddressSurge", Severity.WARN);

    public static AddressFlooding defaults() {
        return new AddressFlooding(AddressFlood.Settings.defaults(), AddressesPerDay.Settings.defaults());
    }

    @Override
    public Map<Rule, Boolean> rules() {
        return Map.of(
                AddressFlood.RULE, addressFlood.enabled(),
                SURGE, addressSurge.enabled());
    }

    @Override
    public List<Supplier<Detector>> forNode() {
        List<Supplier<Detector>> rules = new ArrayList<>();
        if (addressFlood.enabled()) {
            rules.add(() -> new AddressFlood(addressFlood));
        }
        if (addressSurge.enabled()) {
            rules.add(() -> new AddressesPerDay(addressSurge));
        }
        return rules;
    }

    @Override
    public List<Supplier<FleetDetector>> forFleet() {
        if (!addressSurge.enabled()) {
            return List.of();
        }
        FleetQuorum.Question question = new FleetQuorum.Question(SURGE, "address-surge", AddressesPerDay.SECTION,
                addressSurge.nodes(), Severity.WARN, "receive far more different addresses a day than usual",
                "Someone spreads addresses through the whole network. Check whether other operators see it too, and watch these"
                        + " nodes' outbound peers.", Duration.ofMinutes(10));
        return List.of(() -> new FleetQuorum(question));
    }
}
