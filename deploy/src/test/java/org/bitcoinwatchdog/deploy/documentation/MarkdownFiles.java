package org.bitcoinwatchdog.deploy.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The documentation of the repository: every Markdown file that is not generated. */
final class MarkdownFiles {
    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> FOLDERS = List.of("", "agent", "agent/events", "alerts", "bpf", "deploy", "detectors",
            "detectors/evaluation", "deploy/docs", "deploy/docs/decisions");
    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** A fenced block. */
    record Block(Path file, String language, String text) {
    }

    private MarkdownFiles() {
    }

    static List<Path> all() {
        List<Path> files = new ArrayList<>();
        for (String folder : FOLDERS) {
            in(folder).stream().filter(entry -> entry.toString().endsWith(".md")).forEach(files::add);
        }
        return files;
    }

    static List<Path> in(String folder) {
        try (Stream<Path> entries = Files.list(REPOSITORY.resolve(folder))) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Block> blocks(String language) {
        return all().stream().flatMap(file -> blocks(file).stream()).filter(block -> block.language().equals(language)).toList();
    }

    static List<Block> blocks(Path file) {
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(read(file));
        while (block.find()) {
            blocks.add(new Block(file, block.group(1), block.group(2)));
        }
        return blocks;
    }

    /** Commands in blocks of {@code sh}, without their comments, each with the file that has it first. */
    static Map<String, Path> commands() {
        Map<String, Path> commands = new LinkedHashMap<>();
        for (Block block : blocks("sh")) {
            block.text().replace("\\\n", " ").lines().map(line -> line.replaceAll("(^|\\s+)#.*", "").strip())
                    .filter(line -> !line.isEmpty()).forEach(line -> commands.putIfAbsent(line, block.file()));
        }
        return commands;
    }
}
