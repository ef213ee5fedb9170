package org.bitcoinwatchdog.alerts.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bitcoinwatchdog.alerts.WebhookServer.status;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.DeliverySettings;
import org.bitcoinwatchdog.alerts.RawServer;
import org.bitcoinwatchdog.alerts.WebhookServer;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One attempt against servers that succeed, fail, redirect or stall. */
@Timeout(60)
class HttpPosterIT {
    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
    private static final DeliverySettings SHORT = new DeliverySettings(Duration.ofMillis(500), Duration.ofMillis(700),
            Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final Secret KEY = Secret.of("key-4711-4711");

    private final WebhookServer server = new WebhookServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void postsTheBodyWithItsHeaders() {
        assertThat(post(server.url())).isEqualTo(new SendOutcome.Answered(200, Optional.empty(), ""));
        WebhookServer.Request request = server.received().get(0);
        assertThat(request.body()).isEqualTo(BODY);
        assertThat(request.headers()).containsEntry("Content-type", "application/json; charset=UTF-8")
                .containsEntry("X-test", "yes").doesNotContainKey("Cookie");
    }

    @Test
    void reportsTheStatusAndTheBeginningOfTheAnswer() {
        server.always(status(400));
        assertThat(post(server.url())).isEqualTo(new SendOutcome.Answered(400, Optional.empty(), "answer 400"));
    }

    @Test
    void followsNoRedirect() {
        try (WebhookServer elsewhere = new WebhookServer()) {
            server.always(status(307, "Location", elsewhere.url().toString()));
            assertThat(post(server.url())).isInstanceOfSatisfying(
                    SendOutcome.Answered.class, answered -> assertThat(answered.status()).isEqualTo(307));
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @Test
    void readsRetryAfterInSecondsAndAsADate() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(NOW.plusSeconds(90).atZone(ZoneOffset.UTC));
        server.then(status(429, "Retry-After", "7"), status(503, "Retry-After", date), status(429, "Retry-After", "soon"));
        assertThat(retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(retryAfter()).contains(Duration.ofSeconds(90));
        assertThat(retryAfter()).isEmpty();
    }

    @Test
    void makesOneAttemptOnly() {
        server.always(status(503));
        post(server.url());
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void aServerThatNeverAnswersIsUnreachable() throws Exception {
        try (RawServer silent = new RawServer(RawServer.thenSilent(""))) {
            assertThat(post(silent.url())).isInstanceOfSatisfying(SendOutcome.Unreachable.class,
                    outcome -> assertThat(outcome.detail()).contains("did not answer"));
        }
    }

    @Test
    void aServerThatAnswersByteByByteIsCutOffAtTheWholeExchangesLimit() throws Exception {
        RawServer.Talk dripping = socket -> {
            socket.getOutputStream().write("HTTP/1.1 500 Oops\r\nX-Slow: ".getBytes(StandardCharsets.ISO_8859_1));
            while (true) {
                socket.getOutputStream().write('a');
                java.util.concurrent.TimeUnit.MILLISECONDS.sleep(50); // the server's slowness, not a wait of the test
            }
        };
        try (RawServer slow = new RawServer(dripping)) {
            long begun = System.nanoTime();
            assertThat(post(slow.url())).isInstanceOf(SendOutcome.Unreachable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void halfAHeadIsUnreachable() throws Exception {
        try (RawServer half = new RawServer(RawServer.saying("HTTP/1.1 200 OK\r\nContent-Le"))) {
            assertThat(post(half.url())).isInstanceOf(SendOutcome.Unreachable.class);
        }
    }

    @Test
    void aConnectionThatIsClosedWithoutAWordIsUnreachable() throws Exception {
        try (RawServer mute = new RawServer(RawServer.saying(""))) {
            assertThat(post(mute.url())).isInstanceOf(SendOutcome.Unreachable.class);
        }
    }

    @Test
    void anAnswerThatIsNotHttpIsUnreachable() throws Exception {
        try (RawServer other = new RawServer(RawServer.saying("220 mail.example.org ESMTP\r\n"))) {
            assertThat(post(other.url())).isInstanceOf(SendOutcome.Unreachable.class);
        }
    }

    @Test
    void anAnswerWhoseBodyBreaksOffCountsByItsStatus() throws Exception {
        try (RawServer half = new RawServer(RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"))) {
            assertThat(post(half.url())).isInstanceOfSatisfying(
                    SendOutcome.Answered.class, answered -> assertThat(answered.status()).isEqualTo(200));
        }
        try (RawServer half = new RawServer(RawServer.saying("HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\nhalf"))) {
            assertThat(post(half.url())).isInstanceOfSatisfying(
                    SendOutcome.Answered.class, answered -> assertThat(answered.status()).isEqualTo(500));
        }
    }

    @Test
    void ofAHugeAnswerOnlyTheBeginningIsRead() throws Exception {
        java.util.concurrent.atomic.AtomicLong sent = new java.util.concurrent.atomic.AtomicLong();
        long size = 100L << 20;
        RawServer.Talk huge = socket -> {
            socket.getOutputStream().write(
                    ("HTTP/1.1 400 Bad\r\nContent-Length: " + size + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            byte[] block = new byte[1 << 16];
            java.util.Arrays.fill(block, (byte) 'x');
            while (sent.get() < size) {
                socket.getOutputStream().write(block);
                sent.addAndGet(block.length);
            }
        };
        try (RawServer large = new RawServer(huge)) {
            assertThat(post(large.url())).isInstanceOfSatisfying(SendOutcome.Answered.class, answered -> {
                assertThat(answered.status()).isEqualTo(400);
                assertThat(answered.excerpt()).hasSizeLessThan(300);
            });
            assertThat(sent.get()).isLessThan(32L << 20);
        }
    }

    @Test
    void aRefusedConnectionIsUnreachable() throws Exception {
        RawServer gone = new RawServer(RawServer.saying(""));
        gone.close();
        assertThat(post(gone.url())).isEqualTo(new SendOutcome.Unreachable("no connection to 127.0.0.1"));
    }

    @Test
    void aNameThatDoesNotExistIsUnreachable() {
        assertThat(post(URI.create("http://sink.invalid/hook/secret-path")))
                .isInstanceOfSatisfying(SendOutcome.Unreachable.class,
                        outcome -> assertThat(outcome.detail()).contains("sink.invalid").doesNotContain("secret-path"));
    }

    @Test
    void aServerWithoutTlsIsUnreachable() throws Exception {
        try (RawServer plain = new RawServer(RawServer.saying("HTTP/1.1 200 OK\r\n\r\n"))) {
            assertThat(post(URI.create("https://127.0.0.1:" + plain.port() + "/hook")))
                    .isInstanceOf(SendOutcome.Unreachable.class);
        }
    }

    @Test
    void internalAddressesAreRefusedBeforeAConnectionIsMade() throws Exception {
        try (RawServer inside = new RawServer(RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))) {
            for (String host : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0")) {
                URI url = URI.create("http://" + host + ":" + inside.port() + "/hook");
                try (HttpPoster poster = new HttpPoster(
                        new HttpPoster.PostTarget(url, false, List.of(), Optional.empty()), SHORT, Clock.systemUTC())) {
                    assertThat(poster.post(BODY, Map.of())).as(host).isInstanceOf(SendOutcome.Refused.class);
                    assertThat(poster.reach()).as(host).isInstanceOf(SendOutcome.Refused.class);
                }
            }
            assertThat(inside.connections()).isZero();
        }
    }

    @Test
    void anAnswerThatRepeatsASecretIsShownWithoutIt() {
        server.always(exchange -> {
            byte[] body = ("no such hook /hook/T0KEN-T0KEN?auth=abcdefgh for key-4711-4711\u0007\n")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(404, body.length);
            exchange.getResponseBody().write(body);
        });
        SendOutcome outcome = post(URI.create(server.url() + "/T0KEN-T0KEN?auth=abcdefgh"));
        assertThat(outcome.detail()).startsWith("status 404: no such hook ***")
                .doesNotContain("T0KEN").doesNotContain("abcdefgh").doesNotContain("4711");
    }

    @Test
    void reachConnectsAndSendsNothing() {
        try (HttpPoster poster = poster(server.url())) {
            assertThat(poster.reach()).isEqualTo(new SendOutcome.Answered(200, Optional.empty(), ""));
        }
        assertThat(server.received()).isEmpty();
    }

    private Optional<Duration> retryAfter() {
        return ((SendOutcome.Answered) post(server.url())).retryAfter();
    }

    private static SendOutcome post(URI url) {
        try (HttpPoster poster = poster(url)) {
            return poster.post(BODY, Map.of("X-Test", "yes"));
        }
    }

    private static HttpPoster poster(URI url) {
        return new HttpPoster(new HttpPoster.PostTarget(url, true, List.of(KEY), Optional.empty()), SHORT, Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
