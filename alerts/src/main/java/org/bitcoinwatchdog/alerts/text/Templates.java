package org.bitcoinwatchdog.alerts.text;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Evidence;

/** The templates: Mustache without HTML. An unknown name is an error. */
public final class Templates {
    private static final int LONGEST_TEMPLATE = 10_000;
    private static final Mustache.Compiler COMPILER =
            Mustache.compiler().escapeHTML(false).emptyStringIsFalse(true).strictSections(true);

    private Templates() {
    }

    static Template compile(String template) {
        return COMPILER.compile(template);
    }

    /**
     * Fills the template in for sample alerts.
     *
     * @throws IllegalArgumentException if that fails, with a message for the user
     */
    public static void check(String name, String template) {
        if (template == null || template.isBlank() || template.length() > LONGEST_TEMPLATE) {
            throw new IllegalArgumentException("the template " + name + " must have 1 to " + LONGEST_TEMPLATE + " characters");
        }
        try {
            Template compiled = compile(template);
            compiled.execute(AlertFacts.of(sample(AlertStatus.FIRING)));
            compiled.execute(AlertFacts.of(sample(AlertStatus.RESOLVED)));
        } catch (MustacheException | UnsupportedOperationException e) {
            throw new IllegalArgumentException("the template " + name + " can't be filled in: " + e.getMessage(), e);
        }
    }

    /** An alert to try templates with. */
    public static NotifiedAlert sample(AlertStatus status) {
        Instant start = Instant.parse("2026-01-02T03:04:05Z");
        boolean firing = status == AlertStatus.FIRING;
        Alert alert = new Alert(status, new TreeMap<>(Map.of(Alert.ALERTNAME, "AddressFlood", Alert.SEVERITY, "page",
                Alert.NODE, "alice", Alert.NETWORK, "main", Alert.DETECTOR, "address-flooding")),
                new TreeMap<>(Map.of(Alert.SUMMARY, "6 peers flood alice with addresses", Alert.DESCRIPTION,
                        "24,000 of 30,000 entries within 2 s were over their peers' budget.",
                        Alert.RUNBOOK_URL, "https://example.org/runbook#addressflood")),
                start, start.plusSeconds(60), firing ? null : start.plusSeconds(60), null, Evidence.NONE);
        return new NotifiedAlert(alert, firing ? NotificationReason.BEGAN : NotificationReason.ENDED);
    }
}
