package org.bitcoinwatchdog.alerts.sinks;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.alerts.http.HttpPoster;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.notification.Outcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.alerts.text.AlertFacts;
import org.bitcoinwatchdog.alerts.text.AlertList;
import org.bitcoinwatchdog.alerts.text.Runbook;
import org.bitcoinwatchdog.alerts.text.Wording;

/** A chat of Telegram (core.telegram.org/bots/api#sendmessage), in plain text: without a parse mode nothing is markup. */
record TelegramSink(HttpPoster http, String chat, Wording wording) implements Sink {
    /** Telegram's limit. */
    private static final int LONGEST_MESSAGE = 4_096;
    private static final int LONGEST_ALERT = 3_000;
    /** Telegram says in the body, not in a header, how long to wait. */
    private static final Pattern RETRY_AFTER = Pattern.compile("\"retry_after\"\\s*:\\s*(\\d{1,6})");

    @Override
    public Outcome send(Notification notification) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("chat_id", chat);
        message.put("text", AlertList.of(notification, this::text, LONGEST_MESSAGE));
        message.put("link_preview_options", Map.of("is_disabled", true));
        return withRetryAfter(http.post(Json.bytes(message), Map.of()));
    }

    @Override
    public Outcome reach() {
        return http.reach();
    }

    @Override
    public boolean takesGroups() {
        return true;
    }

    @Override
    public void close() {
        http.close();
    }

    private String text(NotifiedAlert alert) {
        return wording.title(alert, LONGEST_ALERT) + "\n" + wording.text(alert, LONGEST_ALERT) + "\n"
                + AlertFacts.times(alert.alert()) + Runbook.of(alert.alert()).map(url -> "\n" + url).orElse("");
    }

    private static Outcome withRetryAfter(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered && answered.retryAfter().isEmpty()) {
            Matcher asked = RETRY_AFTER.matcher(answered.excerpt());
            if (asked.find()) {
                return new Outcome.Answered(answered.status(),
                        Optional.of(Duration.ofSeconds(Long.parseLong(asked.group(1)))), answered.excerpt());
            }
        }
        return outcome;
    }
}
