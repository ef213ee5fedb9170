package org.bitcoinwatchdog.deploy.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** deploy/prometheus/: the rules for Prometheus. */
final class RuleFiles {
    static final Path DIRECTORY = Path.of("prometheus");

    /**
     * @param recorded the metric that it makes, of a recording rule
     * @param alert    its name, of an alert rule
     */
    record Rule(Optional<String> recorded, Optional<String> alert, String expression, Map<?, ?> yaml) {
    }

    private RuleFiles() {
    }

    static List<Path> files() {
        return List.of(DIRECTORY.resolve("watchdog-recording.yml"), DIRECTORY.resolve("watchdog-alerts.yml"));
    }

    static List<Rule> rules() {
        return files().stream().flatMap(RuleFiles::rules).toList();
    }

    private static Stream<Rule> rules(Path file) {
        try {
            Map<?, ?> yaml = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            return ((List<?>) yaml.get("groups")).stream()
                    .flatMap(group -> ((List<?>) ((Map<?, ?>) group).get("rules")).stream())
                    .map(rule -> (Map<?, ?>) rule)
                    .map(rule -> new Rule(Optional.ofNullable((String) rule.get("record")),
                            Optional.ofNullable((String) rule.get("alert")), (String) rule.get("expr"), rule));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
