package org.bitcoinwatchdog.agent.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.agent.witness.MinedChain.MinedBlock;
import org.bitcoinwatchdog.agent.witness.WitnessFollower.GainedBlock;
import org.bitcoinwatchdog.events.Network;
import org.junit.jupiter.api.Test;

class WitnessFollowerTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_100_000);

    private final MinedChain mined = new MinedChain();
    private final List<MinedBlock> blocks = mined.mine(null, 4, 1);
    private final List<GainedBlock> gained = new ArrayList<>();
    private HeaderSource source = mined.showing(blocks.get(0));
    private final WitnessFollower follower = new WitnessFollower(
            settings(Optional.empty()), new Switchable(), Clock.fixed(NOW, ZoneOffset.UTC), gained::add);

    @Test
    void tellsOfEachBlockOnce() {
        ask(blocks.get(0));
        ask(blocks.get(0));
        ask(blocks.get(2));
        assertThat(gained).extracting(GainedBlock::height).containsExactly(100, 101, 102);
        assertThat(follower.height()).isEqualTo(102);
        assertThat(follower.answers()).isEqualTo(3);
        assertThat(follower.answeredAt()).isEqualTo(NOW);
    }

    @Test
    void waitsLongerAfterEachFailureAndAsUsualAfterAnAnswer() {
        source = failing(new WitnessFault("it is away"));
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            waits.add(follower.ask().toSeconds());
        }
        assertThat(waits).containsExactly(10L, 20L, 40L, 80L, 160L, 300L, 300L);
        assertThat(follower.fault()).contains("it is away");
        assertThat(follower.failures()).isEqualTo(7);
        source = mined.showing(blocks.get(0));
        assertThat(follower.ask()).hasSeconds(10);
        assertThat(follower.fault()).isEmpty();
    }

    @Test
    void leavesABusyWitnessAloneForAsLongAsItAsks() {
        source = failing(new WitnessFault("it is busy", Optional.of(Duration.ofMinutes(20))));
        assertThat(follower.ask()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void settingsNameOneInterface() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WitnessSettings("w", Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
                .withMessageContaining("either rest or esplora");
    }

    @Test
    void settingsRefuseAProxyWithoutAPort() {
        for (String proxy : List.of("tor", "tor:", ":9050", "tor:0", "tor:65536", "tor:x")) {
            assertThatIllegalArgumentException().as(proxy).isThrownBy(() -> settings(Optional.of(proxy)))
                    .withMessageContaining("127.0.0.1:9050");
        }
    }

    private void ask(MinedBlock tip) {
        source = mined.showing(tip);
        assertThat(follower.ask()).hasSeconds(10);
    }

    private static WitnessSettings settings(Optional<String> proxy) {
        return new WitnessSettings("w", Optional.of(URI.create("http://127.0.0.1:1")), Optional.empty(),
                Optional.of(Network.REGTEST), Optional.empty(), proxy, Optional.empty(), Optional.empty());
    }

    private HeaderSource failing(WitnessFault fault) {
        HeaderSource working = source;
        return new HeaderSource() {
            @Override
            public ByteString tip() throws IOException {
                throw fault;
            }

            @Override
            public int height(ByteString tip) throws IOException {
                return working.height(tip);
            }

            @Override
            public byte[] header(ByteString hash) throws IOException {
                return working.header(hash);
            }

            @Override
            public void close() {
            }
        };
    }

    /** Asks what the test has set at the moment. */
    private final class Switchable implements HeaderSource {
        @Override
        public ByteString tip() throws IOException {
            return source.tip();
        }

        @Override
        public int height(ByteString tip) throws IOException {
            return source.height(tip);
        }

        @Override
        public byte[] header(ByteString hash) throws IOException {
            return source.header(hash);
        }

        @Override
        public void close() {
        }
    }
}
