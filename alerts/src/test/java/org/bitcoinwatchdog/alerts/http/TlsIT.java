package org.bitcoinwatchdog.alerts.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bitcoinwatchdog.alerts.DeliverySettings;
import org.bitcoinwatchdog.alerts.TestCertificate;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.events.Trust;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers with good and bad certificates. With a bad certificate nothing is sent. The attempt counts as no answer and
 * is repeated, since certificates get renewed.
 */
@Timeout(60)
class TlsIT {
    private static final byte[] BODY = "{\"secret\":1}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path directory;

    private static TestCertificate own;
    private static TestCertificate authority;

    private final AtomicInteger posted = new AtomicInteger();

    @BeforeAll
    static void make() throws Exception {
        own = TestCertificate.of(directory, "own", "ip:127.0.0.1");
        authority = TestCertificate.of(directory, "authority", "dns:ca.example.org", "-ext", "bc:c");
    }

    @Test
    void anUntrustedCertificateIsRefused() throws Exception {
        assertUnreachable(own, Optional.empty());
    }

    @Test
    void aCertificateThatTheSinksFileVouchesForIsTaken() throws Exception {
        try (Server server = new Server(own); HttpPoster poster = server.poster(Optional.of(own.pem()))) {
            assertThat(poster.reach()).isInstanceOf(SendOutcome.Answered.class);
            assertThat(poster.post(BODY, Map.of())).isEqualTo(new SendOutcome.Answered(200, Optional.empty(), ""));
        }
        assertThat(posted).hasValue(1);
    }

    @Test
    void aCertificateThatAnAuthorityOfTheSinksFileSignedIsTaken() throws Exception {
        TestCertificate signed = TestCertificate.of(directory, "signed", "ip:127.0.0.1").signedBy(authority, "-validity", "2");
        try (Server server = new Server(signed); HttpPoster poster = server.poster(Optional.of(authority.pem()))) {
            assertThat(poster.post(BODY, Map.of())).isInstanceOf(SendOutcome.Answered.class);
        }
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() throws Exception {
        TestCertificate other = TestCertificate.of(directory, "other", "dns:elsewhere.example.org");
        assertUnreachable(other, Optional.of(other.pem()));
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        assertUnreachable(TestCertificate.of(directory, "old", "ip:127.0.0.1")
                .signedBy(authority, "-startdate", "-3d", "-validity", "1"), Optional.of(authority.pem()));
    }

    @Test
    void aFileForOneSinkDoesNotVouchForAnother() throws Exception {
        assertUnreachable(own, Optional.of(authority.pem()));
    }

    @Test
    void aFileWithoutACertificateIsAnErrorOfTheSettings() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        assertThatIllegalArgumentException().isThrownBy(() -> Trust.of(Optional.of(empty)))
                .withMessage(empty + " contains no certificate");
        Path wrong = Files.writeString(directory.resolve("wrong.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThatIllegalArgumentException().isThrownBy(() -> Trust.of(Optional.of(wrong)));
        assertThatIllegalArgumentException().isThrownBy(() -> Trust.of(Optional.of(directory.resolve("gone"))));
    }

    private void assertUnreachable(TestCertificate certificate, Optional<Path> caFile) throws Exception {
        try (Server server = new Server(certificate); HttpPoster poster = server.poster(caFile)) {
            assertThat(poster.post(BODY, Map.of())).isInstanceOfSatisfying(SendOutcome.Unreachable.class,
                    outcome -> assertThat(outcome.detail()).startsWith("TLS with 127.0.0.1 failed"));
            assertThat(poster.reach()).isInstanceOf(SendOutcome.Unreachable.class);
        }
        assertThat(posted).hasValue(0);
    }

    private final class Server implements AutoCloseable {
        private final HttpsServer server;

        Server(TestCertificate certificate) throws Exception {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.getRequestBody().readAllBytes();
                    posted.incrementAndGet();
                    exchange.sendResponseHeaders(200, -1);
                }
            });
            server.start();
        }

        HttpPoster poster(Optional<Path> caFile) {
            URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/hook");
            return new HttpPoster(new HttpPoster.PostTarget(url, true, List.of(), caFile), DeliverySettings.defaults(), Clock.systemUTC());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
