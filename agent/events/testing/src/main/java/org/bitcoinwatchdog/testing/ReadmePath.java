package org.bitcoinwatchdog.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The path of one event or alert through a module, as its README lists it: under a heading "## The path of one ...", each
 * line of the code block that begins with {@code Class.method} names a method that decides or changes something.
 */
public final class ReadmePath {
    private static final Pattern SECTION = Pattern.compile("## The path of one .*?```\\w*\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern STEP = Pattern.compile("(?m)^([A-Z]\\w*\\.[a-z]\\w*)\\b");

    private ReadmePath() {
    }

    /** The names on the path, such as {@code Pipeline.accept}, in the order of the README. */
    public static List<String> methods(Path module) throws IOException {
        var section = SECTION.matcher(Files.readString(module.resolve("README.md")));
        return section.find() ? STEP.matcher(section.group(1)).results().map(MatchResult::group).toList() : List.of();
    }

    /** Those of the names that the module's main sources do not have: a class of that name with a method of that name. */
    public static List<String> missing(List<String> methods, Path module) throws IOException {
        Path sources = module.resolve("src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> classes = files.map(sources::relativize).map(Path::toString).filter(file -> file.endsWith(".java"))
                    .map(file -> file.substring(0, file.length() - ".java".length()).replace('/', '.')).toList();
            return methods.stream().filter(name -> !exists(name.split("\\."), classes)).toList();
        }
    }

    private static boolean exists(String[] classAndMethod, List<String> classes) {
        return classes.stream().filter(name -> name.endsWith("." + classAndMethod[0])).map(ReadmePath::load)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .anyMatch(method -> method.getName().equals(classAndMethod[1]));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a source of this module is not compiled: " + name, e);
        }
    }
}
