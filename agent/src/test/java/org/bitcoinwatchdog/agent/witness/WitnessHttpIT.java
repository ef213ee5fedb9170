package org.bitcoinwatchdog.agent.witness;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bitcoinwatchdog.agent.witness.MinedChain.MinedBlock;
import org.bitcoinwatchdog.events.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real HTTP servers that lag, lie, stall and send too much. */
class WitnessHttpIT {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int MOST_BYTES = 1_000;

    private final MinedChain mined = new MinedChain();
    private final List<MinedBlock> blocks = mined.mine(null, 3, 1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void readsBitcoinCoresRestInterface() throws Exception {
        MinedBlock tip = blocks.get(2);
        serve("/rest/chaininfo.json", 200, ("{\"chain\":\"regtest\",\"blocks\":" + tip.height() + ",\"bestblockhash\":\""
                + Answers.text(tip.hash()) + "\",\"initialblockdownload\":false}").getBytes(US_ASCII));
        serve("/rest/headers/1/" + Answers.text(tip.hash()) + ".bin", 200, tip.bytes());
        try (RestSource source = new RestSource(http(), Network.REGTEST)) {
            assertThat(source.tip()).isEqualTo(tip.hash());
            assertThat(source.height(tip.hash())).isEqualTo(tip.height());
            assertThat(source.header(tip.hash())).isEqualTo(tip.bytes());
        }
    }

    @Test
    void aNodeInInitialBlockDownloadShowsNothing() throws Exception {
        serve("/rest/chaininfo.json", 200, ("{\"chain\":\"regtest\",\"blocks\":5,\"bestblockhash\":\""
                + Answers.text(blocks.get(0).hash()) + "\",\"initialblockdownload\":true}").getBytes(US_ASCII));
        try (RestSource source = new RestSource(http(), Network.REGTEST)) {
            assertThatExceptionOfType(WitnessFault.class).isThrownBy(source::tip).withMessageContaining("initial block download");
        }
    }

    @Test
    void readsAnEsploraApi() throws Exception {
        MinedBlock tip = blocks.get(2);
        String hash = Answers.text(tip.hash());
        serve("/api/block-height/0", 200, "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206\n".getBytes(US_ASCII));
        serve("/api/blocks/tip/hash", 200, hash.getBytes(US_ASCII));
        serve("/api/block/" + hash, 200, ("{\"id\":\"" + hash + "\",\"height\":" + tip.height() + "}").getBytes(US_ASCII));
        serve("/api/block/" + hash + "/header", 200, HexFormat.of().formatHex(tip.bytes()).getBytes(US_ASCII));
        try (EsploraSource source = new EsploraSource(http("/api/"), Network.REGTEST)) {
            assertThat(source.tip()).isEqualTo(tip.hash());
            assertThat(source.height(tip.hash())).isEqualTo(tip.height());
            assertThat(source.header(tip.hash())).isEqualTo(tip.bytes());
        }
    }

    @Test
    void anExplorerOfAnotherNetworkIsRefused() throws Exception {
        serve("/block-height/0", 200, "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f".getBytes(US_ASCII));
        try (EsploraSource source = new EsploraSource(http(), Network.REGTEST)) {
            assertThatExceptionOfType(WitnessFault.class).isThrownBy(source::tip).withMessageContaining("another network");
        }
    }

    @Test
    void textThatIsNoAnswerIsRefused() throws Exception {
        serve("/rest/chaininfo.json", 200, "<html>".getBytes(US_ASCII));
        try (RestSource source = new RestSource(http(), Network.REGTEST)) {
            assertThatExceptionOfType(WitnessFault.class).isThrownBy(source::tip).withMessage("its chaininfo is not JSON");
        }
    }

    @Test
    void asksOnConditionThatTheAnswerChanged() throws Exception {
        AtomicInteger unchanged = new AtomicInteger();
        server.createContext("/tip", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            boolean known = "\"1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            unchanged.addAndGet(known ? 1 : 0);
            answer(exchange, known ? 304 : 200, known ? new byte[0] : "tip".getBytes(US_ASCII));
        });
        try (WitnessHttp http = http()) {
            assertThat(http.get("/tip", MOST_BYTES)).asString().isEqualTo("tip");
            assertThat(http.get("/tip", MOST_BYTES)).asString().isEqualTo("tip");
        }
        assertThat(unchanged).hasValue(1);
    }

