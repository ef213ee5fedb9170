package org.bitcoinwatchdog.deploy.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bitcoinwatchdog.deploy.config.ConfigurationException.Problem;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a YAML file into a record of settings. */
public final class ConfigurationFile {
    private static final long LARGEST_BYTES = 1 << 20;

    private ConfigurationFile() {
    }

    /** Looks at settings that were bound. */
    public interface SettingsCheck<R> {
        /** @param sound whether nothing is wrong below a key of the file, such as {@code alerts.sinks} */
        List<SettingsFinding> findings(R settings, Predicate<String> sound);
    }

    /**
     * @param defaults what every key has that the file leaves out
     * @param checks   run after binding
     * @throws ConfigurationException with everything that is wrong in the file
     */
    @SafeVarargs
    public static <R extends Record> R read(Path file, R defaults, SettingsCheck<R>... checks) {
        ExaminedFile<R> examination = examine(file, defaults, checks);
        if (!examination.errors().isEmpty()) {
            throw new ConfigurationException(file, examination.errors());
        }
        return examination.settings();
    }

    /** @throws ConfigurationException if the file can't be read, or is not YAML */
    @SafeVarargs
    public static <R extends Record> ExaminedFile<R> examine(Path file, R defaults, SettingsCheck<R>... checks) {
        Problems problems = new Problems();
        Origins origins = new Origins();
        Path folder = file.toAbsolutePath().getParent();
        Optional<Object> bound = compose(file, text(file)).flatMap(document -> new Binder(problems, folder, origins)
                .bind(document, defaults.getClass(), Optional.of(defaults), KeyPath.ROOT));
        @SuppressWarnings("unchecked")
        R settings = (R) bound.orElse(defaults);
        List<Problem> errors = new ArrayList<>(problems.all());
        List<Problem> warnings = new ArrayList<>();
        for (SettingsCheck<R> check : checks) {
            for (SettingsFinding finding : check.findings(settings, problems::soundBelow)) {
                (finding.error() ? errors : warnings).add(origins.locate(finding));
            }
        }
        return new ExaminedFile<>(settings, errors, warnings);
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw unreadable(file, "larger than a configuration can be (" + LARGEST_BYTES + " bytes)");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "file not found");
        } catch (CharacterCodingException e) {
            throw unreadable(file, "not a text in UTF-8");
        } catch (IOException e) {
            throw unreadable(file, "can't be read: " + e.getMessage());
        }
    }

    private static Optional<Node> compose(Path file, String text) {
        try {
            var documents = new Compose(LoadSettings.builder().build()).composeAllFromString(text).iterator();
            Optional<Node> first = documents.hasNext() ? Optional.of(documents.next()) : Optional.empty();
            if (documents.hasNext()) {
                throw unusable(file, KeyPath.line(documents.next()), "a second document begins (---), only one is read");
            }
            return first;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw unusable(file, line, "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw unusable(file, 0, "not YAML: " + e.getMessage());
        }
    }

    private static ConfigurationException unusable(Path file, int line, String message) {
        return new ConfigurationException(file, List.of(new Problem(line, message)));
    }

    private static ConfigurationException unreadable(Path file, String message) {
        return new ConfigurationException(file, List.of(new Problem(0, message)), false);
    }

    /**
     * Something about settings that were bound.
     *
     * @param at      the record that it is about
     * @param keys    the way from the record to the value, such as {@code match, severity}; empty: the record itself
     * @param message what is wrong and what to do
     * @param error   whether the watchdog would refuse it or could never do it; if not, it is a warning
     */
    public record SettingsFinding(Object at, List<String> keys, String message, boolean error) {
        public static SettingsFinding error(Object at, String message, String... keys) {
            return new SettingsFinding(at, List.of(keys), message, true);
        }

        public static SettingsFinding warning(Object at, String message, String... keys) {
            return new SettingsFinding(at, List.of(keys), message, false);
        }
    }

    /**
     * A configuration file with everything that was found in it.
     *
     * @param settings what could be bound; keys with errors have their defaults, and list elements with errors are left out
     * @param errors   settings that the watchdog would refuse, or could never follow
     * @param warnings settings that are valid but probably not intended
     */
    public record ExaminedFile<R extends Record>(R settings, List<Problem> errors, List<Problem> warnings) {
        public ExaminedFile {
            errors = sorted(errors);
            warnings = sorted(warnings);
        }

        private static List<Problem> sorted(List<Problem> problems) {
            return problems.stream().distinct().sorted(Comparator.comparingInt(Problem::line)).toList();
        }
    }
}
