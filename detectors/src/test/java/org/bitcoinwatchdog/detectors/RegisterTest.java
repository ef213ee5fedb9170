package org.bitcoinwatchdog.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.liveness.NodeSilent;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.junit.jupiter.api.Test;

class RegisterTest {
    private final DetectorSettings defaults = DetectorSettings.defaults();

    @Test
    void hasALineForEveryClassOfARule() {
        Set<String> made = made().map(rule -> rule.getClass().getSimpleName()).collect(Collectors.toSet());
        assertThat(made).isEqualTo(classesOfRules());
    }

    @Test
    void givesEveryRuleItsOwnNameAndItsOwnStateInANode() {
        assertThat(Register.rules()).extracting(line -> line.rule().alertname()).doesNotHaveDuplicates();
        assertThat(defaults.nodeRules().ofEvents()).extracting(make -> make.get().section()).doesNotHaveDuplicates();
        assertThat(defaults.fleetRules()).extracting(make -> make.get().section()).doesNotHaveDuplicates();
    }

    @Test
    void derivesTheKeyFromTheName() {
        assertThat(Register.rules()).extracting(line -> line.rule().key()).contains("fleet-lag", "announced-not-connected", "eclipse");
    }

    @Test
    void switchesEveryRuleOnByDefault() {
        assertThat(defaults.rules().values()).doesNotContain(false);
    }

    @Test
    void aRuleIsOnIfItIsOnForOneNode() {
        DetectorSettings off = defaults.with(new NodeSilent.Settings(false, Duration.ofSeconds(60)));
        UnaryOperator<DetectorSettings> on = settings -> settings.with(NodeSilent.Settings.defaults());
        assertThat(isOn("NodeSilent", off)).isFalse();
        assertThat(isOn("NodeSilent", off.withNodes(Map.of("alice", on)))).isTrue();
    }

    private static boolean isOn(String alertname, DetectorSettings settings) {
        return settings.rules().entrySet().stream()
                .filter(rule -> rule.getKey().alertname().equals(alertname)).findFirst().map(Map.Entry<Rule, Boolean>::getValue).orElseThrow();
    }

    private Stream<Stateful> made() {
        return Stream.of(defaults.nodeRules().ofEvents(), defaults.witnessRules().ofEvents(), defaults.nodeRules().ofWallClock(), defaults.fleetRules())
                .flatMap(rules -> rules.stream().map(make -> (Stateful) make.get()));
    }

    private static Set<String> classesOfRules() {
        return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.bitcoinwatchdog.detectors").stream()
                .filter(type -> !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .filter(type -> type.isAssignableTo("org.bitcoinwatchdog.detectors.node.Detector")
                        || type.isAssignableTo("org.bitcoinwatchdog.detectors.node.WallClockRule")
                        || type.isAssignableTo("org.bitcoinwatchdog.detectors.fleet.FleetDetector"))
                .map(type -> type.reflect().getSimpleName())
                .collect(Collectors.toSet());
    }
}
