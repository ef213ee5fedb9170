package org.bitcoinwatchdog.deploy.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitcoinwatchdog.deploy.command.WatchdogCommand;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Checks of the container's files that need no container engine. */
class ContainerFilesTest {
    private static final Path CONTAINER = Path.of("container");

    @Test
    void theImageIsBuiltByTheScriptThatIsHereAndStartsTheWatchdog() throws IOException {
        String dockerfile = Files.readString(CONTAINER.resolve("Dockerfile"));
        assertThat(dockerfile).contains("RUN /source/deploy/install /opt/watchdog", "COPY --from=build /opt/watchdog /opt/watchdog",
                "ENTRYPOINT [\"/opt/watchdog/watchdog\"]");
        assertThat(Path.of("install")).isExecutable();
        assertThat(Files.readAllLines(Path.of("../.dockerignore"))).contains("**/target", "bpf/build");
    }

    @Test
    void everyServiceRunsACommandAndEveryMountIsThere() throws IOException {
        Map<?, ?> compose = (Map<?, ?>) new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
                .loadFromString(withoutMerges(Files.readString(CONTAINER.resolve("compose.yaml"))));
        Map<?, ?> services = (Map<?, ?>) compose.get("services");
        assertThat(services.keySet()).isEqualTo(Set.of("watchdog", "agent", "detect", "alert"));
        services.values().forEach(service -> {
            List<?> command = (List<?>) ((Map<?, ?>) service).get("command");
            if (command != null) {
                assertThat(WatchdogCommand.commandLine().getSubcommands()).containsKey((String) command.get(0));
            }
        });
        assertThat(WatchdogConfiguration.read(CONTAINER.resolve("watchdog.yaml")).http().listen()).isEqualTo("127.0.0.1:9332");
    }

    /** Merge keys are YAML 1.1, which compose reads and this parser does not. */
    private static String withoutMerges(String yaml) {
        return yaml.replaceAll("(?m)^ +<<: .*$", "");
    }
}
