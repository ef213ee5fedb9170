package org.bitcoinwatchdog.deploy.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShutdownDeadlineTest {
    @Test
    void endsTheProcessIfAPartDoesNotClose() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ShutdownDeadline deadline = new ShutdownDeadline(Duration.ofMillis(10), ended::countDown);
        deadline.start();
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void doesNothingOnceThePartsAreClosed() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ShutdownDeadline deadline = new ShutdownDeadline(Duration.ofMillis(200), ended::countDown);
        deadline.close();
        deadline.start();
        assertThat(ended.await(400, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void isShorterThanServiceManagersWait() throws Exception {
        try (Stream<Path> units = Files.list(Path.of("systemd")).filter(unit -> unit.toString().endsWith(".service"))) {
            for (Path unit : units.toList()) {
                assertThat(Files.readAllLines(unit)).as(unit.toString())
                        .anyMatch(line -> isLonger(line, "TimeoutStopSec="));
            }
        }
        assertThat(Files.readAllLines(Path.of("container/compose.yaml")))
                .anyMatch(line -> isLonger(line.strip().replace("s", ""), "top_grace_period: "));
    }

    private static boolean isLonger(String line, String key) {
        return line.startsWith(key)
                && Integer.parseInt(line.substring(key.length())) > ShutdownDeadline.LIMIT.toSeconds();
    }
}
