package org.bitcoinwatchdog.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusalsTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Refusals.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private long nowNs = Long.MAX_VALUE - 5;
    private final Refusals refusals = new Refusals(() -> nowNs);

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(logged);
    }

    @Test
    void thousandsOfRefusalsThatDifferInTheirTimesAreOneLine() {
        for (int i = 0; i < 5_000; i++) {
            nowNs += 1_000_000;
            refusals.add("alice", new InvalidTimestampException("Timestamp " + nowNs + " is out of range"), "which are lost");
        }
        assertThat(logged.list).hasSize(1);
        refusals.add("alice", new RecordTooLargeException("2 MB"), "which are lost");
        assertThat(logged.list).hasSize(2);
    }

    @Test
    void aRefusalIsAnObstacleForAMinute() {
        assertThat(refusals.obstacle()).isEmpty();
        refusals.add("alice", new TopicAuthorizationException("watchdog.node-events"), "which wait in memory and on disk");
        assertThat(refusals.obstacle()).hasValueSatisfying(text ->
                assertThat(text).startsWith("Kafka refuses events of alice, which wait in memory and on disk: "));
        nowNs += Duration.ofSeconds(59).toNanos();
        assertThat(refusals.obstacle()).isPresent();
        nowNs += Duration.ofSeconds(1).toNanos();
        assertThat(refusals.obstacle()).isEmpty();
    }
}
