package org.bitcoinwatchdog.alerts.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.DeliverySettings;
import org.bitcoinwatchdog.alerts.RawServer;
import org.bitcoinwatchdog.alerts.TestCertificate;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.alerts.sinks.Email.Encryption;
import org.bitcoinwatchdog.events.Alert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mail to a real SMTP server, and to some that misbehave. */
@Timeout(60)
class EmailSinkIT {
    private static final Notification ALICE = Notifications.of(Alerts.firing("alice"));
    private static final SendOutcome DELIVERED = new SendOutcome.Answered(200, Optional.empty(), "");

    @TempDir
    static Path directory;

    private static TestCertificate certificate;

    @BeforeAll
    static void make() throws Exception {
        certificate = TestCertificate.of(directory, "mail", "ip:127.0.0.1");
    }

    @Test
    void aMessageArrivesWithItsSubjectTextAndIdentity() throws Exception {
        GreenMail server = started(ServerSetup.PROTOCOL_SMTP);
        try {
            assertThat(send(server, Encryption.NONE, Notifications.of(
                    Alerts.annotated(Alerts.firing("älice\r\nBcc: eve@example.org"), Alert.SUMMARY, "peers\u202e flood\n.\nQUIT"),
                    Alerts.resolved(Alerts.firing("bob"))))).isEqualTo(DELIVERED);
            MimeMessage message = server.getReceivedMessages()[0];
            assertThat(message.getSubject()).isEqualTo("FIRING page: AddressFlood, älice Bcc: eve@example.org and 1 more");
            assertThat(message.getContent().toString()).contains("peers flood . QUIT", "RESOLVED: AddressFlood, bob");
            assertThat(message.getAllRecipients()).extracting(Object::toString).containsExactly("ops@example.org");
            assertThat(message.getHeader("Message-ID")).containsExactly("<wd_0123@bitcoinwatchdog.invalid>");
            assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        } finally {
            server.stop();
        }
    }

    @Test
    void logsInAndIsRefusedWithAWrongPassword() throws Exception {
        GreenMail server = started(ServerSetup.PROTOCOL_SMTP);
        server.setUser("watchdog", "right-pass-4711");
        server.getUserManager().setAuthRequired(true);
        try {
            Path right = Files.writeString(directory.resolve("right"), "right-pass-4711\n");
            Path wrong = Files.writeString(directory.resolve("wrong"), "wrong-pass-4711");
            assertThat(send(email(server.getSmtp().getPort(), Encryption.NONE, Optional.of(right), Optional.empty()), ALICE))
                    .isEqualTo(DELIVERED);
            SendOutcome refused = send(email(server.getSmtp().getPort(), Encryption.NONE, Optional.of(wrong), Optional.empty()), ALICE);
            assertThat(refused).isInstanceOfSatisfying(SendOutcome.Answered.class, answer -> assertThat(answer.status()).isEqualTo(401));
            assertThat(refused.detail()).doesNotContain("4711");
        } finally {
            server.stop();
        }
    }

