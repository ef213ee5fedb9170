package org.bitcoinwatchdog.deploy.http;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "org.bitcoinwatchdog.deploy.http";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void knowsNoOtherPartOfTheWatchdog() {
        noClasses().should().dependOnClassesThat(
                        resideInAPackage("org.bitcoinwatchdog..").and(resideOutsideOfPackages(ROOT + "..")))
                .check(CLASSES);
    }

    /** The server behind it can be replaced here alone. */
    @Test
    void givesAwayNothingOfTheServerBehindIt() {
        noMethods().that().arePublic().should().haveRawReturnType(resideInAPackage("org.eclipse.jetty..")).check(CLASSES);
    }
}
