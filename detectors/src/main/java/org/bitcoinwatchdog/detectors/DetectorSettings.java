package org.bitcoinwatchdog.detectors;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.consensus.MandatorySignalling;
import org.bitcoinwatchdog.detectors.deposits.DepositSettings;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector;
import org.bitcoinwatchdog.detectors.node.CatchUp;
import org.bitcoinwatchdog.detectors.node.Deployment;
import org.bitcoinwatchdog.detectors.node.Failures;
import org.bitcoinwatchdog.detectors.node.KnownBranch;
import org.bitcoinwatchdog.detectors.node.NodeRules;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.settings.SettingsByKey;
import org.bitcoinwatchdog.events.Network;

/**
 * Detection: thresholds of all rules, which are in the {@link Register}.
 *
 * @param asmap       asmap file that groups peers by autonomous system; without it, only netgroups are used
 * @param runbookBase prefix of the annotation {@code runbook_url}, before the alert's name. Default: the runbook that
 *                    the console serves, at {@code alerts.external-url} or at {@code http.listen}
 * @param networks    overrides for the nodes of a network, by its name. Those of {@code signet} and {@code regtest}
 *                    apply to every signet and regtest; the network's own name takes precedence
 * @param nodes       overrides for one node, by its name. A fleet rule that is off for a node leaves the node out; its
 *                    other settings come from the network
 * @param catchUp     decides when a node is at the tip, so that missing blocks matter
 * @param knownBranches sides of splits that the operator knows. Nodes of each side are compared only with one another, and the
 *                      split does not page
 * @param deposits    what the verdict about deposits needs and advises
 * @param families    settings of each rule, by the family's key and the rule's key
 */
