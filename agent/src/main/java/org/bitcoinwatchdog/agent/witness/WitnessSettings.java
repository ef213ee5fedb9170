package org.bitcoinwatchdog.agent.witness;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bitcoinwatchdog.events.Network;

/**
 * A view of the best chain from outside the watched nodes. Rules compare the nodes with it. Give either {@code rest} or {@code esplora}.
 *
 * @param name         the witness's name in every event, unique among all nodes and witnesses
 * @param rest         URL of another node's REST interface ({@code bitcoind -rest}): {@code http://10.0.0.7:8332}
 * @param esplora      URL of an Esplora API, as block explorers have it: {@code https://explorer.example/api}
 * @param network      the network whose best chain it shows; left out: main
 * @param pollInterval how often the witness is asked for its tip; left out: 10s. Each wait is up to a fifth shorter, at random
 * @param proxy        SOCKS5 proxy, as {@code 127.0.0.1:9050} for Tor. It also resolves the host's name
 * @param allowPrivate whether its host may have a loopback, private, link-local or otherwise internal address; left out: no
 * @param caFile       certificates in PEM that vouch for the server; left out: those that Java trusts
 */
public record WitnessSettings(
        String name,
        Optional<URI> rest,
        Optional<URI> esplora,
        Optional<Network> network,
        Optional<Duration> pollInterval,
        Optional<String> proxy,
        Optional<Boolean> allowPrivate,
        Optional<Path> caFile) {
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(10);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(10);
    private static final int LARGEST_PORT = 65_535;

    public WitnessSettings {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be empty");
        }
        if (rest.isPresent() == esplora.isPresent()) {
            throw new IllegalArgumentException("give either rest or esplora, such as rest: http://10.0.0.7:8332");
        }
        check(rest.or(() -> esplora).orElseThrow());
        Duration interval = pollInterval.orElse(USUAL_INTERVAL);
        if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException("poll-interval must be from 1s to 10m");
        }
        proxy.ifPresent(WitnessSettings::address);
    }

    /** Where to ask. */
    URI url() {
        return rest.or(() -> esplora).orElseThrow();
    }

    /** The network whose chain it shows. */
    public Network chain() {
        return network.orElse(Network.MAIN);
    }

    Duration interval() {
        return pollInterval.orElse(USUAL_INTERVAL);
    }

    boolean privateAllowed() {
        return allowPrivate.orElse(false);
    }

    Optional<InetSocketAddress> proxyAddress() {
        return proxy.map(WitnessSettings::address);
    }

    private static void check(URI url) {
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http || url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a witness's URL is http or https, a host and a path, such as https://explorer.example/api");
        }
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port > 0 && port <= LARGEST_PORT) {
                return new InetSocketAddress(text.substring(0, colon), port);
            }
        } catch (NumberFormatException e) {
            throw badProxy(e);
        }
        throw badProxy(null);
    }

    private static IllegalArgumentException badProxy(NumberFormatException cause) {
        return new IllegalArgumentException("proxy must be a host and a port, such as 127.0.0.1:9050", cause);
    }
}
