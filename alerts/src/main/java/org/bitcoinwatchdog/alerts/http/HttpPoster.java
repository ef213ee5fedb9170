package org.bitcoinwatchdog.alerts.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.bitcoinwatchdog.alerts.DeliverySettings;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.events.Trust;

/**
 * Posts JSON to one URL, with one attempt a call. It follows no redirect, retries nothing and keeps no cookies. The time of the
 * exchange and the size of the answer are limited.
 */
public final class HttpPoster implements AutoCloseable {
    /**
     * Where to post to.
     *
     * @param internalAllowed whether the host may have a loopback, private or link-local address
     * @param secrets         that no text about an attempt may contain, besides the URL itself
     * @param caFile          certificates to trust for the server, instead of Java's
     */
    public record PostTarget(URI url, boolean internalAllowed, List<Secret> secrets, Optional<Path> caFile) {
        public PostTarget {
            secrets = List.copyOf(secrets);
        }

        @Override
        public String toString() {
            return "PostTarget[" + url.getHost() + "]";
        }
    }

    private static final int LARGEST_ANSWER_BYTES = 4_096;
    private static final int REDIRECTED = 300;

    private final URI url;
    private final HttpHost host;
    private final Redaction redaction;
    private final DeliverySettings settings;
    private final Clock clock;
    private final AddressGuard guard;
    private final SSLContext tls;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines;

    /** @throws IllegalArgumentException if the ca-file can't be used */
    public HttpPoster(PostTarget target, DeliverySettings settings, Clock clock) {
        this.url = target.url();
        this.host = new HttpHost(url.getScheme(), url.getHost(), url.getPort());
        this.redaction = new Redaction(url, target.secrets());
        this.settings = settings;
        this.clock = clock;
        this.guard = new AddressGuard(target.internalAllowed());
        this.tls = Trust.of(target.caFile());
        this.client = client(guard, tls, settings);
        this.deadlines = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "deadline-" + url.getHost());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param headers a Content-Type among them replaces that of JSON */
    public SendOutcome post(byte[] json, Map<String, String> headers) {
        HttpPost request = new HttpPost(url);
        request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
        headers.forEach(request::setHeader);
        ScheduledFuture<?> deadline = deadlines.schedule(
                request::cancel, settings.exchangeTimeout().toNanos(), TimeUnit.NANOSECONDS);
        try {
            return answered(client.executeOpen(host, request, null));
        } catch (AddressGuard.InternalAddressException e) {
            return new SendOutcome.Refused(e.getMessage());
        } catch (IOException e) {
            return new SendOutcome.Unreachable(request.isCancelled() ? timedOut() : FailureText.of(e, url.getHost()));
        } finally {
            deadline.cancel(false);
            request.cancel(); // closes the connection, unless the answer was read to its end
        }
    }

    /** Connects, with TLS for https, and sends nothing. */
    public SendOutcome reach() {
        return new Reach(guard, tls.getSocketFactory(), settings).connect(url);
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }

    private SendOutcome answered(ClassicHttpResponse response) {
        String body = beginning(response);
        Optional<Header> retryAfter = Optional.ofNullable(response.getFirstHeader(HttpHeaders.RETRY_AFTER));
        return new SendOutcome.Answered(
                response.getCode(),
                retryAfter.flatMap(header -> RetryAfter.parse(header.getValue(), clock.instant())),
                response.getCode() < REDIRECTED ? "" : redaction.excerpt(body));
    }

    /** Only the status decides, so a body that can't be read is no failure. */
    private static String beginning(ClassicHttpResponse response) {
        try {
            InputStream content = response.getEntity() == null ? null : response.getEntity().getContent();
            return content == null
                    ? ""
                    : new String(content.readNBytes(LARGEST_ANSWER_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(the answer broke off)";
        }
    }

    private String timedOut() {
        return url.getHost() + " did not answer within " + settings.exchangeTimeout().toMillis() + " ms";
    }

    private static CloseableHttpClient client(AddressGuard guard, SSLContext tls, DeliverySettings settings) {
        Timeout connect = Timeout.of(settings.connectTimeout());
        Timeout exchange = Timeout.of(settings.exchangeTimeout());
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(guard)
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(exchange)
                                .setTimeToLive(TimeValue.ofMinutes(1))
                                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                .build())
                        .build())
                .setUserAgent("bitcoind-watchdog")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }
}
