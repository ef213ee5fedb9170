package org.bitcoinwatchdog.detectors;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.addresses.AddressFlooding;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.behaviour.PeerBehaviour;
import org.bitcoinwatchdog.detectors.blocks.StalledBlocks;
import org.bitcoinwatchdog.detectors.liveness.Clocks;
import org.bitcoinwatchdog.detectors.family.DetectorFamily;
import org.bitcoinwatchdog.detectors.liveness.Liveness;
import org.bitcoinwatchdog.detectors.behaviour.MempoolCongestion;
import org.bitcoinwatchdog.detectors.node.CatchUp;
import org.bitcoinwatchdog.detectors.node.Failures;
import org.bitcoinwatchdog.detectors.peers.PeerConcentration;
import org.bitcoinwatchdog.detectors.behaviour.Storage;
import org.bitcoinwatchdog.events.Network;

/**
 * Detection: thresholds of all rules. Each component that is a {@link DetectorFamily} is also the wiring of that
 * family: adding one line here adds its rules, their settings and their defaults.
 *
 * @param asmap       asmap file that groups peers by autonomous system; without it they are grouped by netgroup alone
 * @param runbookBase what stands before an alert's name in the annotation {@code runbook_url}; left out: the runbook that
 *                    the console serves, at {@code alerts.external-url} or else at {@code http.listen}
 * @param networks    what is different for the nodes of a network, by its name. What is set for {@code signet} holds for every
 *                    signet, what is set for {@code regtest} for every regtest, unless their own names set it
 * @param nodes       what is different for one node, by its name; a fleet rule that is off for it leaves it out,
 *                    and follows its network in all else
 * @param catchUp     when a node is at the tip, so that missing blocks matter
 */
public record DetectorSettings(
        Optional<Path> asmap,
        Optional<String> runbookBase,
        Map<Network, UnaryOperator<DetectorSettings>> networks,
        Map<String, UnaryOperator<DetectorSettings>> nodes,
        StreamsSettings streams,
        CatchUp catchUp,
        StalledBlocks stalledBlocks,
        AddressFlooding addressFlooding,
        PeerConcentration peerConcentration,
        Liveness liveness,
        Clocks clocks,
        PeerBehaviour peerBehaviour,
        MempoolCongestion mempoolCongestion,
        Storage storage) {

    /** Their miners come and go, and replace each other's blocks. */
    private static final Set<Network> TESTNETS = Set.of(Network.TEST, Network.TESTNET4, Network.SIGNET);
    private static final int TESTNET_REORG = 6;

    public DetectorSettings {
        Objects.requireNonNull(asmap, "asmap");
        Objects.requireNonNull(runbookBase, "runbook-base");
        networks = Map.copyOf(networks);
        nodes = Map.copyOf(nodes);
    }

    public static DetectorSettings defaults() {
        return Defaults.of(DetectorSettings.class, Optional.empty(), Optional.empty(), Map.of(), Map.of());
    }

    /** The same with another asmap file. */
    public DetectorSettings withAsmap(Path file) {
        return Defaults.with(this, "asmap", Optional.of(file));
    }

    /** The same with another place of the runbook. */
    public DetectorSettings withRunbookBase(String base) {
        return Defaults.with(this, "runbookBase", Optional.of(base));
    }

    /** What stands before an alert's name; where nothing is known, as after a replay, the name of the file. */
    public String runbook() {
        return runbookBase.orElse("runbook.md#");
    }

    /**
     * The settings for what concerns a whole network: these, then what fits its base chain, then {@code networks} for the
     * base chain and for the network itself.
     *
     * @param network as events name it; one that is unknown has the general settings
     */
    public DetectorSettings of(String network) {
        return Network.parse(network).map(this::of).orElse(this);
    }

    private DetectorSettings of(Network network) {
        Network base = network.baseChain();
        DetectorSettings fitting =
                base.equals(Network.REGTEST) ? onRegtest() : TESTNETS.contains(base) ? onTestnets() : this;
        DetectorSettings ofBase = changed(base, fitting);
        return network.equals(base) ? ofBase : changed(network, ofBase);
    }

    private DetectorSettings changed(Network network, DetectorSettings base) {
        return networks.getOrDefault(network, UnaryOperator.identity()).apply(base);
    }

    /** The settings for one node: its network's, then {@code nodes}. */
    public DetectorSettings of(String network, String node) {
        return nodes.getOrDefault(node, UnaryOperator.identity()).apply(of(network));
    }

    /** Blocks come there, and are replaced, when somebody asks for it. */
    private DetectorSettings onRegtest() {
        return Defaults.with(this, "stalledBlocks", Defaults.with(Defaults.with(Defaults.with(stalledBlocks,
                "noBlock", Defaults.with(stalledBlocks.noBlock(), "enabled", false)),
                "slowChain", Defaults.with(stalledBlocks.slowChain(), "enabled", false)),
                "reorg", Defaults.with(stalledBlocks.reorg(), "enabled", false)));
    }

    /** A depth that was set for all networks stays where it is larger. */
    private DetectorSettings onTestnets() {
        int depth = Math.max(TESTNET_REORG, stalledBlocks.reorg().pageDepth());
        return Defaults.with(this, "stalledBlocks",
                Defaults.with(stalledBlocks, "reorg", Defaults.with(stalledBlocks.reorg(), "pageDepth", depth)));
    }

    /** @throws IllegalArgumentException where what is set for networks and nodes does not go together */
    public void check() {
        networks.keySet().forEach(this::of);
        nodes.keySet().forEach(node -> networks.keySet().forEach(network -> of(network.name(), node)));
    }

    /** The families, in the order of the components. */
    public List<DetectorFamily> families() {
        return Arrays.stream(DetectorSettings.class.getRecordComponents())
                .filter(component -> DetectorFamily.class.isAssignableFrom(component.getType()))
                .map(component -> (DetectorFamily) Defaults.read(component, this))
                .toList();
    }

    /** Every rule that there is, and whether it is on for some network or node. */
    public Map<Rule, Boolean> rules() {
        Map<Rule, Boolean> rules = new HashMap<>(Map.of(Failures.RULE, true));
        Stream<DetectorSettings> everywhere = Stream.concat(Stream.of(this),
                Stream.concat(networks.values().stream(), nodes.values().stream()).map(changes -> changes.apply(this)));
        everywhere.flatMap(settings -> settings.families().stream())
                .forEach(family -> family.rules().forEach((rule, on) -> rules.merge(rule, on, Boolean::logicalOr)));
        return rules;
    }
}
