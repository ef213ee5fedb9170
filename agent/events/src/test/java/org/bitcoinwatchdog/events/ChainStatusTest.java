package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.bitcoinwatchdog.events.ChainStatus.FiringRule;
import org.bitcoinwatchdog.events.ChainStatus.Reason;
import org.bitcoinwatchdog.events.ChainStatus.Verdict;
import org.junit.jupiter.api.Test;

class ChainStatusTest {
    private static final Instant UPDATED = Instant.parse("2026-08-08T12:00:11.500Z");
    private static final ChainStatus STATUS = new ChainStatus("main", Verdict.HOLD, 100,
            List.of(new Reason(Verdict.HOLD, 100, "Two chains.", null, new FiringRule("FleetSplit", "page", "0123456789abcdef",
                            Instant.parse("2026-08-08T12:00:00Z"), "http://127.0.0.1:9332/runbook#fleetsplit")),
                    new Reason(Verdict.UNKNOWN, 36, "carol is silent.", "carol", null)),
            Map.of(Verdict.OK, List.of("bob"), Verdict.HOLD, List.of("alice"), Verdict.UNKNOWN, List.of("carol")), List.of("explorer"),
            Instant.parse("2026-08-08T12:00:01Z"), UPDATED, UPDATED.plus(ChainStatus.VALID));

    private static byte[] golden() throws IOException {
        try (InputStream in = ChainStatusTest.class.getResourceAsStream("/chain-status-v1.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
        }
    }

    private static ChainStatus read(byte[] json) {
        return new ChainStatusSerde().deserializer().deserialize(Topics.CHAIN_STATUS, json);
    }

    @Test
    void readsAndWritesWhatEveryReleaseWrote() throws IOException {
        assertThat(read(golden())).isEqualTo(STATUS);
        assertThat(new String(ChainStatusSerde.write(STATUS), StandardCharsets.UTF_8)).isEqualTo(new String(golden(), StandardCharsets.UTF_8));
    }

    @Test
    void isUnknownOnceItIsNotValidAnyMore() {
        assertThat(STATUS.at(STATUS.validUntil())).isEqualTo(STATUS);

        ChainStatus later = STATUS.at(STATUS.validUntil().plusMillis(1));
        assertThat(later.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(later.reasons()).singleElement().satisfies(reason -> assertThat(reason.why()).contains("2026-08-08T12:00:11Z"));
        assertThat(later.nodes().get(Verdict.UNKNOWN)).containsExactly("alice", "bob", "carol");
    }

    @Test
    void anUnreadableRecordIsASerializationException() {
        for (String bad : List.of("", "null", "{}", "[1]", "{\"network\":\"main\",\"verdict\":\"maybe\"}", "\u0000")) {
            assertThatThrownBy(() -> read(bad.getBytes(StandardCharsets.UTF_8))).isInstanceOf(SerializationException.class);
        }
        assertThat(read(null)).isNull();
    }
}
