package org.bitcoinwatchdog.deploy.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.deploy.console.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsolePagesIT {
    private static final String SILENCE = """
            {"matchers": [{"label": "node", "operator": "=", "value": "alice"}], "author": "ann", "comment": "upgrade", "durationS": 3600}""";

    private ServedConsole console;

    @BeforeEach
    void serve() throws IOException {
        console = ServedConsole.open();
    }

    @AfterEach
    void close() {
        console.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/runbook", "/console/main.js", "/console/style.css", "/console/api/fleet", "/console/api/nothing", "/nothing"})
    void everyAnswerBindsTheBrowser(String path) throws IOException {
        Request.Response answer = get(path);

        assertThat(answer.headers()).containsEntry("X-Content-Type-Options", "nosniff").containsEntry("Referrer-Policy", "no-referrer")
                .containsEntry("Cross-Origin-Resource-Policy", "same-origin").containsEntry("X-Frame-Options", "DENY");
        assertThat(answer.headers().get("Content-Security-Policy")).contains("default-src 'none'", "script-src 'self'", "style-src 'self'",
                "connect-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'").doesNotContain("unsafe");
    }

    @Test
    void theRunbookIsWhereAlertsLinkTo() throws IOException {
        assertThat(get("/runbook").body()).contains("<h2 id=\"addressflood\">AddressFlood</h2>", "<h2 id=\"fleetlag\">");
        assertThat(get("/runbook/x").status()).isEqualTo(404);
    }

    @Test
    void everyFileThatThePageAsksForIsServed() throws IOException {
        List<String> toRead = new ArrayList<>(List.of("/"));
        for (int i = 0; i < toRead.size(); i++) {
            Request.Response answer = get(toRead.get(i));
            assertThat(answer.status()).as(toRead.get(i)).isEqualTo(200);
            Matcher asked = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"|from '\\./([a-z]+\\.js)'").matcher(answer.body());
            while (asked.find()) {
                String path = asked.group(1) != null ? asked.group(1) : "/console/" + asked.group(2);
                if (!toRead.contains(path)) {
                    toRead.add(path);
                }
            }
        }
        assertThat(toRead).hasSizeGreaterThan(15);
    }

    @Test
    void thePageAsksNobodyElse() throws IOException {
        assertThat(get("/").body()).doesNotContain("//cdn", "https://", "style=\"", "<script>");
    }

    @Test
    void aFileThatIsKnownIsNotSentAgain() throws IOException {
        String tag = get("/console/main.js").headers().get("ETag");

        assertThat(Request.get(console.address(), "/console/main.js").with("If-None-Match", tag).send().status()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/../logback.xml", "/console/%2e%2e/logback.xml", "/console/index.html", "/logback.xml", "/console/"})
    void nothingButItsFilesIsServed(String path) throws IOException {
        assertThat(get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:9332", "127.0.0.1.evil.example", "localhost.evil.example", "", "169.254.169.254"})
    void aNameThatOnlyResolvesToLoopbackIsRefused(String host) throws IOException {
        assertThat(Request.get(console.address(), "/console/api/fleet").with("Host", host).send().status()).isIn(421, 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.1.1:9", "[::1]:9332"})
    void namesOfLoopbackAreServed(String host) throws IOException {
        assertThat(Request.get(console.address(), "/").with("Host", host).send().status()).isEqualTo(200);
    }

    @Test
    void aNodeIsGivenAsJson() throws IOException {
        console.fleet().fold(new Traffic("alice & co").block(1, 840_000));

        assertThat(get("/console/api/fleet").body()).contains("\"name\":\"alice & co\"", "\"height\":840000");
        assertThat(get("/console/api/node?node=alice+%26%20co").body()).contains("\"tracepoints\":[]");
        assertThat(get("/console/api/addresses?node=alice+%26%20co").body()).contains("\"slash16s\":\"AAAA");
        assertThat(get("/console/api/node?node=bob").status()).isEqualTo(404);
        assertThat(get("/console/api/node?node=%zz").status()).isEqualTo(400);
        assertThat(get("/console/api/node").status()).isEqualTo(404);
    }

    @Test
    void theConsolesOwnPageAddsAndEndsASilence() throws IOException {
        Request.Response added = write(SILENCE).with("Origin", console.url()).with("Sec-Fetch-Site", "same-origin").send();

        assertThat(added.status()).isEqualTo(200);
        assertThat(added.body()).contains("\"id\":\"silence-1\"");
        assertThat(get("/console/api/silences").body()).contains("\"author\":\"ann\"", "\"operator\":\"=\"", "\"state\":\"active\"");
        assertThat(Request.delete(console.address(), "/console/api/silences?id=silence-1").with(Guard.WRITE_HEADER, "1").send().status())
                .isEqualTo(200);
        assertThat(get("/console/api/silences").body()).isEqualTo("[]");
    }

    @Test
    void nobodyElsesPageWrites() throws IOException {
        assertThat(write(SILENCE).without(Guard.WRITE_HEADER).send().status()).isEqualTo(403);
        assertThat(write(SILENCE).with("Origin", "https://evil.example").send().status()).isEqualTo(403);
        assertThat(write(SILENCE).with("Origin", "null").send().status()).isEqualTo(403);
        assertThat(write(SILENCE).with("Origin", "http://[").send().status()).isEqualTo(403);
        assertThat(write(SILENCE).with("Sec-Fetch-Site", "cross-site").send().status()).isEqualTo(403);
        assertThat(write(SILENCE).with("Sec-Fetch-Site", "same-site").send().status()).isEqualTo(403);
        assertThat(console.silences().view()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"matchers\":[]}",
        "{\"matchers\":[{\"label\":\"a\",\"operator\":\"=~\",\"value\":\"(\"}],\"author\":\"a\",\"comment\":\"b\",\"durationS\":60}",
        "{\"matchers\":[{\"label\":\"a\",\"operator\":\"=~\",\"value\":\".*\"}],\"author\":\"a\",\"comment\":\"b\",\"durationS\":60}",
        "{\"matchers\":[{\"label\":\"a\",\"operator\":\"like\",\"value\":\"x\"}],\"author\":\"a\",\"comment\":\"b\",\"durationS\":60}",
        "{\"matchers\":[{\"label\":\"a\",\"operator\":\"=\",\"value\":\"x\"}],\"author\":\"a\",\"comment\":\"b\",\"durationS\":9999999999}",
        "{\"matchers\":[{\"label\":\"a\",\"operator\":\"=\",\"value\":\"x\"}],\"author\":\" \",\"comment\":\"b\",\"durationS\":60}"})
    void whatIsNoSilenceIsRefusedWithASentence(String body) throws IOException {
        Request.Response answer = write(body).send();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"problem\":\"");
    }

    @Test
    void aBodyWithoutEndIsNotRead() throws IOException {
        assertThat(write("x".repeat(40_000)).send().body()).contains("at most 16384 bytes");
    }

    @Test
    void onlyReadsAreAnsweredWhereNothingIsWritten() throws IOException {
        assertThat(Request.post(console.address(), "/console/api/fleet", "").with(Guard.WRITE_HEADER, "1").send().status()).isEqualTo(405);
    }

    private Request.Response get(String path) throws IOException {
        return Request.get(console.address(), path).send();
    }

    private Request write(String body) {
        return Request.post(console.address(), "/console/api/silences", body).with(Guard.WRITE_HEADER, "1");
    }
}
