package org.bitcoinwatchdog.deploy.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "org.bitcoinwatchdog.deploy.bench";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void knowsNeitherTheConsoleNorTheEvaluation() {
        noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("org.bitcoinwatchdog.deploy.console..", "org.bitcoinwatchdog.detectors.evaluation..")
                .check(CLASSES);
    }
}
