package org.bitcoinwatchdog.deploy.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.deploy.console.Traffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random requests to every path that the server has. {@code -Dwatchdog.fuzz.seed=N} repeats a run or starts another; {@code -Dwatchdog.fuzz.seconds=N}
 * lasts longer.
 */
@Timeout(120)
class EndpointsFuzzIT {
    private static final long SEED = Long.getLong("watchdog.fuzz.seed", 20_261_128L);
    private static final int REQUESTS = 6_000;
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("watchdog.fuzz.seconds", 4));
    private static final int LEAST_ANSWERS = 500;
    private static final int CLIENTS = 4;
    /** A stream does not end by itself. */
    private static final int READ_LIMIT_MS = 300;
    private static final long HEAP_LIMIT = 64L << 20;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) [\\s\\S]*");
    private static final Pattern INNER = Pattern.compile(
            "(?i)exception|\\bat [a-z]+\\.|org\\.bitcoinwatchdog|org\\.eclipse|com\\.fasterxml|java\\.|jetty|" + Pattern.quote(System.getProperty("user.dir")));

    private final AtomicInteger answered = new AtomicInteger();

    private static final String GOOD_SILENCE = "{\"matchers\":[{\"label\":\"node\",\"operator\":\"=\",\"value\":\"bob\"}],"
            + "\"author\":\"ann\",\"comment\":\"upgrade\",\"durationS\":3600}";

    @Test
    void noRequestGetsAFaultOrAWordOfTheInside() throws Exception {
        try (ServedConsole console = ServedConsole.open()) {
            Traffic alice = new Traffic("alice");
            console.fleet().fold(alice.received(1, 7, "198.41.1.1:1", "inv"));
            List<String> paths = List.copyOf(console.server().paths().stream().sorted().toList());
            assertThat(paths).contains("/metrics", "/healthz", "/readyz", "/", "/runbook", "/console/api/live", "/console/api/silences");
            send(console, paths, 0, 200, System.nanoTime() + TIME.toNanos());
            long before = usedHeap();

            long untilNs = System.nanoTime() + TIME.toNanos();
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            List<Future<?>> sending = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int first = 200 + client * REQUESTS / CLIENTS;
                sending.add(clients.submit(() -> {
                    send(console, paths, first, REQUESTS / CLIENTS, untilNs);
                    return null;
                }));
            }
            clients.shutdown();
            for (Future<?> client : sending) {
                client.get();
            }

            System.out.println("EndpointsFuzzIT: seed " + SEED + ", " + paths.size() + " paths, " + answered + " answers");
            assertThat(answered.get()).isGreaterThan(LEAST_ANSWERS);
            await().atMost(Duration.ofSeconds(20)).until(() -> console.openPages() == 0 && console.fleet().followers() == 0);
            assertThat(usedHeap() - before).isLessThan(HEAP_LIMIT);
            for (String path : List.of("/healthz", "/readyz", "/metrics", "/", "/console/api/fleet", "/console/api/silences")) {
                assertThat(Request.get(console.address(), path).send().status()).as(path).isEqualTo(200);
            }
            int silencesBefore = console.silences().view().size();
            Request.post(console.address(), "/console/api/silences", GOOD_SILENCE).with(Guard.WRITE_HEADER, "1").send();
            assertThat(console.silences().view()).as("what is good is still written").hasSize(silencesBefore + 1);
        }
    }

    private void send(ServedConsole console, List<String> paths, int first, int count, long untilNs) throws IOException {
        for (int i = first; i < first + count && (System.nanoTime() < untilNs || answered.get() <= LEAST_ANSWERS); i++) {
            byte[] request = new RandomRequest(SEED + i, paths).bytes();
            String answer = exchange(console, request);
            if (!answer.isEmpty()) {
                answered.incrementAndGet();
                check(answer, "seed " + (SEED + i) + ": " + new String(request, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static void check(String answer, String request) {
        var status = STATUS.matcher(answer);
        assertThat(status.matches()).as("%s%nanswer: %s", request, answer).isTrue();
        int code = Integer.parseInt(status.group(1));
        assertThat(code < 500 || code == 503).as("%s%nanswer: %s", request, answer).isTrue();
        String inspected = code < 400 ? answer.split("\r\n\r\n", 2)[0] : answer;
        assertThat(INNER.matcher(inspected).find()).as("%s%nanswer: %s", request, answer).isFalse();
    }

    private static String exchange(ServedConsole console, byte[] request) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(console.address().getAddress(), console.address().getPort())) {
            socket.setSoTimeout(READ_LIMIT_MS);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[16_384];
            for (int read = in.read(buffer); read >= 0 && answer.size() < 1 << 20; read = in.read(buffer)) {
                answer.write(buffer, 0, read);
            }
        } catch (SocketTimeoutException | SocketException e) {
            // A stream, or the server has closed the connection, which may also lose the answer.
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
