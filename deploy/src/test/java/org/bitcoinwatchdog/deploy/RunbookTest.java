package org.bitcoinwatchdog.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.junit.jupiter.api.Test;

class RunbookTest {
    @Test
    void hasASectionForEachRuleAndNoOther() throws Exception {
        List<String> sections = Files.readAllLines(Path.of("runbook.md")).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
        assertThat(sections).containsExactlyInAnyOrderElementsOf(DetectorSettings.defaults().rules().keySet().stream().map(Rule::alertname).toList());
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
}
