package org.bitcoinwatchdog.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.junit.jupiter.api.Test;

class RunbookTest {
    @Test
    void hasASectionForEachAlertAndNoOther() throws Exception {
        List<String> sections = Files.readAllLines(Path.of("runbook.md")).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
        assertThat(sections).containsExactlyInAnyOrderElementsOf(alertnames());
    }

    /** A person on call finds the same three things in each section, in the same order. */
    @Test
    void eachSectionSaysWhatItMeansWhatToDoAndWhichFalseAlarmsAreKnown() throws Exception {
        for (String section : Files.readString(Path.of("runbook.md")).split("\n## ")) {
            if (!section.startsWith("# ")) {
                assertThat(section).containsSubsequence("\n\n*", "\nWhat it means:", "\nWhat to do:", "\nKnown false alarms:");
            }
        }
    }

    /** Each rule is in a static field of its class. */
    private static Set<String> alertnames() throws IllegalAccessException {
        Set<String> names = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.bitcoinwatchdog.detectors")) {
            for (Field field : Arrays.stream(type.reflect().getDeclaredFields()).filter(RunbookTest::isRule).toList()) {
                field.setAccessible(true);
                names.add(((Rule) field.get(null)).alertname());
            }
        }
        return names;
    }

    private static boolean isRule(Field field) {
        return field.getType() == Rule.class && java.lang.reflect.Modifier.isStatic(field.getModifiers());
    }
}
