package org.bitcoinwatchdog.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class KafkaReachabilityTest {
    private final AtomicLong nowNs = new AtomicLong();

    @Test
    void isAFaultOnceAskingHasEnded() {
        KafkaReachability reachability = new KafkaReachability(Map.of(), new SimpleMeterRegistry(), properties -> {
            throw new LinkageError("injected");
        }, nowNs::get);
        assertThatThrownBy(reachability::ask).isInstanceOf(LinkageError.class);
        assertThat(reachability.fault()).contains("is no longer asked: LinkageError");
        assertThat(reachability.obstacle()).isEqualTo(reachability.fault());
    }

    @Test
    void doesNotRepeatAnOldAnswer() {
        KafkaReachability reachability = new KafkaReachability(Map.of(), new SimpleMeterRegistry(), properties -> {
            throw new KafkaException("injected");
        }, nowNs::get);
        reachability.ask();
        assertThat(reachability.obstacle()).contains("no connection: injected");
        nowNs.addAndGet(Duration.ofSeconds(31).toNanos());
        assertThat(reachability.obstacle()).contains("no answer within 30 s");
        assertThat(reachability.fault()).isEmpty();
    }
}
