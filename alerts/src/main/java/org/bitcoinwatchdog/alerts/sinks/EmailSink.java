package org.bitcoinwatchdog.alerts.sinks;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.notification.Outcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.alerts.smtp.Mail;
import org.bitcoinwatchdog.alerts.smtp.SmtpServer;
import org.bitcoinwatchdog.alerts.text.AlertFacts;
import org.bitcoinwatchdog.alerts.text.AlertList;
import org.bitcoinwatchdog.alerts.text.Runbook;
import org.bitcoinwatchdog.alerts.text.Wording;

/** Mailboxes, by SMTP. Plain text: nothing in it is markup. */
record EmailSink(SmtpServer server, Wording wording) implements Sink {
    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_ALERT = 20_000;
    private static final int LONGEST_LIST = 200_000;

    @Override
    public Outcome send(Notification notification) {
        NotifiedAlert first = notification.alerts().get(0);
        int others = notification.others();
        String subject = wording.title(first, LONGEST_SUBJECT) + (others == 0 ? "" : " and " + others + " more");
        String text = AlertList.of(notification, this::text, LONGEST_LIST)
                + notification.externalUrl().map(URI::toString).map(url -> "\n\n" + url).orElse("") + "\n";
        UUID thread = UUID.nameUUIDFromBytes(notification.groupKey().getBytes(StandardCharsets.UTF_8));
        return server.send(new Mail(notification.id(), thread.toString(), subject, text));
    }

    @Override
    public Outcome reach() {
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
                + AlertFacts.times(alert.alert()) + Runbook.of(alert.alert()).map(url -> "\n" + url).orElse("");
    }
}
