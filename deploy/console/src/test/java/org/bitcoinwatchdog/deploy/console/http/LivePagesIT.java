package org.bitcoinwatchdog.deploy.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.deploy.console.SampleAlerts;
import org.bitcoinwatchdog.deploy.console.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LivePagesIT {
    private final Traffic alice = new Traffic("alice");
    private ServedConsole console;

    @BeforeEach
    void serve() throws IOException {
        console = ServedConsole.open();
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void aPageIsToldOfTheFleetAndItsAlertsAsTheyChange() throws IOException {
        console.fleet().fold(alice.block(1, 840_000));
        try (Page page = new Page("")) {
            assertThat(page.next("fleet")).contains("\"height\":840000");
            assertThat(page.next("alerts")).isEqualTo("[]");
            console.alerts().fold(SampleAlerts.flood("alice", Instant.now()));
            assertThat(page.next("alerts")).contains("AddressFlood");
        }
    }

    @Test
    void aPageThatFollowsAPeerHearsItsMessages() throws IOException {
        console.fleet().fold(alice.received(1, 7, "198.41.1.1:1", "inv"));
        try (Page page = new Page("?node=alice&stream=1&peer=7")) {
            assertThat(page.next("messages")).contains("\"type\":\"inv\"");
            console.fleet().fold(alice.received(2, 8, "198.41.1.2:1", "tx"));
            console.fleet().fold(alice.received(3, 7, "198.41.1.1:1", "ping"));
            assertThat(page.next("messages")).contains("\"type\":\"ping\"").doesNotContain("\"type\":\"tx\"");
            assertThat(page.next("node")).contains("\"198.41.1.1:1\"");
        }
    }

    @Test
    void aNodeThatIsNotKnownYetIsWaitedFor() throws IOException {
        try (Page page = new Page("?node=alice")) {
            assertThat(page.next("node")).isEqualTo("{\"unknown\":\"alice\"}");
            console.fleet().fold(alice.block(1, 5));
            await().atMost(Duration.ofSeconds(10)).until(() -> page.next("node").contains("\"height\":5"));
        }
    }

    @Test
    void aPageThatGoesAwayIsForgotten() throws IOException {
        Page page = new Page("?node=alice&stream=1");
        page.next("fleet");
        assertThat(console.openPages()).isEqualTo(1);
        page.close();
        await().atMost(Duration.ofSeconds(10)).until(() -> console.openPages() == 0);
    }

    @Test
    void pagesBeyondTheLimitAreTurnedAwayAndTheOthersGoOn() throws IOException {
        List<Page> pages = new ArrayList<>();
        try {
            for (int i = 0; i < LivePages.PAGES; i++) {
                pages.add(new Page(""));
                pages.get(i).next("fleet");
            }
            assertThat(Request.get(console.address(), "/console/api/live").send().status()).isEqualTo(503);
            assertThat(pages.get(0).next("fleet")).contains("nodes");
            assertThat(Request.get(console.address(), "/").send().status()).isEqualTo(200);
        } finally {
            pages.forEach(Page::close);
        }
    }

    @Test
    void onlyPagesThatAreOpenFollowANode() throws IOException {
        console.fleet().fold(alice.block(1, 840_000));
        List<Page> accepted = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            try {
                accepted.add(new Page("?node=alice&stream=1"));
            } catch (IOException e) {
                refused++;
            }
        }
        try {
            assertThat(accepted).hasSize(LivePages.PAGES);
            assertThat(refused).isEqualTo(200 - LivePages.PAGES);
            assertThat(console.fleet().followers()).isEqualTo(LivePages.PAGES);
        } finally {
            accepted.forEach(Page::close);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> console.fleet().followers() == 0 && console.openPages() == 0);
        try (Page again = new Page("?node=alice&stream=1")) {
            assertThat(again.next("fleet")).contains("alice");
        }
    }

    @Test
    void aPageThatDoesNotReadHoldsUpNoOtherAndItsFollowingEnds() throws IOException {
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4_096);
            deaf.connect(console.address());
            deaf.getOutputStream().write("GET /console/api/live?node=alice&stream=1 HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            await().atMost(Duration.ofSeconds(10)).until(() -> console.fleet().followers() == 1);
            try (Page page = new Page("?node=alice&stream=1")) {
                for (int i = 1; i <= 20_000; i++) {
                    console.fleet().fold(alice.received(i, 7, "198.41.1.1:1", "inv"));
                }
                assertThat(page.next("messages")).contains("\"type\":\"inv\"");
            }
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> console.fleet().followers() == 0);
    }

    @Test
    void aPeerThatIsNoNumberIsRefused() throws IOException {
        assertThat(Request.get(console.address(), "/console/api/live?node=alice&stream=1&peer=x").send().status()).isEqualTo(400);
    }

    /** A reader of server-sent events. */
    private final class Page implements AutoCloseable {
        private final BufferedReader lines;
        private final Runnable closed;

        Page(String query) throws IOException {
            HttpURLConnection connection = (HttpURLConnection) URI.create(console.url() + "/console/api/live" + query).toURL().openConnection();
            lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            closed = connection::disconnect;
        }

        /** The data of the next event of that name. */
        String next(String event) throws IOException {
            String line;
            boolean found = false;
            while ((line = lines.readLine()) != null) {
                if (line.startsWith("event: ")) {
                    found = line.equals("event: " + event);
                } else if (found && line.startsWith("data: ")) {
                    return line.substring(6);
                }
            }
            throw new IOException("the stream ended before " + event);
        }

        @Override
        public void close() {
            closed.run();
        }
    }
}
