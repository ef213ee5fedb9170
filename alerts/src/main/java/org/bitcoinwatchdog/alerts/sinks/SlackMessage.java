package org.bitcoinwatchdog.alerts.sinks;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.alerts.text.AlertFacts;
import org.bitcoinwatchdog.alerts.text.AlertLinks;
import org.bitcoinwatchdog.alerts.text.AlertList;
import org.bitcoinwatchdog.alerts.text.Wording;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.SafeText;

/**
 * A message of Slack's Block Kit. Text that a peer may have chosen is in plain_text objects, in which Slack interprets no
 * formatting, mention or link. The three characters of its markup are escaped everywhere
 * (api.slack.com/reference/surfaces/formatting). Links are buttons. All blocks are in one attachment, because only attachments
 * have a colour, and because Slack folds long texts in them.
 */
final class SlackMessage {
    /** Slack's limits: 150 characters in a header, 3,000 in a section, 50 blocks, and about 10,000 characters in all. */
    private static final int LONGEST_HEADER = 150;
    private static final int LONGEST_TEXT = 3_000;
    private static final int LONGEST_FALLBACK = 1_000;
    private static final int LONGEST_CONTEXT = 500;
    /** For all blocks; the fallback has the rest of the 10,000. */
    private static final int LONGEST_BLOCKS = 8_500;
    /** Each alert has up to five blocks. One more block counts the rest. */
    private static final int MOST_ALERTS = 9;
    /** An escaped character is up to five long. */
    private static final int LONGEST_ESCAPE = 5;

    private SlackMessage() {
    }

    static byte[] of(Notification notification, Wording wording) {
        List<NotifiedAlert> alerts = notification.alerts();
        List<Object> blocks = new ArrayList<>();
        int shown = 0;
        int characters = 0;
        for (NotifiedAlert alert : alerts.subList(0, Math.min(alerts.size(), MOST_ALERTS))) {
            List<Map<String, Object>> next = blocks(alert, notification.externalUrl(), wording);
            characters += characters(next);
            if (shown > 0 && characters > LONGEST_BLOCKS) {
                break;
            }
            blocks.addAll(next);
            shown++;
        }
        int more = notification.others() + 1 - shown;
        if (more > 0) {
            blocks.add(context(List.of(plain(AlertList.more(more), LONGEST_CONTEXT))));
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("text", fallback(notification, wording));
        message.put("attachments", List.of(Map.of("color", color(alerts), "blocks", blocks)));
        message.put("unfurl_links", false);
        message.put("unfurl_media", false);
        return Sinks.json(message);
    }

    /** The text for notifications on a phone and for screen readers. */
    private static String fallback(Notification notification, Wording wording) {
        NotifiedAlert first = notification.alerts().get(0);
        int others = notification.others();
        String text = wording.title(first, LONGEST_HEADER) + ". " + wording.text(first, LONGEST_FALLBACK).lines().findFirst().orElse("")
                + (others == 0 ? "" : " (and " + others + " more)");
        return escaped(withoutFormatting(text), LONGEST_FALLBACK);
    }

    /** The number of characters of all texts in the blocks. */
    private static int characters(Object block) {
        if (block instanceof Map<?, ?> object) {
            return object.entrySet().stream().mapToInt(entry -> entry.getKey().equals("text")
                    && entry.getValue() instanceof String text ? text.length() : characters(entry.getValue())).sum();
        }
        return block instanceof List<?> list ? list.stream().mapToInt(SlackMessage::characters).sum() : 0;
    }

    private static List<Map<String, Object>> blocks(NotifiedAlert notified, Optional<URI> console, Wording wording) {
        Alert alert = notified.alert();
        List<Map<String, Object>> blocks = new ArrayList<>();
        blocks.add(Map.of("type", "header", "text", plain(wording.title(notified, LONGEST_HEADER), LONGEST_HEADER)));
        String text = wording.text(notified, LONGEST_TEXT);
        if (notified.reason() == NotificationReason.GREW) { // the message about its beginning has the rest
            blocks.add(section(text.lines().findFirst().orElse(text)));
            return blocks;
        }
        String summary = text.lines().findFirst().orElse(text);
        String step = AlertFacts.firstStep(alert);
        blocks.add(section(step.isEmpty() ? summary : summary + "\nDo first: " + step));
        blocks.add(Map.of("type", "section", "fields", fields(alert)));
        String details = text.substring(summary.length()).strip();
        if (!details.isEmpty()) {
            blocks.add(section(details));
        }
        Map<String, String> links = AlertLinks.of(console, alert);
        if (!links.isEmpty()) {
            blocks.add(Map.of("type", "actions", "elements", links.entrySet().stream().map(link -> Map.of(
                    "type", "button", "text", plain(link.getKey(), LONGEST_CONTEXT), "url", link.getValue())).toList()));
        }
        return blocks;
    }

    private static Map<String, Object> section(String text) {
        return Map.of("type", "section", "text", plain(text, LONGEST_TEXT));
    }

    private static Map<String, Object> context(List<Object> elements) {
        return Map.of("type", "context", "elements", elements);
    }

    private static Map<String, Object> plain(String text, int longest) {
        return Map.of("type", "plain_text", "text", escaped(text, longest), "emoji", false);
    }

    /** Without those that the alert does not have. */
    private static List<Object> fields(Alert alert) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Node", AlertFacts.label(alert, Alert.NODE));
        fields.put("Fleet", AlertFacts.label(alert, Alert.NODE).isEmpty() ? AlertFacts.label(alert, Alert.FLEET) : "");
        fields.put("Network", AlertFacts.label(alert, Alert.NETWORK));
        fields.put(alert.firing() ? "Since" : "Fired", AlertFacts.shortTimes(alert));
        return fields.entrySet().stream().filter(field -> !field.getValue().isEmpty())
                .<Object>map(field -> plain(field.getKey() + ": " + field.getValue(), LONGEST_CONTEXT)).toList();
    }

    /** Of the most severe alert that fires; green if all have ended. */
    private static String color(List<NotifiedAlert> alerts) {
        return alerts.stream().map(NotifiedAlert::alert).filter(Alert::firing).map(Alert::severity).max(Comparator.naturalOrder())
                .map(severity -> switch (severity) {
                    case PAGE -> "#d32f2f";
                    case WARN -> "#f9a825";
                    case INFO -> "#1976d2";
                }).orElse("#2e7d32");
    }

    /** The limit is for the escaped text, which is never cut within an escape. */
    private static String escaped(String text, int longest) {
        String escaped = escape(text);
        String cut = text;
        while (escaped.length() > longest) {
            int over = escaped.length() - longest;
            cut = SafeText.cut(cut, cut.length() - Math.max(1, over / LONGEST_ESCAPE));
            escaped = escape(cut);
        }
        return escaped;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Some Slack clients read the fallback as markup, so characters that would format or link are replaced. */
    private static String withoutFormatting(String text) {
        return text.replaceAll("[*_~`]", "'").replace("://", ":/ /");
    }
}
