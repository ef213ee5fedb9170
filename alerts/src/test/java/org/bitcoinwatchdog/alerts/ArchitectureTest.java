package org.bitcoinwatchdog.alerts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {
    private static final String ALERTS = "org.bitcoinwatchdog.alerts";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ALERTS);

    @Test
    void alertsKnowTheContractsAndNoOtherPart() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage(
                "org.bitcoinwatchdog.agent..", "org.bitcoinwatchdog.detectors..", "org.bitcoinwatchdog.deploy..")
                .check(CLASSES);
    }

    @Test
    void sinksKnowNeitherKafkaNorRetries() {
        noClasses().that().resideInAnyPackage(ALERTS + ".sinks..", ALERTS + ".http..", ALERTS + ".notification..")
                .should().dependOnClassesThat().resideInAnyPackage(
                        "org.apache.kafka..", ALERTS + ".pipeline..", ALERTS + ".kafka..", "io.micrometer..")
                .check(CLASSES);
    }

    @Test
    void thePipelineKnowsNeitherKafkaNorAnySink() {
        noClasses().that().resideInAPackage(ALERTS + ".pipeline..")
                .should().dependOnClassesThat().resideInAnyPackage(
                        "org.apache.kafka..", "org.apache.hc..", ALERTS + ".sinks..", ALERTS + ".http..", ALERTS + ".kafka..")
                .check(CLASSES);
    }

    @Test
    void onlyOnePackageSpeaksHttpAndOnlyOneKafka() {
        noClasses().that().resideOutsideOfPackage(ALERTS + ".http..")
                .should().dependOnClassesThat().resideInAPackage("org.apache.hc..")
                .check(CLASSES);
        noClasses().that().resideOutsideOfPackages(ALERTS + ".kafka..", ALERTS)
                .should().dependOnClassesThat().resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
    }
}
