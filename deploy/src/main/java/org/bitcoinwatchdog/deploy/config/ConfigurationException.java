package org.bitcoinwatchdog.deploy.config;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration file that can't be used, with everything that is wrong in it. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final boolean readable;

    public ConfigurationException(Path file, List<Problem> problems) {
        this(file, problems, true);
    }

    /** @param readable whether the file could be read at all */
    ConfigurationException(Path file, List<Problem> problems, boolean readable) {
        super(problems.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(problem -> file + ": " + problem)
                .collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
        this.readable = readable;
    }

    public boolean readable() {
        return readable;
    }

    public List<Problem> problems() {
        return problems;
    }

    /**
     * One thing that is wrong in a configuration file.
     *
     * @param line    counted from 1; 0 for the file as a whole
     * @param message names the key by its full path
     */
    public record Problem(int line, String message) {
        @Override
        public String toString() {
            return line == 0 ? message : "line " + line + ": " + message;
        }
    }
}
