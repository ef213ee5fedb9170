package org.bitcoinwatchdog.alerts.sinks;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.alerts.text.AlertFacts;
import org.bitcoinwatchdog.alerts.text.AlertList;
import org.bitcoinwatchdog.alerts.text.Wording;

/**
 * Mail, through an SMTP server.
 *
 * @param server       host and port, such as {@code smtp.example.org} or {@code smtp.example.org:587}
 * @param from         address of the sender
 * @param to           addresses of the recipients
 * @param username     for the login; left out: no login
 * @param passwordFile file with the password for the login
 * @param encryption   of the connection. With starttls, nothing is sent if the server does not offer it. Default: starttls
 */
public record Email(String name, String server, String from, List<String> to, Optional<String> username,
        Optional<Path> passwordFile, Optional<Encryption> encryption, Optional<Path> caFile,
        Optional<Boolean> allowPrivate) implements SinkSettings {
    private static final Pattern SERVER = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+");

    /** How the connection is encrypted. */
    public enum Encryption {
        STARTTLS,
        TLS,
        NONE
    }

    public Email {
        SinkSettings.requireName(name);
        to = List.copyOf(to);
        if (!SERVER.matcher(server).matches()) {
            throw new IllegalArgumentException("server must be a host name, and a port after a colon if needed, such as smtp.example.org:587");
        }
        if (to.isEmpty() || !Stream.concat(Stream.of(from), to.stream()).allMatch(a -> ADDRESS.matcher(a).matches())) {
            throw new IllegalArgumentException("from must be a mail address, and to a list of mail addresses, such as ops@example.org");
        }
        if (username.isPresent() != passwordFile.isPresent()) {
            throw new IllegalArgumentException("use username together with password-file");
        }
    }

    public String host() {
        Matcher parts = SERVER.matcher(server);
        return parts.matches() ? parts.group(1).replaceAll("[\\[\\]]", "") : server;
    }

    /** As in the settings, or the usual one for the encryption: 465, 587 or 25. */
    public int port() {
        Matcher parts = SERVER.matcher(server);
        if (parts.matches() && parts.group(2) != null) {
            return Integer.parseInt(parts.group(2));
        }
        return switch (security()) {
            case TLS -> 465;
            case STARTTLS -> 587;
            case NONE -> 25;
        };
    }

    public Encryption security() {
        return encryption.orElse(Encryption.STARTTLS);
    }

    @Override
    public Sink open(Sinks sinks) {
        return new EmailSink(new SmtpServer(this, sinks.delivery(), sinks.clock()), sinks.wording());
    }

    /** Plain text: nothing in it is markup. */
    private record EmailSink(SmtpServer server, Wording wording) implements Sink {
        private static final int LONGEST_SUBJECT = 200;
        private static final int LONGEST_ALERT = 20_000;
        private static final int LONGEST_LIST = 200_000;

        @Override
        public SendOutcome send(Notification notification) {
            NotifiedAlert first = notification.alerts().get(0);
            int others = notification.others();
            String subject = wording.title(first, LONGEST_SUBJECT) + (others == 0 ? "" : " and " + others + " more");
            String text = AlertList.of(notification, this::text, LONGEST_LIST)
                    + notification.externalUrl().map(URI::toString).map(url -> "\n\n" + url).orElse("") + "\n";
            UUID thread = UUID.nameUUIDFromBytes(notification.groupKey().getBytes(StandardCharsets.UTF_8));
            return server.send(new SmtpServer.Mail(notification.id(), thread.toString(), subject, text));
        }

        @Override
        public SendOutcome reach() {
            return server.reach();
        }

        @Override
        public boolean takesGroups() {
            return true;
        }

        @Override
        public void close() {
            server.close();
        }

        private String text(NotifiedAlert alert) {
            return wording.title(alert, LONGEST_SUBJECT) + "\n" + wording.text(alert, LONGEST_ALERT) + "\n"
                    + AlertFacts.times(alert.alert()) + AlertFacts.runbook(alert.alert()).map(url -> "\n" + url).orElse("");
        }
    }
}
