package org.bitcoinwatchdog.deploy.console.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.console.http.ServedConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A console with models that a test fills, and a page of a real browser that shows it. */
class OpenPage {
    static Browser browser;
    ServedConsole console;
    Tab tab;

    @BeforeAll
    static void startBrowser() throws IOException {
        Optional<Path> program = Browser.program();
        assumeTrue(program.isPresent(), "Chromium is not installed (Debian's package chromium)");
        browser = Browser.start(program.get());
    }

    @AfterAll
    static void closeBrowser() throws InterruptedException {
        if (browser != null) {
            browser.close();
            browser = null;
        }
    }

    @BeforeEach
    void serve() throws IOException {
        console = ServedConsole.open();
        tab = browser.tab(1440, 900);
    }

    @AfterEach
    void close() {
        tab.close();
        console.close();
    }

    void open(String place) {
        tab.go(console.url() + "/#" + place);
    }

    void awaitText(String... texts) {
        await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(200)).ignoreExceptions()
                .untilAsserted(() -> assertThat(tab.text()).contains(texts));
    }
}
