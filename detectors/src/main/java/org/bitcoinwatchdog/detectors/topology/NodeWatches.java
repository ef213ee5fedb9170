package org.bitcoinwatchdog.detectors.topology;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.Register;
import org.bitcoinwatchdog.detectors.deposits.DepositRules;
import org.bitcoinwatchdog.detectors.network.Asmap;
import org.bitcoinwatchdog.detectors.node.Chain;
import org.bitcoinwatchdog.detectors.fleet.FleetWatch;
import org.bitcoinwatchdog.detectors.node.LastHeard;
import org.bitcoinwatchdog.detectors.node.NodeWatch;
import org.bitcoinwatchdog.detectors.node.Peers;
import org.bitcoinwatchdog.detectors.node.WitnessState;
import org.bitcoinwatchdog.detectors.state.Faults;

/** Creates the watch of a node at its first event or from its stored state, with the node's settings. */
public final class NodeWatches {
    private final DetectorSettings settings;
    private final Optional<Asmap> asmap;
    private final Faults faults;
    private final Map<String, DepositRules.RuleEffects> depositEffects = Register.depositEffects();

    public NodeWatches(DetectorSettings settings, Faults faults) {
        settings.check();
        this.settings = settings;
        this.asmap = settings.asmap().map(Asmap::load);
        this.faults = faults;
    }

    /** @param witness whether it is a view of the best chain from outside, which has its own rules */
    public NodeWatch of(String node, String network, boolean witness, Function<String, byte[]> stored) {
        DetectorSettings own = settings.of(network, node);
        return new NodeWatch(node, network, () -> new Chain(own.catchUp(), own.knownBranches()), () -> new Peers(asmap),
                own.deployments(), witness ? own.witnessRules() : own.nodeRules(), stored, faults);
    }

    /** The watch of a node known only from its stored state. */
    public NodeWatch restored(String node, Function<String, byte[]> stored) {
        return of(node, LastHeard.networkOf(stored.apply(LastHeard.SECTION)),
                WitnessState.isWitness(stored.apply(WitnessState.SECTION)), stored);
    }

    /** The watch of a network's nodes together, with the network's settings. */
    public FleetWatch ofFleet(String network, Function<String, byte[]> stored) {
        Map<String, Set<String>> leftOut = new HashMap<>();
        Set<String> all = sections(settings.of(network));
        return new FleetWatch(network, settings.of(network).fleetRules(),
                node -> leftOut.computeIfAbsent(node, name -> without(all, sections(settings.of(network, name)))),
                new DepositRules(settings.of(network).deposits(), settings.runbook(), depositEffects), stored, faults);
    }

    private static Set<String> sections(DetectorSettings of) {
        return of.fleetRules().stream().map(rule -> rule.get().section()).collect(Collectors.toSet());
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        return all.stream().filter(section -> !some.contains(section)).collect(Collectors.toSet());
    }
}
