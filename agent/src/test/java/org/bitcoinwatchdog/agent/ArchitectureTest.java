package org.bitcoinwatchdog.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may import whom inside the agent. */
class ArchitectureTest {
    private static final String AGENT = "org.bitcoinwatchdog.agent";
    private static final String KERNEL = AGENT + ".kernel";
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(AGENT);

    @Test
    void nativeCodeIsCalledInKernelOnly() {
        noClasses().that().resideOutsideOfPackage(KERNEL)
                .should().dependOnClassesThat().resideInAnyPackage("jnr..", "com.kenai.jffi..")
                .check(CLASSES);
    }

    @Test
    void kernelKnowsNeitherEventsNorKafka() {
        noClasses().that().resideInAPackage(KERNEL)
                .should().dependOnClassesThat()
                .resideInAnyPackage("org.bitcoinwatchdog.events..", "org.apache.kafka..", "com.google.protobuf..")
                .check(CLASSES);
        classes().that().resideInAPackage(KERNEL)
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage(KERNEL, "java..", "jnr.ffi..", "com.kenai.jffi..", "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void kafkasClientsAreUsedInPublishOnly() {
        noClasses().that().resideOutsideOfPackage(AGENT + ".publish")
                .should().dependOnClassesThat().resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void thePartsDoNotKnowTheWiring() {
        noClasses().that().resideOutsideOfPackage(AGENT)
                .should().dependOnClassesThat().resideInAPackage(AGENT)
                .check(CLASSES);
    }

    @Test
    void recordsAreDecodedWithoutKnowingWhereEventsGo() {
        noClasses().that().resideInAnyPackage(AGENT + ".record", AGENT + ".p2p", AGENT + ".recording", AGENT + ".discovery")
                .should().dependOnClassesThat().resideInAPackage(AGENT + ".publish")
                .check(CLASSES);
        classes().that().resideInAPackage(AGENT + ".p2p")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage(AGENT + ".p2p", "org.bitcoinwatchdog.events..", "com.google.protobuf..", "java..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(AGENT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theAgentKnowsNoOtherPartOfTheWatchdog() {
        noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("org.bitcoinwatchdog.detectors..", "org.bitcoinwatchdog.alerts..",
                        "org.bitcoinwatchdog.deploy..")
                .check(CLASSES);
    }
}