    @Test
    void withoutEncryptionNothingIsSentUnlessAskedFor() throws Exception {
        GreenMail server = started(ServerSetup.PROTOCOL_SMTP);
        try {
            assertThat(send(server, Encryption.STARTTLS, ALICE)).isInstanceOf(SendOutcome.Unreachable.class);
            assertThat(server.getReceivedMessages()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void overTlsTheServersCertificateIsChecked() throws Exception {
        GreenMail server = started(ServerSetup.PROTOCOL_SMTP);
        try (MailTlsFront front = MailTlsFront.fromTheFirstByte(certificate, server.getSmtp().getPort())) {
            assertThat(send(email(front.port(), Encryption.TLS, Optional.empty(), Optional.empty()), ALICE))
                    .isInstanceOfSatisfying(SendOutcome.Unreachable.class, outcome -> assertThat(outcome.detail()).contains("TLS"));
            assertThat(send(email(front.port(), Encryption.TLS, Optional.empty(), Optional.of(certificate.pem())), ALICE))
                    .isEqualTo(DELIVERED);
            assertThat(server.getReceivedMessages()).hasSize(1);
        } finally {
            server.stop();
        }
    }

    @Test
    void afterStartTlsEverythingIsEncryptedAndTheServersCertificateIsChecked() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "right-pass-4711");
        GreenMail server = started(ServerSetup.PROTOCOL_SMTP);
        server.setUser("watchdog", "right-pass-4711");
        server.getUserManager().setAuthRequired(true);
        try (MailTlsFront front = MailTlsFront.afterStartTls(certificate, server.getSmtp().getPort(), "220 go ahead")) {
            assertThat(send(email(front.port(), Encryption.STARTTLS, Optional.of(password), Optional.empty()), ALICE))
                    .isInstanceOfSatisfying(SendOutcome.Unreachable.class, outcome -> assertThat(outcome.detail()).contains("TLS"));
            assertThat(server.getReceivedMessages()).isEmpty();
            assertThat(send(email(front.port(), Encryption.STARTTLS, Optional.of(password), Optional.of(certificate.pem())), ALICE))
                    .isEqualTo(DELIVERED);
            assertThat(server.getReceivedMessages()).hasSize(1);
            assertThat(front.heardInClear()).containsExactly("EHLO", "STARTTLS", "EHLO", "STARTTLS");
        } finally {
            server.stop();
        }
    }

    @Test
    void aServerWithoutStartTlsGetsNothingAndIsTriedAgain() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "right-pass-4711");
        try (MailTlsFront front = MailTlsFront.afterStartTls(certificate, 1, "454 TLS not available due to temporary reason")) {
            assertThat(send(email(front.port(), Encryption.STARTTLS, Optional.of(password), Optional.of(certificate.pem())), ALICE))
                    .isInstanceOf(SendOutcome.Unreachable.class);
            assertThat(front.heardInClear()).startsWith("EHLO", "STARTTLS").doesNotContain("AUTH", "MAIL");
        }
    }

    @Test
    void a4yzReplyIsForNowAnd5yzForGood() throws Exception {
        assertThat(answering("450 greylisted, secret-4711")).isEqualTo(new SendOutcome.Answered(503, Optional.empty(), "SMTP 450"));
        assertThat(answering("550 no such mailbox")).isEqualTo(new SendOutcome.Answered(400, Optional.empty(), "SMTP 550"));
    }

    @Test
    void serversThatAreSilentBreakOffOrAreNotThereAreUnreachable() throws Exception {
        try (RawServer silent = new RawServer(RawServer.thenSilent(""), false);
                RawServer half = new RawServer(RawServer.saying("220 mail.exam"), false)) {
            long begun = System.nanoTime();
            assertThat(send(email(silent.port(), Encryption.NONE, Optional.empty(), Optional.empty()), ALICE))
                    .isInstanceOf(SendOutcome.Unreachable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
            assertThat(send(email(half.port(), Encryption.NONE, Optional.empty(), Optional.empty()), ALICE))
                    .isInstanceOf(SendOutcome.Unreachable.class);
        }
        RawServer gone = new RawServer(RawServer.saying(""));
        gone.close();
        assertThat(send(email(gone.port(), Encryption.NONE, Optional.empty(), Optional.empty()), ALICE))
                .isEqualTo(new SendOutcome.Unreachable("no connection to 127.0.0.1"));
    }

    @Test
    void internalAddressesAreRefusedUnlessAllowed() {
        Email settings = new Email("mail", "localhost:1", "watchdog@example.org", List.of("ops@example.org"), Optional.empty(),
                Optional.empty(), Optional.of(Encryption.NONE), Optional.empty(), Optional.empty());
        assertThat(send(settings, ALICE)).isInstanceOf(SendOutcome.Refused.class);
    }

    /** A server with this answer to the recipient. */
    private static SendOutcome answering(String reply) throws Exception {
        RawServer.Talk talk = socket -> {
            var in = new java.io.BufferedReader(new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var out = socket.getOutputStream();
            out.write("220 mail\r\n".getBytes(StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String answer = line.startsWith("RCPT") ? reply : line.startsWith("QUIT") ? "221 bye" : "250 ok";
                out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        };
        try (RawServer server = new RawServer(talk, false)) {
            return send(email(server.port(), Encryption.NONE, Optional.empty(), Optional.empty()), ALICE);
        }
    }

    private static GreenMail started(String protocol) {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
        server.start();
        return server;
    }

    private static SendOutcome send(GreenMail server, Encryption encryption, Notification notification) {
        return send(email(server.getSmtp().getPort(), encryption, Optional.empty(), Optional.empty()), notification);
    }

    private static Email email(int port, Encryption encryption, Optional<Path> password, Optional<Path> caFile) {
        return new Email("mail", "127.0.0.1:" + port, "watchdog@example.org", List.of("ops@example.org"),
                password.map(file -> "watchdog"), password, Optional.of(encryption), caFile, Optional.of(true));
    }

    private static SendOutcome send(Email settings, Notification notification) {
        DeliverySettings quick = new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(1),
                Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
        try (Sink sink = new Sinks(AlertSettings.defaults().withDelivery(quick), Clock.systemUTC()).open(settings)) {
            return sink.send(notification);
        }
    }
}
