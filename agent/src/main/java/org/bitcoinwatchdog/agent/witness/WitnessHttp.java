package org.bitcoinwatchdog.agent.witness;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.bitcoinwatchdog.events.InternalAddresses;
import org.bitcoinwatchdog.events.Trust;

/**
 * Gets from one host: no redirect followed, nothing retried, no cookie kept, no compression, the whole exchange bounded in time and
 * the answer in size. A short answer with an ETag is asked for again on condition that it changed.
 */
final class WitnessHttp implements AutoCloseable {
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_REMEMBERED = 8;
    private static final int MOST_REMEMBERED_BYTES = 4_096;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private record TaggedAnswer(String tag, byte[] body) {
    }

    private final Duration patience;
    private final HttpHost host;
    private final String path;
    private final CloseableHttpClient client;
    private final Map<String, TaggedAnswer> remembered = new HashMap<>();
    private final ScheduledExecutorService deadlines;

    WitnessHttp(WitnessSettings settings) {
        this(settings, USUAL_PATIENCE);
    }

    /** @param patience for one whole exchange */
    WitnessHttp(WitnessSettings settings, Duration patience) {
        this.patience = patience;
        URI url = settings.url();
        host = new HttpHost(url.getScheme(), url.getHost(), url.getPort());
        path = url.getRawPath().endsWith("/") ? url.getRawPath().substring(0, url.getRawPath().length() - 1) : url.getRawPath();
        client = client(settings, Timeout.of(patience));
        deadlines = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "deadline " + settings.name());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * @param below     path below the configured URL
     * @param mostBytes a longer answer is refused without being read to its end
     */
    byte[] get(String below, int mostBytes) throws IOException {
        HttpGet request = new HttpGet(path + below);
        TaggedAnswer before = remembered.get(below);
        if (before != null) {
            request.setHeader(HttpHeaders.IF_NONE_MATCH, before.tag());
        }
        ScheduledFuture<?> deadline =
                deadlines.schedule(request::cancel, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = client.executeOpen(host, request, null);
            return response.getCode() == HttpStatus.SC_NOT_MODIFIED && before != null
                    ? before.body() : body(response, below, mostBytes);
        } catch (WitnessFault e) {
            throw e;
        } catch (IOException e) {
            throw new WitnessFault(request.isCancelled() || e instanceof SocketTimeoutException
                    ? "no answer within " + patience.toMillis() + " ms" : "no answer: " + e.getClass().getSimpleName());
        } finally {
            deadline.cancel(false);
            request.cancel();
        }
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    private byte[] body(ClassicHttpResponse response, String below, int mostBytes) throws IOException {
        if (response.getCode() != HttpStatus.SC_OK) {
            throw new WitnessFault("it answered with status " + response.getCode(), retryAfter(response));
        }
        byte[] body = new byte[0];
        if (response.getEntity() != null) {
            InputStream content = response.getEntity().getContent();
            body = content.readNBytes(mostBytes);
            if (content.read() >= 0) {
                throw new WitnessFault("an answer has more than " + mostBytes + " bytes");
            }
        }
        remember(below, response.getFirstHeader(HttpHeaders.ETAG), body);
        return body;
    }

    private void remember(String below, Header tag, byte[] body) {
        remembered.remove(below);
        if (tag != null && body.length <= MOST_REMEMBERED_BYTES) {
            if (remembered.size() >= MOST_REMEMBERED) {
                remembered.clear();
            }
            remembered.put(below, new TaggedAnswer(tag.getValue(), body));
        }
    }

    /** In seconds: an HTTP date is not understood, and the usual back-off applies. */
    private static Optional<Duration> retryAfter(ClassicHttpResponse response) {
        boolean busy = response.getCode() == TOO_MANY_REQUESTS || response.getCode() == HttpStatus.SC_SERVICE_UNAVAILABLE;
        Header header = busy ? response.getFirstHeader(HttpHeaders.RETRY_AFTER) : null;
        try {
            return Optional.ofNullable(header)
                    .map(value -> Duration.ofSeconds(Integer.parseUnsignedInt(value.getValue().strip()) & Integer.MAX_VALUE))
                    .map(wait -> wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static CloseableHttpClient client(WitnessSettings settings, Timeout patience) {
        SocketConfig.Builder sockets = SocketConfig.custom().setSoTimeout(patience);
        settings.proxyAddress().ifPresent(sockets::setSocksProxyAddress);
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver(settings))
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(Trust.of(settings.caFile())))
                        .setDefaultSocketConfig(sockets.build())
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom().setConnectTimeout(patience).setSocketTimeout(patience).build())
                        .build())
                .setUserAgent("bitcoind-watchdog")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** The client connects to the addresses that were checked. A proxy is given the name, and resolves it itself. */
    private static DnsResolver resolver(WitnessSettings settings) {
        boolean proxied = settings.proxy().isPresent();
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String name) throws UnknownHostException {
                if (proxied) {
                    return null; // the client then connects to the unresolved name
                }
                InetAddress[] addresses = SystemDefaultDnsResolver.INSTANCE.resolve(name);
                for (InetAddress address : addresses) {
                    if (!settings.privateAllowed() && InternalAddresses.contains(address)) {
                        throw new UnknownHostException("an internal address, which allow-private: true allows");
                    }
                }
                return addresses;
            }

            @Override
            public String resolveCanonicalHostname(String name) {
                return name;
            }
        };
    }
}
