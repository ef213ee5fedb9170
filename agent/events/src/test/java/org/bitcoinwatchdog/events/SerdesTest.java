package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SerdesTest {
    private static final byte[] POISON = {(byte) 0xff, 0, 'x'};

    static Stream<Serde<?>> serdes() {
        return Stream.of(new NodeEventSerde(), new NodeDigestSerde(), new AlertSerde());
    }

    @ParameterizedTest
    @MethodSource("serdes")
    void aPoisonRecordIsATypedExceptionWithoutItsContent(Serde<?> serde) {
        assertThatThrownBy(() -> serde.deserializer().deserialize("some-topic", POISON))
                .isInstanceOf(SerializationException.class).hasMessageContaining("some-topic");
    }

    @ParameterizedTest
    @MethodSource("serdes")
    void aRecordWithoutValueStaysNull(Serde<?> serde) {
        assertThat((Object) serde.deserializer().deserialize("t", null)).isNull();
        assertThat(serde.serializer().serialize("t", null)).isNull();
    }

    @Test
    void whatIsWrittenIsReadBack() {
        roundTrip(new NodeEventSerde(), NodeEvent.newBuilder().setNode("alice").setSequence(7).build());
        roundTrip(new NodeDigestSerde(), NodeDigest.newBuilder().setNode("alice").setAtNs(7).build());
        roundTrip(new AlertSerde(), new Alert(AlertStatus.FIRING, new TreeMap<>(Map.of(Alert.ALERTNAME, "NoBlock")),
                new TreeMap<>(), Instant.EPOCH, Instant.EPOCH, null, null, null));
    }

    private static <T> void roundTrip(Serde<T> serde, T value) {
        byte[] bytes = serde.serializer().serialize("t", value);
        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(value);
    }
}
