package org.bitcoinwatchdog.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void theContractKnowsOnlyTheJdkProtobufJacksonAndKafkasInterfacesForSerialization() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage(
                        "org.bitcoinwatchdog.events", "java..", "javax.net.ssl", "com.google.protobuf..", "com.fasterxml.jackson..",
                        "org.apache.kafka.common.serialization", "org.apache.kafka.common.errors")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.bitcoinwatchdog.events"));
    }
}
