package org.bitcoinwatchdog.detectors.evaluation;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "org.bitcoinwatchdog.detectors.evaluation";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void knowsOnlyTheContractAndTheDetectors() {
        noClasses().should().dependOnClassesThat(
                        resideInAPackage("org.bitcoinwatchdog..").and(resideOutsideOfPackages("org.bitcoinwatchdog.events..",
                                "org.bitcoinwatchdog.detectors..")))
                .check(CLASSES);
    }

    @Test
    void needsNoKafka() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..", "io.micrometer..", "org.slf4j..")
                .check(CLASSES);
    }

    /** The same seed gives the same report, whenever and wherever it runs. */
    @Test
    void readsNoClock() {
        noClasses().should().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(System.class, "nanoTime")
                .orShould().callMethod(java.time.Instant.class, "now")
                .orShould().dependOnClassesThat().areAssignableTo(java.time.Clock.class)
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