    @Test
    void doesNotReadAnAnswerOfAGigabyteToItsEnd() throws Exception {
        AtomicInteger megabytes = new AtomicInteger();
        CompletableFuture<Void> brokenOff = new CompletableFuture<>();
        server.createContext("/big", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 1_000; i++) {
                    out.write(new byte[1_000_000]);
                    megabytes.incrementAndGet();
                }
            } catch (IOException e) {
                brokenOff.complete(null);
            }
        });
        try (WitnessHttp http = http()) {
            assertThatExceptionOfType(WitnessFault.class).isThrownBy(() -> http.get("/big", MOST_BYTES))
                    .withMessage("an answer has more than 1000 bytes");
            brokenOff.get(10, TimeUnit.SECONDS);
        }
        assertThat(megabytes.get()).isLessThan(100);
    }

    @Test
    void doesNotWaitForAnAnswerThatTricklesIn() throws Exception {
        server.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write('0');
                    out.flush();
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (WitnessHttp http = http()) {
            assertThatExceptionOfType(WitnessFault.class).isThrownBy(() -> http.get("/slow", 1_000_000))
                    .withMessage("no answer within 500 ms");
        }
    }

    @Test
    void followsNoRedirect() throws Exception {
        AtomicInteger followed = new AtomicInteger();
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            answer(exchange, 302, new byte[0]);
        });
        server.createContext("/elsewhere", exchange -> {
            followed.incrementAndGet();
            answer(exchange, 200, new byte[0]);
        });
        try (WitnessHttp http = http()) {
            assertThatExceptionOfType(WitnessFault.class).isThrownBy(() -> http.get("/moved", MOST_BYTES))
                    .withMessage("it answered with status 302");
        }
        assertThat(followed).hasValue(0);
    }

    @Test
    void knowsHowLongABusyServerWantsToBeLeftAlone() throws Exception {
        server.createContext("/busy", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "120");
            answer(exchange, 429, new byte[0]);
        });
        try (WitnessHttp http = http()) {
            WitnessFault fault = catchThrowableOfType(WitnessFault.class, () -> http.get("/busy", MOST_BYTES));
            assertThat(fault.retryAfter()).contains(Duration.ofMinutes(2));
        }
    }

    @Test
    void refusesAPrivateAddressUnlessItIsAllowed() throws Exception {
        serve("/tip", 200, "tip".getBytes(US_ASCII));
        try (WitnessHttp http = new WitnessHttp(settings(server.getAddress().getPort(), "/", Optional.empty()), PATIENCE)) {
            assertThatExceptionOfType(WitnessFault.class).isThrownBy(() -> http.get("/tip", MOST_BYTES));
        }
    }

    @Test
    void aProxyResolvesTheName() throws Exception {
        serve("/tip", 200, "tip".getBytes(US_ASCII));
        try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = new CompletableFuture<>();
            threads.execute(() -> relay(proxy, asked));
            WitnessSettings settings = new WitnessSettings("far", Optional.empty(),
                    Optional.of(URI.create("http://explorer.invalid/")), Optional.of(Network.REGTEST), Optional.empty(),
                    Optional.of("127.0.0.1:" + proxy.getLocalPort()), Optional.empty(), Optional.empty());
            try (WitnessHttp http = new WitnessHttp(settings, Duration.ofSeconds(10))) {
                assertThat(http.get("/tip", MOST_BYTES)).asString().isEqualTo("tip");
            }
            assertThat(asked.get(10, TimeUnit.SECONDS)).isEqualTo("explorer.invalid");
        }
    }

    /** As much of SOCKS5 (RFC 1928) as one connection needs. */
    private void relay(ServerSocket proxy, CompletableFuture<String> asked) {
        try (Socket client = proxy.accept();
                Socket target = new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            in.readUnsignedByte();
            in.skipNBytes(in.readUnsignedByte());
            client.getOutputStream().write(new byte[] {5, 0});
            in.skipNBytes(3);
            if (in.readUnsignedByte() != 3) {
                asked.completeExceptionally(new AssertionError("the client resolved the name itself"));
                return;
            }
            asked.complete(new String(in.readNBytes(in.readUnsignedByte()), US_ASCII));
            in.skipNBytes(2);
            client.getOutputStream().write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
            threads.execute(() -> copy(client, target));
            target.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            asked.completeExceptionally(e);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of the two has hung up, as the test's end demands.
        }
    }

    private WitnessHttp http() {
        return http("/");
    }

    private WitnessHttp http(String path) {
        return new WitnessHttp(settings(server.getAddress().getPort(), path, Optional.of(true)), PATIENCE);
    }

    private static WitnessSettings settings(int port, String path, Optional<Boolean> allowPrivate) {
        return new WitnessSettings("near", Optional.of(URI.create("http://127.0.0.1:" + port + path)), Optional.empty(),
                Optional.of(Network.REGTEST), Optional.empty(), Optional.empty(), allowPrivate, Optional.empty());
    }

    private void serve(String path, int status, byte[] body) {
        server.createContext(path, exchange -> answer(exchange, status, body));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
