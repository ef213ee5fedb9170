package org.bitcoinwatchdog.deploy.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MarkdownTest {
    @Test
    void writesHeadingsParagraphsListsAndEmphasis() {
        assertThat(Markdown.html("""
                # Title

                ## AddressFlood

                *Peers send
                addresses.*

                Do:
                1. `a < *b*` and **then**
                   this.
                2. That.
                """)).isEqualTo("""
                <h1>Title</h1>
                <h2 id="addressflood">AddressFlood</h2>
                <p><em>Peers send addresses.</em></p>
                <p>Do:</p><ol><li><code>a &lt; *b*</code> and <strong>then</strong> this.</li><li>That.</li></ol>
                """);
    }

    @Test
    void understandsAllThatTheRunbookUses() throws IOException {
        String text = Markdown.html(Files.readString(Path.of("runbook.md"))).replaceAll("<code>.*?</code>", "").replaceAll("<[^>]*>", "");
        assertThat(text.lines()).noneMatch(line -> line.matches(".*(\\*|`|\\]\\(|^#|^- |^\\|).*"));
    }
}
