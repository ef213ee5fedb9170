package org.bitcoinwatchdog.alerts.sinks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.DeliverySettings;
import org.bitcoinwatchdog.alerts.http.HttpPoster;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.alerts.text.Wording;

/** Opens sinks. It has what sinks need and their own settings do not contain. */
public final class Sinks {
    private static final JsonMapper MAPPER = new JsonMapper();

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
     * @param onFallback called with the name of a template that gave no text for an alert
     * @throws IllegalArgumentException if a secret can't be read or used. The message names the sink and the file
     */
    public static Map<String, Sink> open(AlertSettings settings, Clock clock, Consumer<String> onFallback) {
        Sinks sinks = new Sinks(settings, clock, onFallback);
        Map<String, Sink> open = new LinkedHashMap<>();
        settings.sinks().forEach(sink -> open.put(sink.name(), sinks.open(sink)));
        return open;
    }

    /** @throws IllegalArgumentException if a secret can't be read or used. The message names the sink and the file */
    public Sink open(SinkSettings settings) {
        try {
            return settings.open(this);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sink " + settings.name() + ": " + e.getMessage());
        }
    }

    /** A sink with an HTTP server. It takes groups unless it says otherwise. */
    interface HttpSink extends Sink {
        HttpPoster http();

        @Override
        default SendOutcome reach() {
            return http().reach();
        }

        @Override
        default boolean takesGroups() {
            return true;
        }

        @Override
        default void close() {
            http().close();
        }
    }

    DeliverySettings delivery() {
        return delivery;
    }

    Wording wording() {
        return wording;
    }

    Clock clock() {
        return clock;
    }

    /** @param secrets that no text about an attempt may contain, besides the URL itself */
    HttpPoster http(URI url, SinkSettings settings, List<Secret> secrets) {
        return new HttpPoster(new HttpPoster.PostTarget(url, settings.privateAllowed(), secrets, settings.caFile()), delivery, clock);
    }

    /** Maps, lists, texts and numbers as JSON. */
    static byte[] json(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists, texts and numbers are always JSON", e);
        }
    }

    static URI below(URI base, String path) {
        return URI.create(base.toString().replaceAll("/+$", "") + path);
    }

    static URI secretUrl(Secret secret) {
        URI url;
        try {
            url = new URI(secret.reveal());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the content of the url-file is not a URL");
        }
        return SinkSettings.requireHttp("the content of the url-file", url);
    }
}
