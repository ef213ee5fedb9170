package org.bitcoinwatchdog.deploy.console;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "org.bitcoinwatchdog.deploy.console";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void knowsWhatItShowsAndNothingOfTheCommand() {
        noClasses().should().dependOnClassesThat(
                        resideInAPackage("org.bitcoinwatchdog..").and(resideOutsideOfPackages("org.bitcoinwatchdog.events..",
                                "org.bitcoinwatchdog.alerts..",
                                "org.bitcoinwatchdog.detectors.network..",
                                "org.bitcoinwatchdog.deploy.http..",
                                ROOT + "..")))
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
