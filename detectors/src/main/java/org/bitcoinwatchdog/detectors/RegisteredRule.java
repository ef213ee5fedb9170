package org.bitcoinwatchdog.detectors;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.deposits.DepositEffect;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.detectors.node.WallClockRule;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.events.Severity;

/**
 * A line of the {@link Register}. The methods that return the line itself are called only while the register is built.
 */
public final class RegisteredRule<S extends RuleSettings> {
    private final Register.Family family;
    private final Rule rule;
    private final S defaults;
    private String key;
    private String meaning = "";
    private Set<Register.Sign> signs = Set.of();
    private List<DepositEffect> deposits = List.of();
    private Optional<BiFunction<Rule, S, Detector>> node = Optional.empty();
    private Optional<BiFunction<Rule, S, Detector>> witness = Optional.empty();
    private Optional<BiFunction<Rule, S, WallClockRule>> wallClock = Optional.empty();
    private Optional<BiFunction<Rule, S, FleetDetector>> fleet = Optional.empty();
    private UnaryOperator<S> onRegtest = UnaryOperator.identity();
    private UnaryOperator<S> onTestnets = UnaryOperator.identity();

    private RegisteredRule(Register.Family family, Severity highest, String alertname, S defaults) {
        this.family = family;
        this.rule = new Rule(family.key(), alertname, highest);
        this.defaults = defaults;
        this.key = rule.key();
    }

    static <S extends RuleSettings> RegisteredRule<S> page(Register.Family family, String alertname, S defaults) {
        return new RegisteredRule<>(family, Severity.PAGE, alertname, defaults);
    }

    static <S extends RuleSettings> RegisteredRule<S> warn(Register.Family family, String alertname, S defaults) {
        return new RegisteredRule<>(family, Severity.WARN, alertname, defaults);
    }

    static <S extends RuleSettings> RegisteredRule<S> info(Register.Family family, String alertname, S defaults) {
        return new RegisteredRule<>(family, Severity.INFO, alertname, defaults);
    }

    /** Runs for each node, on the node's events. */
    RegisteredRule<S> node(BiFunction<Rule, S, Detector> make) {
        node = Optional.of(make);
        return this;
    }

    /** Runs for each witness, on the witness's events. */
    RegisteredRule<S> witness(BiFunction<Rule, S, Detector> make) {
        witness = Optional.of(make);
        return this;
    }

    /** Runs for each node, by the wall clock. */
    RegisteredRule<S> wallClock(BiFunction<Rule, S, WallClockRule> make) {
        wallClock = Optional.of(make);
        return this;
    }

    /** Runs for each network, on the digests of the network's nodes. */
    RegisteredRule<S> fleet(BiFunction<Rule, S, FleetDetector> make) {
        fleet = Optional.of(make);
        return this;
    }

    /** The exceptions on regtest, where blocks are mined and replaced on request. */
    RegisteredRule<S> onRegtest(UnaryOperator<S> change) {
        onRegtest = change;
        return this;
    }

    /** The exceptions on test, testnet4 and signet, where miners come and go and replace each other's blocks. */
    RegisteredRule<S> onTestnets(UnaryOperator<S> change) {
        onTestnets = change;
        return this;
    }

    /** What it means for deposits while it fires. */
    RegisteredRule<S> deposits(DepositEffect... effects) {
        deposits = List.of(effects);
        return this;
    }

    RegisteredRule<S> signOf(Register.Sign... of) {
        signs = Set.of(of);
        return this;
    }

    /** Replaces the first sentence of the rule's class in the configuration reference. */
    RegisteredRule<S> means(String sentence) {
        meaning = sentence;
        return this;
    }

    /** Has no settings of its own: it uses those of another rule of its family. */
    RegisteredRule<S> settingsOf(String otherKey) {
        key = otherKey;
        return this;
    }

    public Rule rule() {
        return rule;
    }

    public Register.Family family() {
        return family;
    }

    /** The key of its settings, within the section of its family. */
    public String key() {
        return key;
    }

    /** For the configuration reference; empty if the comment of the rule's class is used. */
    public String meaning() {
        return meaning;
    }

    public List<DepositEffect> deposits() {
        return deposits;
    }

    Set<Register.Sign> signs() {
        return signs;
    }

    S defaults() {
        return defaults;
    }

    RuleSettings onRegtest(DetectorSettings all) {
        return onRegtest.apply(all.of(this));
    }

    RuleSettings onTestnets(DetectorSettings all) {
        return onTestnets.apply(all.of(this));
    }

    Optional<Supplier<Detector>> forNode(DetectorSettings all) {
        return made(node, all);
    }

    Optional<Supplier<Detector>> forWitness(DetectorSettings all) {
        return made(witness, all);
    }

    Optional<Supplier<WallClockRule>> forWallClock(DetectorSettings all) {
        return made(wallClock, all);
    }

    Optional<Supplier<FleetDetector>> forFleet(DetectorSettings all) {
        return made(fleet, all);
    }

    private <D> Optional<Supplier<D>> made(Optional<BiFunction<Rule, S, D>> make, DetectorSettings all) {
        S own = all.of(this);
        return make.filter(each -> own.enabled()).map(each -> () -> each.apply(rule, own));
    }

    /** @throws ClassCastException if the settings belong to another rule */
    @SuppressWarnings("unchecked")
    S cast(Object settings) {
        return (S) defaults.getClass().cast(settings);
    }
}
