package org.bitcoinwatchdog.alerts.sinks;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.bitcoinwatchdog.alerts.DeliverySettings;
import org.bitcoinwatchdog.alerts.http.AddressGuard.InternalAddressException;
import org.bitcoinwatchdog.alerts.http.AddressGuard;
import org.bitcoinwatchdog.alerts.http.FailureText;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.sinks.Email.Encryption;
import org.bitcoinwatchdog.events.Trust;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mail through one server, with one connection an attempt. It makes the connection itself and passes it to the library, so
 * that the connection goes to the address that was checked and ends at the time limit.
 */
final class SmtpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpServer.class);
    private static final SendOutcome ACCEPTED = new SendOutcome.Answered(200, Optional.empty(), "");

    private final Email settings;
    private final Optional<Secret> password;
    private final DeliverySettings delivery;
    private final Clock clock;
    private final AddressGuard guard;
    private final SSLSocketFactory tls;
    private final ScheduledExecutorService deadlines;

    /** @throws IllegalArgumentException if a file of the settings can't be used */
    SmtpServer(Email settings, DeliverySettings delivery, Clock clock) {
        this.settings = settings;
        this.password = settings.passwordFile().map(Secret::in);
        this.delivery = delivery;
        this.clock = clock;
        this.guard = new AddressGuard(settings.privateAllowed());
        this.tls = Trust.of(settings.caFile()).getSocketFactory();
        this.deadlines = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "deadline-" + settings.host());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * A message.
     *
     * @param id     the same on every attempt, so that a mailbox can recognize a repetition
     * @param thread the same for all messages about one group
     */
    record Mail(String id, String thread, String subject, String text) {
    }

    SendOutcome send(Mail mail) {
        Session session = session();
        return exchange(session, transport -> {
            Message message = message(session, mail);
            transport.sendMessage(message, message.getAllRecipients());
            return ACCEPTED;
        });
    }

    /** Connects and logs in as {@link #send} does, and sends nothing. */
    public SendOutcome reach() {
        return exchange(session(), transport -> ACCEPTED);
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }

    private interface SmtpExchange {
        SendOutcome on(SMTPTransport transport) throws MessagingException;
    }

    private SendOutcome exchange(Session session, SmtpExchange exchange) {
        try (Socket socket = new Socket()) {
            ScheduledFuture<?> deadline = deadlines.schedule(
                    () -> cutOff(socket), delivery.exchangeTimeout().toNanos(), TimeUnit.NANOSECONDS);
            try (SMTPTransport transport = (SMTPTransport) session.getTransport("smtp")) {
                transport.connect(connected(socket));
                return exchange.on(transport);
            } catch (AuthenticationFailedException e) {
                return new SendOutcome.Answered(SmtpReply.UNAUTHORIZED, Optional.empty(), "the login was refused");
            } catch (MessagingException e) {
                return SmtpReply.outcome(e, settings.host(), deadline.isDone());
            } finally {
                deadline.cancel(false);
            }
        } catch (InternalAddressException e) {
            return new SendOutcome.Refused(e.getMessage());
        } catch (IOException e) {
            return new SendOutcome.Unreachable(FailureText.of(e, settings.host()));
        }
    }

    private Socket connected(Socket socket) throws IOException {
        // With the configured name: otherwise the library looks for the name from reverse DNS in the certificate.
        InetAddress address = InetAddress.getByAddress(settings.host(), guard.resolve(settings.host())[0].getAddress());
        socket.setSoTimeout((int) delivery.exchangeTimeout().toMillis());
        socket.connect(new InetSocketAddress(address, settings.port()), (int) delivery.connectTimeout().toMillis());
        if (settings.security() != Encryption.TLS) {
            return socket;
        }
        SSLSocket encrypted = (SSLSocket) tls.createSocket(socket, settings.host(), settings.port(), true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    private Session session() {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", settings.host());
        properties.put("mail.smtp.localhost", "watchdog.invalid"); // does not disclose the host's name
        properties.put("mail.smtp.starttls.enable", settings.security() == Encryption.STARTTLS);
        properties.put("mail.smtp.starttls.required", settings.security() == Encryption.STARTTLS);
        properties.put("mail.smtp.ssl.socketFactory", tls);
        properties.put("mail.smtp.ssl.checkserveridentity", true);
        properties.put("mail.smtp.auth", settings.username().isPresent());
        properties.put("mail.smtp.sendpartial", true); // the others get the mail if one mailbox is gone
        settings.username().ifPresent(name -> properties.put("mail.smtp.user", name));
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(settings.username().orElse(""), password.map(Secret::reveal).orElse(""));
            }
        });
    }

    private Message message(Session session, Mail mail) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + mail.id() + "@bitcoinwatchdog.invalid>");
            }
        };
        message.setFrom(new InternetAddress(settings.from()));
        for (String recipient : settings.to()) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
        }
        message.setSubject(mail.subject(), "UTF-8");
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no vacation notices in answer
        message.setHeader("References", "<" + mail.thread() + "@bitcoinwatchdog.invalid>");
        message.setText(mail.text(), "UTF-8");
        message.saveChanges();
        return message;
    }

    private static void cutOff(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("a connection that took too long could not be closed: {}", e.getClass().getSimpleName());
        }
    }
}
