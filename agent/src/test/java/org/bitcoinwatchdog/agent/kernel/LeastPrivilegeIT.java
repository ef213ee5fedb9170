package org.bitcoinwatchdog.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM of an ordinary user with only some capabilities, and one in a place where no native code may be loaded. */
class LeastPrivilegeIT {
    private static final Pattern NEEDED = Pattern.compile("(jnr-|jffi-|asm-|slf4j-).*\\.jar");
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final List<String> ORDINARY_USER =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    private static TracingNeeds needs;

    @TempDir
    private Path directory;

    @BeforeAll
    static void mayTrace() {
        needs = TracingAssumption.check();
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another user");
    }

    /** Files that the other user must be able to read, in a readable folder. */
    @BeforeEach
    void copy() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                copyKernelClasses(path);
            } else if (NEEDED.matcher(path.getFileName().toString()).matches()) {
                Files.copy(path, directory.resolve(path.getFileName()));
            }
        }
        assertThat(new ProcessBuilder("cc", "-DSEMAPHORE", "-o", directory.resolve("operands").toString(),
                Path.of("..", "bpf", "test", "operands.c").toString()).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void anOrdinaryUserTracesWithTheCapabilitiesThatAreAskedFor() throws Exception {
        String list = needs.uprobeMulti() ? "+bpf,+perfmon" : "+sys_admin";
        assertThat(asOrdinaryUser("--inh-caps=" + list, "--ambient-caps=" + list))
                .contains(needs.reason())
                .containsPattern("calls: [1-9]");
    }

    @Test
    void anOrdinaryUserWithoutCapabilitiesIsToldWhichAndHowToGiveThem() throws Exception {
        assertThat(asOrdinaryUser("--inh-caps=-all"))
                .contains("this process lacks " + lacking(Set.of()), "AmbientCapabilities=", "setpriv --reuid=USER")
                .doesNotContain("calls:");
    }

    @Test
    void oneCapabilityIsNotEnough() throws Exception {
        assertThat(asOrdinaryUser("--inh-caps=+bpf", "--ambient-caps=+bpf"))
                .contains("this process lacks " + lacking(Set.of(Capability.CAP_BPF)) + ";")
                .doesNotContain("calls:");
    }

    @Test
    void aPlaceWhereNoNativeCodeMayBeLoadedIsNamed() throws Exception {
        Path noexec = Files.createDirectory(directory.resolve("noexec"));
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "noexec", "none", noexec.toString()),
                "no file system can be mounted here");
        try {
            assertThat(output(noexec, List.of(JAVA, "-Djava.io.tmpdir=" + noexec, "-Duser.home=" + noexec)))
                    .contains(noexec + " is mounted noexec", "WATCHDOG_JAVA_OPTIONS=-Djava.io.tmpdir=DIR")
                    .doesNotContain("calls:");
        } finally {
            run("umount", noexec.toString());
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    private static String lacking(Set<Capability> held) {
        return Capability.names(TracingNeeds.expected(RunningKernel.here()).missing(held));
    }

    private String asOrdinaryUser(String... capabilities) throws Exception {
        List<String> command = new ArrayList<>(ORDINARY_USER);
        command.addAll(List.of(capabilities));
        command.addAll(List.of(JAVA, "-Djava.io.tmpdir=" + directory));
        return output(directory, command);
    }

    private String output(Path where, List<String> java) throws Exception {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-cp", directory + File.pathSeparator + directory + "/*",
                TracesOneProcess.class.getName(), directory.resolve("operands").toString()));
        Process process = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private void copyKernelClasses(Path classes) throws IOException {
        Path own = Path.of(Tracing.class.getPackageName().replace('.', '/'));
        if (Files.isDirectory(classes.resolve(own))) {
            Files.createDirectories(directory.resolve(own));
            try (Stream<Path> files = Files.list(classes.resolve(own))) {
                for (Path file : files.toList()) {
                    Files.copy(file, directory.resolve(own).resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
