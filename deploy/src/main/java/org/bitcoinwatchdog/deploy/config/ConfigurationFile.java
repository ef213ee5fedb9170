package org.bitcoinwatchdog.deploy.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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
    public interface Check<R> {
        /** @param sound whether nothing is wrong below a key of the file, such as {@code alerts.sinks} */
        List<Finding> findings(R settings, Predicate<String> sound);
    }

    /**
     * @param defaults what every key has that the file leaves out
     * @param checks   what is looked at after binding
     * @throws ConfigurationException with everything that is wrong in the file
     */
    @SafeVarargs
    public static <R extends Record> R read(Path file, R defaults, Check<R>... checks) {
        Examination<R> examination = examine(file, defaults, checks);
        if (!examination.errors().isEmpty()) {
            throw new ConfigurationException(file, examination.errors());
        }
        return examination.settings();
    }

    /** @throws ConfigurationException if the file can't be read, or is not YAML */
    @SafeVarargs
    public static <R extends Record> Examination<R> examine(Path file, R defaults, Check<R>... checks) {
        Problems problems = new Problems();
        Origins origins = new Origins();
        Path folder = file.toAbsolutePath().getParent();
        Optional<Object> bound = compose(file, text(file)).flatMap(document -> new Binder(problems, folder, origins)
                .bind(document, defaults.getClass(), Optional.of(defaults), Place.ROOT));
        @SuppressWarnings("unchecked")
        R settings = (R) bound.orElse(defaults);
        List<Problem> errors = new ArrayList<>(problems.all());
        List<Problem> warnings = new ArrayList<>();
        for (Check<R> check : checks) {
            for (Finding finding : check.findings(settings, problems::soundBelow)) {
                (finding.error() ? errors : warnings).add(origins.locate(finding));
            }
        }
        return new Examination<>(settings, errors, warnings);
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw unreadable(file, "larger than a configuration can be (" + LARGEST_BYTES + " bytes)");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "there is no such file");
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
                throw unusable(file, Place.line(documents.next()), "a second document begins (---), only one is read");
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
}
