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
 * Mail, by SMTP.
 *
 * @param server       {@code smtp.example.org} or {@code smtp.example.org:587}
 * @param from         the sender's address
 * @param to           the recipients' addresses
 * @param username     to log in with; left out: no login
 * @param passwordFile file with its password
 * @param encryption   default: STARTTLS, without which nothing is sent
 */
public record Email(String name, String server, String from, List<String> to, Optional<String> username,
        Optional<Path> passwordFile, Optional<Encryption> encryption, Optional<Path> caFile,
        Optional<Boolean> allowPrivate) implements SinkSettings {
    private static final Pattern SERVER = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+");

    /** How the connection is kept from being read and changed on the way. */
    public enum Encryption {
        STARTTLS,
        TLS,
        NONE
    }

    public Email {
        SinkSettings.requireName(name);
        to = List.copyOf(to);
        if (!SERVER.matcher(server).matches()) {
            throw new IllegalArgumentException("server is a host's name and, after a colon, a port");
        }
        if (to.isEmpty() || !Stream.concat(Stream.of(from), to.stream()).allMatch(a -> ADDRESS.matcher(a).matches())) {
            throw new IllegalArgumentException("from is a mail address, and to one or several, without names");
        }
        if (username.isPresent() != passwordFile.isPresent()) {
            throw new IllegalArgumentException("username and password-file belong together");
        }
    }

    public String host() {
        Matcher parts = SERVER.matcher(server);
        return parts.matches() ? parts.group(1).replaceAll("[\\[\\]]", "") : server;
    }

    /** As given, or the one that is usual for the encryption: 465, 587 or 25. */
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
