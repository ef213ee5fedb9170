package org.bitcoinwatchdog.detectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "org.bitcoinwatchdog.detectors";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void ofThisProjectOnlyTheContractIsKnown() {
        noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("org.bitcoinwatchdog.agent..", "org.bitcoinwatchdog.alerts..", "org.bitcoinwatchdog.deploy..")
                .check(CLASSES);
    }

    @Test
    void onlyTheTopologyKnowsKafka() {
        noClasses().that().resideOutsideOfPackages(ROOT, ROOT + ".topology..")
                .should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..", "io.micrometer..", "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void detectorsHaveNoClockOfTheirOwn() {
        // Only the topology asks whether a node has gone silent, which no event can tell.
        noClasses().that().resideOutsideOfPackage(ROOT + ".topology..")
                .should().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(System.class, "nanoTime")
                .orShould().callMethod(java.time.Instant.class, "now")
                .orShould().dependOnClassesThat().areAssignableTo(java.time.Clock.class)
                .check(CLASSES);
    }

    @Test
    void familiesDoNotKnowOneAnother() {
        for (String family : new String[] {"blocks", "consensus", "addresses", "peers", "liveness", "behaviour"}) {
            classes().that().resideInAPackage(ROOT + "." + family)
                    .should().onlyHaveDependentClassesThat().resideInAnyPackage(ROOT + "." + family, ROOT)
                    .check(CLASSES);
        }
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
