package org.bitcoinwatchdog.alerts.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.bitcoinwatchdog.alerts.matching.Matcher;
import org.junit.jupiter.api.Test;

class SilencesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
    private static final Map<String, String> ALICE = Map.of("node", "alice", "alertname", "FleetLag");

    private final Silences silences = new Silences();

    @Test
    void silencesAlertsThatMatchAllMatchers() {
        silences.put(silence("1", NOW, NOW.plusSeconds(60), "node=alice", "alertname=~Fleet.*"));
        assertThat(silences.silencedUntil(ALICE, NOW)).contains(NOW.plusSeconds(60));
        assertThat(silences.silencedUntil(Map.of("node", "alice", "alertname", "NoBlock"), NOW)).isEmpty();
    }

    @Test
    void holdsFromItsStartToItsEnd() {
        silences.put(silence("1", NOW.plusSeconds(10), NOW.plusSeconds(60), "node=alice"));
        assertThat(silences.silencedUntil(ALICE, NOW)).isEmpty();
        assertThat(silences.silencedUntil(ALICE, NOW.plusSeconds(10))).isPresent();
        assertThat(silences.silencedUntil(ALICE, NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void theLastOfSeveralCounts() {
        silences.put(silence("1", NOW, NOW.plusSeconds(60), "node=alice"));
        silences.put(silence("2", NOW, NOW.plusSeconds(90), "node=~a.*"));
        assertThat(silences.silencedUntil(ALICE, NOW)).contains(NOW.plusSeconds(90));
        silences.remove("2");
        assertThat(silences.silencedUntil(ALICE, NOW)).contains(NOW.plusSeconds(60));
    }

    @Test
    void aSilenceThatIsEndedBeforeItsStartNeverHeld() {
        Silence planned = silence("1", NOW.plusSeconds(10), NOW.plusSeconds(60), "node=alice");
        assertThat(planned.state(NOW)).isEqualTo(Silence.SilenceState.PENDING);
        assertThat(planned.ended(NOW).state(NOW)).isEqualTo(Silence.SilenceState.EXPIRED);
    }

    @Test
    void refusesASilenceOfNearlyEverything() {
        assertThatIllegalArgumentException().isThrownBy(() -> silence("1", NOW, NOW.plusSeconds(1), "node=~.*", "fleet!=x"))
                .withMessageContaining("nearly every alert");
        assertThatIllegalArgumentException().isThrownBy(() -> silence("1", NOW, NOW.plusSeconds(1)))
                .withMessage("a silence must have 1 to 20 matchers");
        assertThatIllegalArgumentException().isThrownBy(() -> silence("1", NOW, NOW.minusSeconds(1), "node=alice"))
                .withMessage("a silence must end after it starts");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> silence("1", NOW, NOW.plus(Duration.ofDays(400)), "node=alice"))
                .withMessage("a silence must not last longer than 366 days");
    }

    @Test
    void isReadAsItWasWritten() throws Exception {
        Silence silence = silence("1", NOW, NOW.plusSeconds(60), "node=~\"a\\\"b\"", "alertname!=x");
        byte[] json = SilenceJson.write(silence);
        assertThat(SilenceJson.read(json)).isEqualTo(silence);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .contains("{\"label\":\"alertname\",\"operator\":\"!=\",\"value\":\"x\"}", "\"startsAt\":\"2026-11-22T15:00:00Z\"");
    }

    private static Silence silence(String id, Instant from, Instant to, String... matchers) {
        return new Silence(id, Arrays.stream(matchers).map(Matcher::parse).toList(), "carol", "upgrade", from, to);
    }
}
