package org.bitcoinwatchdog.detectors.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStarted;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * testnet4's rule of 20 minutes: a block whose time is more than 20 minutes after its parent's may have the minimum difficulty, and its
 * time may be two hours ahead. So a block of full difficulty is followed by a storm of up to six at once, and then by one at a time.
 */
class TestnetBlocksTest {
    private static final int WEEKS = 6;
    private static final double AHEAD_MIN = 120;
    private static final double STEP_MIN = 20;

    private final Set<String> slowChains = new HashSet<>();
    private final Set<String> noBlocks = new HashSet<>();
    private final OfflineDetection rules = new OfflineDetection(DetectorSettings.defaults(), this::alert);
    private double nowMin;
    private int height = 100_000;
    private long sequence;

    private void alert(Alert alert) {
        switch (alert.labels().get(Alert.ALERTNAME)) {
            case "SlowChain" -> slowChains.add(alert.startsAt().toString());
            case "NoBlock" -> noBlocks.add(alert.startsAt().toString());
            default -> { }
        }
    }

    @ParameterizedTest
    @CsvSource({"120, 40, 0.5", "240, 40, 0.5", "60, 20, 1"})
    void slowChainWarnsAtMostOnceANodeWeekAndNoBlockNever(double fullDifficultyEachMin, double minersTakeMin, double stormShare) {
        Random random = new Random(1);
        emit(event().setNodeStarted(NodeStarted.newBuilder().setPid(1)));
        double chainMin = 0;
        double nextFull = exponential(random, fullDifficultyEachMin);
        while (nowMin < WEEKS * 7 * 1_440) {
            double minimum = Math.max(nowMin, chainMin + STEP_MIN - AHEAD_MIN) + exponential(random, minersTakeMin);
            if (nextFull <= minimum) {
                blockAt(nextFull);
                chainMin = chainMin > nowMin ? Math.max(nowMin, chainMin - 60) : nowMin;
                nextFull = nowMin + exponential(random, fullDifficultyEachMin);
            } else {
                blockAt(minimum);
                chainMin = Math.max(chainMin + STEP_MIN, nowMin);
                boolean storm = random.nextDouble() < stormShare;
                for (; storm && chainMin + STEP_MIN <= nowMin + AHEAD_MIN; chainMin += STEP_MIN) {
                    blockAt(nowMin + 0.05);
                }
            }
        }

        assertThat(slowChains).hasSizeLessThanOrEqualTo(WEEKS);
        assertThat(noBlocks).isEmpty();
    }

    private static double exponential(Random random, double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    private void blockAt(double atMin) {
        for (; nowMin + 0.5 < atMin; nowMin += 0.5) {
            emit(event().setHeartbeat(Heartbeat.newBuilder().setPid(1)));
        }
        nowMin = atMin;
        ByteString hash = ByteString.copyFrom(ByteBuffer.allocate(32).putInt(++height).array());
        emit(event().setBlockConnected(BlockConnected.newBuilder().setHeight(height).setHash(hash)));
    }

    private NodeEvent.Builder event() {
        return NodeEvent.newBuilder().setNode("node-0").setNetwork("testnet4").setEpoch(1).setSequence(sequence++)
                .setObservedAtNs(1_700_000_000_000_000_000L + (long) (nowMin * 60e9));
    }

    private void emit(NodeEvent.Builder event) {
        rules.on(event.build());
    }
}
