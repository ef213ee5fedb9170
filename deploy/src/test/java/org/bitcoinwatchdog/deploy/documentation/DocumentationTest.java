package org.bitcoinwatchdog.deploy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.deploy.command.WatchdogCommand;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.documentation.MarkdownFiles.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern MENTIONED = Pattern.compile("`(?:sudo )?(?:\\./)?watchdog ([a-z][^`|]*)`");
    /** A script in bash is run by a test of its own (ChainPageIT). */
    private static final List<String> LANGUAGES = List.of("sh", "bash", "text", "yaml", "json");

    @TempDir
    Path folder;

    @Test
    void everyLinkLeadsSomewhere() {
        for (Path file : MarkdownFiles.all()) {
            Matcher link = LINK.matcher(MarkdownFiles.read(file));
            while (link.find()) {
                if (!link.group(1).startsWith("http")) {
                    assertThat(leads(file, link.group(1))).as(file + ": " + link.group(1)).isTrue();
                }
            }
        }
    }

    /** Ensures that the test that runs the commands finds all of them. */
    @Test
    void everyBlockSaysWhatItIsAndCommandsAreMarkedAsSuch() {
        for (Path file : MarkdownFiles.all()) {
            assertThat(MarkdownFiles.blocks(file)).as(file.toString()).allMatch(block -> LANGUAGES.contains(block.language()));
            assertThat(MarkdownFiles.blocks(file)).as(file.toString()).filteredOn(block -> !block.language().equals("sh"))
                    .noneMatch(block -> block.text().lines().anyMatch(line -> line.matches("(\\$ |sudo |\\./(watchdog|dev) ).*")));
        }
    }

    @Test
    void everyExampleOfAConfigurationIsOne() throws IOException {
        List<Block> examples = MarkdownFiles.blocks("yaml");
        assertThat(examples).isNotEmpty();
        for (Block example : examples) {
            WatchdogConfiguration.read(Files.writeString(folder.resolve("example.yaml"), example.text()));
        }
    }

    @Test
    void everyCommandThatATextMentionsIsOne() {
        for (Path file : MarkdownFiles.all()) {
            Matcher mentioned = MENTIONED.matcher(MarkdownFiles.read(file));
            while (mentioned.find()) {
                CommandLine command = WatchdogCommand.commandLine();
                boolean value = false;
                for (String word : mentioned.group(1).replaceAll("[\\[\\]]", "").split(" ")) {
                    String said = file + ": " + mentioned.group();
                    if (word.startsWith("--")) {
                        assertThat(command.getCommandSpec().optionsMap()).as(said).containsKey(word);
                        value = command.getCommandSpec().optionsMap().get(word).arity().min() > 0;
                    } else if (value) {
                        value = false;
                    } else if (!command.getSubcommands().isEmpty()) {
                        assertThat(command.getSubcommands()).as(said).containsKey(word);
                        command = command.getSubcommands().get(word);
                    }
                }
            }
        }
    }

    private static boolean leads(Path from, String link) {
        String[] parts = link.split("#", 2);
        Path to = parts[0].isEmpty() ? from : from.getParent().resolve(parts[0]);
        return Files.exists(to) && (parts.length == 1 || anchors(to).contains(parts[1]));
    }

    /** Anchors as hosts of repositories make them from headings. */
    private static List<String> anchors(Path file) {
        return MarkdownFiles.read(file).lines().filter(line -> line.startsWith("#"))
                .map(line -> line.replaceAll("^#+ ", "").toLowerCase(java.util.Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
                .toList();
    }
}
