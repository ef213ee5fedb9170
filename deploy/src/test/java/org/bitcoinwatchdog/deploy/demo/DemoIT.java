package org.bitcoinwatchdog.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.deploy.metrics.ProcessMetrics;
import org.bitcoinwatchdog.events.Alert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private final StringWriter told = new StringWriter();

    @Test
    void theFloodGoesThroughTheKernelToTheWebhookWithinFiveSeconds() throws Exception {
        Optional<Path> player = StandInNode.program();
        assumeTrue(player.isPresent(), "tracepoint-player was not built");
        assumeTrue(bpfObstacle().isEmpty(), () -> "no BPF here: " + bpfObstacle().orElseThrow());

        Demo.Outcome outcome = run(player);

        assertThat(outcome.throughBpf()).isTrue();
        assertThat(outcome.delay()).isPositive().isLessThan(LIMIT);
        assertThat(outcome.alert().labels()).containsEntry(Alert.ALERTNAME, "AddressFlood").containsEntry(Alert.NODE, "node-0");
    }

    @Test
    void withoutTheKernelItSaysSoAndFeedsTheDecoder() throws Exception {
        Demo.Outcome outcome = run(Optional.empty());

        assertThat(outcome.throughBpf()).isFalse();
        assertThat(outcome.delay()).isPositive().isLessThan(LIMIT);
        assertThat(told.toString()).contains("NOT THROUGH THE KERNEL: tracepoint-player was not built");
    }

    private Demo.Outcome run(Optional<Path> player) throws Exception {
        try (ProcessMetrics metrics = new ProcessMetrics("test");
                Demo demo = new Demo(directory, player, metrics, new DemoTeller(new PrintWriter(told)))) {
            return demo.run();
        }
    }

    private static Optional<String> bpfObstacle() {
        try {
            Tracing.check();
            return Optional.empty();
        } catch (KernelException e) {
            return Optional.of(e.reason());
        }
    }
}
