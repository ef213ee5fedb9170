package org.bitcoinwatchdog.alerts.sinks;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.DeliverySettings;
import org.bitcoinwatchdog.alerts.SinkSettings;
import org.bitcoinwatchdog.alerts.Urls;
import org.bitcoinwatchdog.alerts.http.Authorization;
import org.bitcoinwatchdog.alerts.http.Endpoint;
import org.bitcoinwatchdog.alerts.http.HttpPoster;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.alerts.smtp.SmtpServer;
import org.bitcoinwatchdog.alerts.text.Wording;

/** Makes sinks from their settings, reading their secrets. */
public final class Sinks {
    private final DeliverySettings delivery;
    private final Wording wording;
    private final Clock clock;

    public Sinks(AlertSettings settings, Clock clock) {
        this(settings, clock, template -> { });
    }

    private Sinks(AlertSettings settings, Clock clock, Consumer<String> onFallback) {
        this.delivery = settings.delivery();
        this.wording = new Wording(settings.templates(), onFallback);
        this.clock = clock;
    }

    /**
     * All sinks by name, in the order of the settings.
     *
     * @param onFallback told the name of a template that gave no text for an alert
     * @throws IllegalArgumentException where a secret can't be read or used, naming the sink and the file, not its content
     */
    public static Map<String, Sink> open(AlertSettings settings, Clock clock, Consumer<String> onFallback) {
        Sinks sinks = new Sinks(settings, clock, onFallback);
        Map<String, Sink> open = new LinkedHashMap<>();
        settings.sinks().forEach(sink -> open.put(sink.name(), sinks.open(sink)));
        return open;
    }

    /** @throws IllegalArgumentException as the other {@code open} */
    public Sink open(SinkSettings settings) {
        try {
            if (settings instanceof SinkSettings.Slack slack) {
                return slack(slack);
            } else if (settings instanceof SinkSettings.Pagerduty pagerduty) {
                return pagerduty(pagerduty);
            } else if (settings instanceof SinkSettings.Webhook webhook) {
                return webhook(webhook);
            } else if (settings instanceof SinkSettings.Alertmanager alertmanager) {
                return alertmanager(alertmanager);
            } else if (settings instanceof SinkSettings.Email email) {
                return new EmailSink(new SmtpServer(email, delivery, clock), wording);
            } else if (settings instanceof SinkSettings.Telegram telegram) {
                return telegram(telegram);
            } else if (settings instanceof SinkSettings.Exec exec) {
                return new ExecSink(exec.program(), exec.arguments().orElse(List.of()),
                        exec.timeout().orElse(delivery.exchangeTimeout()));
            }
            throw new IllegalStateException("no sink is made from " + settings.getClass());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sink " + settings.name() + ": " + e.getMessage());
        }
    }

    private Sink slack(SinkSettings.Slack settings) {
        Secret url = Secret.in(settings.urlFile());
        return new SlackSink(http(secretUrl(url), settings, List.of(url)), wording);
    }

    private Sink pagerduty(SinkSettings.Pagerduty settings) {
        Secret key = Secret.in(settings.routingKeyFile());
        return new PagerdutySink(http(below(settings.api(), "/v2/enqueue"), settings, List.of(key)), key, wording);
    }

    private Sink webhook(SinkSettings.Webhook settings) {
        List<Secret> secrets = new ArrayList<>();
        settings.urlFile().map(Secret::in).ifPresent(secrets::add);
        URI url = settings.url().orElseGet(() -> secretUrl(secrets.get(0)));
        Optional<Secret> key = settings.secretFile().map(Secret::in);
        key.ifPresent(secrets::add);
        return new WebhookSink(http(url, settings, secrets), key.map(WebhookSignature::new),
                settings.format().orElse(SinkSettings.WebhookFormat.ALERTMANAGER), clock);
    }

    private Sink alertmanager(SinkSettings.Alertmanager settings) {
        Optional<Authorization> authorization = settings.tokenFile().map(Secret::in).map(Authorization::bearer)
                .or(() -> settings.passwordFile().map(Secret::in)
                        .map(password -> Authorization.basic(settings.username().orElseThrow(), password)));
        List<Secret> secrets = authorization.map(Authorization::secrets).orElse(List.of());
        return new AlertmanagerSink(http(below(settings.url(), "/api/v2/alerts"), settings, secrets), settings.resendEvery(),
                authorization.map(Authorization::header), clock);
    }

    private Sink telegram(SinkSettings.Telegram settings) {
        Secret token = Secret.in(settings.tokenFile());
        if (!token.reveal().matches("[A-Za-z0-9:_-]+")) {
            throw new IllegalArgumentException("the content of the token-file is no bot's token");
        }
        URI url = below(settings.api(), "/bot" + token.reveal() + "/sendMessage");
        return new TelegramSink(http(url, settings, List.of(token)), settings.chat(), wording);
    }

    private HttpPoster http(URI url, SinkSettings settings, List<Secret> secrets) {
        return new HttpPoster(
                new Endpoint(url, settings.privateAllowed(), secrets, settings.caFile()), delivery, clock);
    }

    private static URI below(URI base, String path) {
        return URI.create(base.toString().replaceAll("/+$", "") + path);
    }

    private static URI secretUrl(Secret secret) {
        URI url;
        try {
            url = new URI(secret.reveal());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalArgumentException("the content of the url-file is no URL");
        }
        return Urls.requireHttp("the content of the url-file", url);
    }
}
