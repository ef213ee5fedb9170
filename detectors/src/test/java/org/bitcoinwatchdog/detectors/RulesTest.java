package org.bitcoinwatchdog.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.liveness.Liveness;
import org.junit.jupiter.api.Test;

class RulesTest {
    @Test
    void areAllThatTheDetectorsHave() throws Exception {
        assertThat(DetectorSettings.defaults().rules().keySet()).isEqualTo(staticFields());
    }

    @Test
    void areOnByDefault() {
        assertThat(DetectorSettings.defaults().rules().values()).doesNotContain(false);
    }

    @Test
    void isOnIfItIsOnForOneNode() {
        DetectorSettings off = without(DetectorSettings.defaults());
        UnaryOperator<DetectorSettings> on = settings -> Defaults.with(settings, "liveness", Liveness.defaults());
        assertThat(isOn("NodeSilent", off)).isFalse();
        assertThat(isOn("NodeSilent", Defaults.with(off, "nodes", Map.of("alice", on)))).isTrue();
    }

    private static DetectorSettings without(DetectorSettings settings) {
        Liveness liveness = settings.liveness();
        return Defaults.with(settings, "liveness",
                Defaults.with(liveness, "nodeSilent", Defaults.with(liveness.nodeSilent(), "enabled", false)));
    }

    private static boolean isOn(String alertname, DetectorSettings settings) {
        return settings.rules().entrySet().stream()
                .filter(rule -> rule.getKey().alertname().equals(alertname)).findFirst().orElseThrow().getValue();
    }

    /** Each rule is a static field of some class. */
    private static Set<Rule> staticFields() throws IllegalAccessException {
        Set<Rule> rules = new HashSet<>();
        for (JavaClass type : new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.bitcoinwatchdog.detectors")) {
            List<Field> fields = Arrays.stream(type.reflect().getDeclaredFields())
                    .filter(field -> field.getType() == Rule.class && Modifier.isStatic(field.getModifiers())).toList();
            for (Field field : fields) {
                field.setAccessible(true);
                rules.add((Rule) field.get(null));
            }
        }
        return rules;
    }
}
