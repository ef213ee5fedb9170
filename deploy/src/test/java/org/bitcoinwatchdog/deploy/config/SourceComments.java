package org.bitcoinwatchdog.deploy.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the comments on a type and on a record's components from the sources, since they are not available at runtime.
 */
final class SourceComments {
    private static final List<Path> SOURCES = List.of(Path.of("src/main/java"), Path.of("http/src/main/java"), Path.of("broker/src/main/java"),
            Path.of("../agent/src/main/java"),
            Path.of("../detectors/src/main/java"), Path.of("../alerts/src/main/java"));
    /** A comment and the type after it, with only annotations and modifiers in between. */
    private static final Pattern COMMENTED = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s+)*(?:(?:public|private|static|final|sealed|abstract)\\s+)*"
                    + "(?:record|class|interface|enum)\\s+(\\w+)", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("@param\\s+(\\w+)\\s+((?:(?!@param\\s).)*)", Pattern.DOTALL);

    private final Map<Class<?>, String> comments = new HashMap<>();

    /** The first sentence, without its full stop. */
    Optional<String> sentence(Class<?> type) {
        String text = plain(comment(type).split("@param", 2)[0]);
        return Optional.of(text.split("(?<=[.:])\\s|\\.$", 2)[0].replaceAll("[.:]$", "").strip()).filter(first -> !first.isEmpty());
    }

    /** The texts of {@code @param}. */
    Optional<String> component(Class<?> record, String name) {
        Matcher parameter = PARAMETER.matcher(comment(record));
        while (parameter.find()) {
            if (parameter.group(1).equals(name)) {
                return Optional.of(plain(parameter.group(2)));
            }
        }
        return Optional.empty();
    }

    private String comment(Class<?> type) {
        return comments.computeIfAbsent(type, SourceComments::read);
    }

    private static String read(Class<?> type) {
        String file = type.getName().replaceAll("\\$.*", "").replace('.', '/') + ".java";
        Path source = SOURCES.stream().map(folder -> folder.resolve(file)).filter(Files::exists).findFirst()
                .orElseThrow(() -> new IllegalStateException("no source of " + type));
        try {
            Matcher commented = COMMENTED.matcher(Files.readString(source));
            while (commented.find()) {
                if (commented.group(2).equals(type.getSimpleName())) {
                    return commented.group(1).replaceAll("(?m)^\\s*\\* ?", "");
                }
            }
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Javadoc as Markdown, in one line. */
    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\s*\\(rules.md[^)]*\\)", "")
                .replaceAll("\\{@code\\s+([^}]*)}", "`$1`")
                .replaceAll("\\{@link(?:plain)?\\s+[^\\s}]+\\s+([^}]+)}", "$1")
                .replaceAll("\\{@link\\s+([^}]*)}", "`$1`")
                .replaceAll("</?p>", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
