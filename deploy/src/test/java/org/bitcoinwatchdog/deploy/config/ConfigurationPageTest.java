package org.bitcoinwatchdog.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
    private static final Path PAGE = Path.of("configuration.md");
    private static final Path WRITTEN = Path.of("target", "configuration.md");

    @Test
    void thePageSaysWhatTheRecordsOfSettingsSay() throws IOException {
        String text = new ConfigurationPage().text();
        Files.createDirectories(WRITTEN.getParent());
        Files.writeString(WRITTEN, text);
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("settings changed: cp deploy/target/configuration.md deploy/configuration.md")
                .isEqualTo(text);
    }

    @Test
    void everyKeyHasAMeaning() {
        ConfigurationPage page = new ConfigurationPage();
        page.text();
        assertThat(page.undescribed()).as("components of settings without @param").isEmpty();
    }
}
