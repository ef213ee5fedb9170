package org.bitcoinwatchdog.alerts.text;

import com.samskivert.mustache.Mustache;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.SafeText;

/** The values that a template can use. All are plain text that a peer may have influenced. */
public final class AlertFacts {
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_TEXT = 20_000;

    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** Descriptions give the figures first, and then say what to do. */
    private static final Pattern STEP = Pattern.compile("(?<=^|[.] )(?:Check|Compare|Disconnect|Find|Give|Hold|Look|Stop|Take)\\b.{0,300}?[.](?= |$)");

    private AlertFacts() {
    }

    static Map<String, Object> of(NotifiedAlert notified) {
        Alert alert = notified.alert();
        Map<String, Object> facts = new HashMap<>();
        facts.put("state", state(notified));
        facts.put("status", alert.status().name().toLowerCase(Locale.ROOT));
        facts.put("reason", notified.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        facts.put("firing", alert.firing());
        for (String label : new String[] {Alert.ALERTNAME, Alert.SEVERITY, Alert.NODE, Alert.FLEET, Alert.NETWORK,
            Alert.DETECTOR, Alert.SUBJECT}) {
            facts.put(label, label(alert, label));
        }
        facts.put("place", place(alert));
        facts.put("summary", SafeText.proseLine(
                alert.annotations().getOrDefault(Alert.SUMMARY, alert.labels().get(Alert.ALERTNAME)), LONGEST_TEXT));
        facts.put("description", SafeText.prose(alert.annotations().getOrDefault(Alert.DESCRIPTION, ""), LONGEST_TEXT));
        facts.put("runbook", runbook(alert).map(Object::toString).orElse(""));
        facts.put("startsAt", alert.startsAt().toString());
        facts.put("endsAt", alert.firing() ? "" : alert.endsAt().toString());
        facts.put("times", times(alert));
        facts.put("firstStep", firstStep(alert));
        facts.put("fingerprint", alert.fingerprint());
        facts.put("labels", lookup(alert.labels()));
        facts.put("annotations", lookup(alert.annotations()));
        return facts;
    }

    /** The node or the fleet. */
    public static String place(Alert alert) {
        String node = label(alert, Alert.NODE);
        return node.isEmpty() ? label(alert, Alert.FLEET) : node;
    }

    public static String label(Alert alert, String name) {
        return SafeText.proseLine(alert.labels().getOrDefault(name, ""), LONGEST_NAME);
    }

    /** {@code since 2026-11-22T15:32:40Z}, or from when to when it fired. */
    public static String times(Alert alert) {
        if (alert.firing()) {
            return "since " + alert.startsAt();
        }
        return "from " + alert.startsAt() + " to " + alert.endsAt() + " ("
                + words(Duration.between(alert.startsAt(), alert.endsAt())) + ")";
    }

    /** As {@link #times}, to the minute: {@code 22 Nov 15:32 UTC}, or from when to when. */
    public static String shortTimes(Alert alert) {
        return SHORT.format(alert.startsAt()) + (alert.firing() ? " UTC" : " to " + SHORT.format(alert.endsAt()) + " UTC");
    }

    /** The first sentence of the description that tells what to do; empty if there is none. */
    public static String firstStep(Alert alert) {
        Matcher step = STEP.matcher(SafeText.proseLine(alert.annotations().getOrDefault(Alert.DESCRIPTION, ""), LONGEST_TEXT));
        return alert.firing() && step.find() ? step.group() : "";
    }

    /** The address of the runbook, if it can stand in a link. */
    public static Optional<URI> runbook(Alert alert) {
        String url = alert.annotations().getOrDefault(Alert.RUNBOOK_URL, "");
        if (!url.matches("https?://[!#-;=?-{}~]+")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new URI(url));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String state(NotifiedAlert notified) {
        String severity = notified.alert().severity().label();
        return switch (notified.reason()) {
            case BEGAN -> "FIRING " + severity;
            case SEVERITY_CHANGED -> "NOW " + severity;
            case GREW -> "GROWING " + severity;
            case REMINDER, CONTEXT -> "STILL FIRING " + severity;
            case ENDED -> "RESOLVED";
        };
    }

    /** A name that the alert does not have gives the empty text. */
    private static Mustache.CustomContext lookup(Map<String, String> texts) {
        return name -> SafeText.prose(texts.getOrDefault(name, ""), LONGEST_TEXT);
    }

    private static String words(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