public record DetectorSettings(
        Optional<Path> asmap,
        Optional<String> runbookBase,
        Map<Network, UnaryOperator<DetectorSettings>> networks,
        Map<String, UnaryOperator<DetectorSettings>> nodes,
        StreamsSettings streams,
        CatchUp catchUp,
        List<KnownBranch> knownBranches,
        DepositSettings deposits,
        SettingsByKey families) {

    private static final Set<Network> TESTNETS = Set.of(Network.TEST, Network.TESTNET4, Network.SIGNET);

    public DetectorSettings {
        Objects.requireNonNull(asmap, "asmap");
        Objects.requireNonNull(runbookBase, "runbook-base");
        networks = Map.copyOf(networks);
        nodes = Map.copyOf(nodes);
        knownBranches = List.copyOf(knownBranches);
    }

    public static DetectorSettings defaults() {
        Map<String, Map<String, Object>> families = new LinkedHashMap<>();
        Register.rules().forEach(rule -> families.computeIfAbsent(rule.family().key(), key -> new LinkedHashMap<>())
                .putIfAbsent(rule.key(), rule.defaults()));
        Map<String, Object> byKey = new LinkedHashMap<>();
        families.forEach((family, rules) -> byKey.put(family, new SettingsByKey(rules)));
        return new DetectorSettings(Optional.empty(), Optional.empty(), Map.of(), Map.of(), StreamsSettings.defaults(),
                CatchUp.defaults(), List.of(), DepositSettings.defaults(), new SettingsByKey(byKey));
    }

    /** The same with another asmap file. */
    public DetectorSettings withAsmap(Path file) {
        return new DetectorSettings(Optional.of(file), runbookBase, networks, nodes, streams, catchUp, knownBranches, deposits, families);
    }

    /** The same with another prefix of the runbook. */
    public DetectorSettings withRunbookBase(String base) {
        return new DetectorSettings(asmap, Optional.of(base), networks, nodes, streams, catchUp, knownBranches, deposits, families);
    }

    /** The same with other settings of the verdict about deposits. */
    public DetectorSettings withDeposits(DepositSettings settings) {
        return new DetectorSettings(asmap, runbookBase, networks, nodes, streams, catchUp, knownBranches, settings, families);
    }

    /** The same with overrides for some nodes. */
    public DetectorSettings withNodes(Map<String, UnaryOperator<DetectorSettings>> changes) {
        return new DetectorSettings(asmap, runbookBase, networks, changes, streams, catchUp, knownBranches, deposits, families);
    }

    /** The same with sides of splits that the operator knows. */
    public DetectorSettings withKnownBranches(List<KnownBranch> branches) {
        return new DetectorSettings(asmap, runbookBase, networks, nodes, streams, catchUp, branches, deposits, families);
    }

    /** The same with other settings of the one rule that has settings of this type. */
    public DetectorSettings with(RuleSettings settings) {
        return with(registered(settings.getClass()), settings);
    }

    private DetectorSettings with(RegisteredRule<?> rule, RuleSettings settings) {
        SettingsByKey family = family(rule).with(rule.key(), settings);
        return new DetectorSettings(asmap, runbookBase, networks, nodes, streams, catchUp, knownBranches, deposits, families.with(rule.family().key(), family));
    }

    /** The settings of the one rule that has settings of this type. */
    public <S extends RuleSettings> S of(Class<S> type) {
        return type.cast(of(registered(type)));
    }

    public <S extends RuleSettings> S of(RegisteredRule<S> rule) {
        return rule.cast(family(rule).values().get(rule.key()));
    }

    /** For which signals of miners the blocks of a node are counted. */
    public List<Deployment> deployments() {
        return of(MandatorySignalling.Settings.class).deployments();
    }

    private SettingsByKey family(RegisteredRule<?> rule) {
        return (SettingsByKey) families.values().get(rule.family().key());
    }

    private static RegisteredRule<?> registered(Class<? extends RuleSettings> type) {
        return Register.rules().stream().filter(rule -> rule.defaults().getClass() == type).findFirst().orElseThrow();
    }

    /** The prefix before an alert's name; the file's name if no prefix is known, as in a replay. */
    public String runbook() {
        return runbookBase.orElse("runbook.md#");
    }

    /**
     * The settings for rules about a whole network. Later ones take precedence: these settings, those that fit the base
     * chain, {@code networks} for the base chain, {@code networks} for the network.
     *
     * @param network as events name it; an unknown network has the general settings
     */
    public DetectorSettings of(String network) {
        return Network.parse(network).map(this::of).orElse(this);
    }

    private DetectorSettings of(Network network) {
        Network base = network.baseChain();
        DetectorSettings fitting = base.equals(Network.REGTEST) ? changed(rule -> rule.onRegtest(this))
                : TESTNETS.contains(base) ? changed(rule -> rule.onTestnets(this)) : this;
        DetectorSettings ofBase = changed(base, fitting);
        return network.equals(base) ? ofBase : changed(network, ofBase);
    }

    private DetectorSettings changed(Function<RegisteredRule<?>, RuleSettings> change) {
        DetectorSettings all = this;
        for (RegisteredRule<?> rule : Register.rules()) {
            all = all.with(rule, change.apply(rule));
        }
        return all;
    }

    private DetectorSettings changed(Network network, DetectorSettings base) {
        return networks.getOrDefault(network, UnaryOperator.identity()).apply(base);
    }

    /** The settings for one node: its network's, then {@code nodes}. */
    public DetectorSettings of(String network, String node) {
        return nodes.getOrDefault(node, UnaryOperator.identity()).apply(of(network));
    }

    /** @throws IllegalArgumentException if settings for networks and nodes contradict one another */
    public void check() {
        networks.keySet().forEach(this::of);
        nodes.keySet().forEach(node -> networks.keySet().forEach(network -> of(network.name(), node)));
    }

    /** The rules for one node that are on. */
    public NodeRules.Makers nodeRules() {
        return new NodeRules.Makers(
                Register.rules().stream().flatMap(rule -> rule.forNode(this).stream()).toList(),
                Register.rules().stream().flatMap(rule -> rule.forWallClock(this).stream()).toList());
    }

    /** The rules about one witness that are on. */
    public NodeRules.Makers witnessRules() {
        return new NodeRules.Makers(
                Register.rules().stream().flatMap(rule -> rule.forWitness(this).stream()).toList(), List.of());
    }

    /** The rules for one network that are on. */
    public List<java.util.function.Supplier<FleetDetector>> fleetRules() {
        return Register.rules().stream().flatMap(rule -> rule.forFleet(this).stream()).toList();
    }

    /** Every rule, and whether it is on for some network or node. */
    public Map<Rule, Boolean> rules() {
        Map<Rule, Boolean> rules = new HashMap<>(Map.of(Failures.RULE, true));
        Stream.concat(Stream.of(this), Stream.concat(networks.values().stream(), nodes.values().stream())
                .map(changes -> changes.apply(this))).forEach(settings -> Register.rules()
                        .forEach(rule -> rules.merge(rule.rule(), settings.of(rule).enabled(), Boolean::logicalOr)));
        return rules;
    }
}
