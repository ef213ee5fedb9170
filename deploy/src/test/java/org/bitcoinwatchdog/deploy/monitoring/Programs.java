package org.bitcoinwatchdog.deploy.monitoring;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/** Programs of other packages that tests use. */
final class Programs {
    private Programs() {
    }

    /** Skips the test with a message if the program is missing. */
    static void assumeInstalled(String program, String debianPackage) {
        boolean found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        Assumptions.assumeTrue(found, program + " is not installed (package " + debianPackage + ")");
    }
}
