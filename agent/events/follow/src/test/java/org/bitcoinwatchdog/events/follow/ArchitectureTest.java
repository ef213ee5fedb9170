package org.bitcoinwatchdog.events.follow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void theFollowerKnowsKafkaAndNoPartOfTheWatchdog() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage(
                        "org.bitcoinwatchdog.events.follow", "java..", "org.apache.kafka..", "org.slf4j")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                        .importPackages("org.bitcoinwatchdog.events.follow"));
    }
}
