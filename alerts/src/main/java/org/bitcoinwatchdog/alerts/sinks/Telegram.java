package org.bitcoinwatchdog.alerts.sinks;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.alerts.http.HttpPoster;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.alerts.text.AlertFacts;
import org.bitcoinwatchdog.alerts.text.AlertList;
import org.bitcoinwatchdog.alerts.text.Wording;

/**
 * A chat of Telegram, through a bot.
 *
 * @param tokenFile file with the token of the bot
 * @param chat      the number or the @name of the chat
 * @param url       base URL of the API. Default: https://api.telegram.org
 */
public record Telegram(String name, Path tokenFile, String chat, Optional<URI> url, Optional<Path> caFile,
        Optional<Boolean> allowPrivate) implements SinkSettings {
    private static final URI BOT_API = URI.create("https://api.telegram.org");

    public Telegram {
        SinkSettings.requireName(name);
        url.ifPresent(given -> SinkSettings.requireHttp("url", given));
        if (chat.isBlank()) {
            throw new IllegalArgumentException("chat must be the number or the @name of the chat");
        }
    }

    public URI api() {
        return url.orElse(BOT_API);
    }

    @Override
    public String toString() {
        return "Telegram[" + name + "]";
    }

    @Override
    public Sink open(Sinks sinks) {
        Secret token = Secret.in(tokenFile);
        if (!token.reveal().matches("[A-Za-z0-9:_-]+")) {
            throw new IllegalArgumentException("the content of the token-file is not a bot's token");
        }
        URI address = Sinks.below(api(), "/bot" + token.reveal() + "/sendMessage");
        return new TelegramSink(sinks.http(address, this, List.of(token)), chat, sinks.wording());
    }

    /** Plain text: without a parse mode, Telegram interprets no markup (core.telegram.org/bots/api#sendmessage). */
    private record TelegramSink(HttpPoster http, String chat, Wording wording) implements Sinks.HttpSink {
        /** Telegram's limit. */
        private static final int LONGEST_MESSAGE = 4_096;
        private static final int LONGEST_ALERT = 3_000;
        /** Telegram sends the time to wait in the body, not in a header. */
        private static final Pattern RETRY_AFTER = Pattern.compile("\"retry_after\"\\s*:\\s*(\\d{1,6})");

        @Override
        public SendOutcome send(Notification notification) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("chat_id", chat);
            message.put("text", AlertList.of(notification, this::text, LONGEST_MESSAGE));
            message.put("disable_notification", notification.onlyGrew());
            message.put("link_preview_options", Map.of("is_disabled", true));
            return withRetryAfter(http.post(Sinks.json(message), Map.of()));
        }

        private String text(NotifiedAlert alert) {
            return wording.title(alert, LONGEST_ALERT) + "\n" + wording.text(alert, LONGEST_ALERT) + "\n"
                    + AlertFacts.times(alert.alert()) + AlertFacts.runbook(alert.alert()).map(url -> "\n" + url).orElse("");
        }

        private static SendOutcome withRetryAfter(SendOutcome outcome) {
            if (outcome instanceof SendOutcome.Answered answered && answered.retryAfter().isEmpty()) {
                Matcher asked = RETRY_AFTER.matcher(answered.excerpt());
                if (asked.find()) {
                    return new SendOutcome.Answered(answered.status(),
                            Optional.of(Duration.ofSeconds(Long.parseLong(asked.group(1)))), answered.excerpt());
                }
            }
            return outcome;
        }
    }
}
