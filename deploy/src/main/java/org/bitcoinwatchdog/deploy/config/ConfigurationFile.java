package org.bitcoinwatchdog.deploy.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    /**
     * @param defaults what every key has that the file leaves out
     * @throws ConfigurationException with everything that is wrong in the file
     */
    public static <R extends Record> R read(Path file, R defaults) {
        Problems problems = new Problems();
        Optional<Node> document = compose(file, text(file));
        if (document.isEmpty()) {
            return defaults;
        }
        Path folder = file.toAbsolutePath().getParent();
        Optional<Object> bound = new Binder(problems, folder)
                .bind(document.get(), defaults.getClass(), Optional.of(defaults), Place.ROOT);
        if (!problems.all().isEmpty()) {
            throw new ConfigurationException(file, problems.all());
        }
        @SuppressWarnings("unchecked")
        R settings = (R) bound.orElseThrow();
        return settings;
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw unusable(file, 0, "larger than a configuration can be (" + LARGEST_BYTES + " bytes)");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unusable(file, 0, "there is no such file");
        } catch (CharacterCodingException e) {
            throw unusable(file, 0, "not a text in UTF-8");
        } catch (IOException e) {
            throw unusable(file, 0, "can't be read: " + e.getMessage());
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
}
