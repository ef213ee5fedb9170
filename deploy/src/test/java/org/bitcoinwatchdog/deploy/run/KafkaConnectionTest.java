package org.bitcoinwatchdog.deploy.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaConnectionTest {
    @TempDir
    Path folder;

    @Test
    void findsTheBrokerOfTheSystemWhereTheUserRunsNone() throws IOException {
        Path own = folder.resolve("own");
        Path system = folder.resolve("system");
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String servers = "127.0.0.1:" + broker.getLocalPort();
            publish(system, servers);
            publish(own, "127.0.0.1:1"); // of a broker that ended

            WatchdogConfiguration configuration = WatchdogConfiguration.defaults();
            assertThat(KafkaConnection.running(configuration, List.of(own, system)).orElseThrow().bootstrapServers()).isEqualTo(servers);
            assertThat(KafkaConnection.running(configuration, List.of(own))).isEmpty();
        }
    }

    private static void publish(Path stateDir, String servers) throws IOException {
        Files.writeString(Files.createDirectories(stateDir.resolve("broker")).resolve("bootstrap-servers"), servers + "\n");
    }
}
