package org.bitcoinwatchdog.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * deploy may import every part. A part may import neither deploy nor another part. Imports within deploy go in one
 * direction.
 */
class ImportRulesTest {
    private static final String ROOT = "org.bitcoinwatchdog.";

    private final JavaClasses all = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.bitcoinwatchdog");

    @Test
    void partsImportOnlyTheContract() {
        for (String part : new String[] {"agent", "alerts"}) {
            classes().that().resideInAPackage(ROOT + part + "..")
                    .should().onlyDependOnClassesThat(
                            com.tngtech.archunit.base.DescribedPredicate.describe("belong to it or to the contract",
                                    type -> !type.getPackageName().startsWith(ROOT)
                                            || type.getPackageName().startsWith(ROOT + part)
                                            || type.getPackageName().startsWith(ROOT + "events")))
                    .check(all);
        }
    }

    @Test
    void theContractImportsNothingOfOurs() {
        noClasses().that().resideInAPackage(ROOT + "events..")
                .should().dependOnClassesThat().resideInAnyPackage(
                        ROOT + "agent..", ROOT + "detectors..", ROOT + "alerts..", ROOT + "deploy..")
                .check(all);
    }

    @Test
    void packagesOfDeployHaveNoCycles() {
        slices().matching(ROOT + "deploy.(*)..").should().beFreeOfCycles().check(all);
    }

    @Test
    void commandsAreKnownToNobodyButTheEntryPoint() {
        noClasses().that().resideOutsideOfPackages(ROOT + "deploy.command..", ROOT + "deploy")
                .should().dependOnClassesThat().resideInAPackage(ROOT + "deploy.command..")
                .check(all);
    }

    @Test
    void onlyTheCommandKnowsTheEvaluation() {
        noClasses().that().resideOutsideOfPackages(ROOT + "deploy.command..", ROOT + "detectors.evaluation..")
                .should().dependOnClassesThat().resideInAPackage(ROOT + "detectors.evaluation..")
                .check(all);
    }

    @Test
    void onlyTheCommandKnowsTheBenchmarks() {
        noClasses().that().resideOutsideOfPackages(ROOT + "deploy.command..", ROOT + "deploy.bench..")
                .should().dependOnClassesThat().resideInAPackage(ROOT + "deploy.bench..")
                .check(all);
    }

    @Test
    void thereIsOneHttpServerAndOnePackageKnowsIt() {
        noClasses().that().resideInAPackage("org.bitcoinwatchdog..")
                .should().dependOnClassesThat().resideInAPackage("com.sun.net.httpserver..")
                .check(all);
        noClasses().that().resideOutsideOfPackage(ROOT + "deploy.http..")
                .should().dependOnClassesThat().resideInAPackage("org.eclipse.jetty..")
                .check(all);
    }
}
