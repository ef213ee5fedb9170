package org.bitcoinwatchdog.deploy.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.bitcoinwatchdog.deploy.replay.ReplaySources.RecordingSource;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.BlockArrivals;
import org.bitcoinwatchdog.events.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real block arrivals at two nodes of the main network, from the public data set bitcoin-data/block-arrival-times. They
 * are not part of the repository. The test reads them from the folder in the environment variable WATCHDOG_DATA, or
 * from shared/data beside the checkout.
 */
class BlockArrivalsReplayTest {
    private static final String FIRST = "darosior_node0.csv.gz";
    private static final String SECOND = "offing-gcp.csv.gz";
    private static final int BEGIN = 200;

    private final List<Alert> alerts = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {FIRST, SECOND})
    void naturalGapsPageNoOftenerThanTheBudgetAllowsAndNothingElseDoes(String name) throws IOException {
        Replay.ReplayResult result = replay(name);

        double years = result.span().toSeconds() / 86_400.0 / 365;
        assertThat((double) begins("NoBlock")).isLessThanOrEqualTo(Math.ceil(years));
        assertThat(alerts).filteredOn(alert -> alert.severity() == org.bitcoinwatchdog.events.Severity.PAGE)
                .allMatch(alert -> alert.labels().get(Alert.ALERTNAME).equals("NoBlock"));
        assertThat((double) begins("SlowChain")).as("warnings a week").isLessThanOrEqualTo(result.span().toDays() / 7.0);
        assertThat(problems).isEmpty();
    }

    /** Its file has eleven heights with two blocks; the second came with the block after it, in the same second or the next. */
    @Test
    void everyReorganizationOfTheRealNodeIsConnectedInOrder() throws IOException {
        List<BlockArrivals.BlockArrival> blocks =
                BlockArrivals.read(file(FIRST), Network.MAIN, problems::add).nodes().get(0).connected();

        assertThat(blocks).hasSize(42_628);
        List<Integer> replaced = new ArrayList<>();
        for (int i = 1; i < blocks.size(); i++) {
            if (blocks.get(i).height() == blocks.get(i - 1).height()) {
                replaced.add(blocks.get(i).height());
            } else {
                assertThat(blocks.get(i).height()).isEqualTo(blocks.get(i - 1).height() + 1);
            }
        }
        assertThat(replaced).containsExactly(781277, 781487, 783478, 783830, 788837, 789603, 792379, 804900, 815202, 818038, 819343);
    }

    @Test
    void severalNodesAreReplayedTogether(@TempDir Path folder) throws IOException {
        RecordingSource first = new RecordingSource(beginOf(FIRST, folder).toString());
        RecordingSource second = new RecordingSource(beginOf(SECOND, folder).toString());

        Replay.ReplayResult result = new Replay(DetectorSettings.defaults(), ReplaySources.Networks.USUAL).run(List.of(first, second), alerts::add, problems::add);

        assertThat(result.nodes()).isEqualTo(2);
        assertThat(result.calls()).isEqualTo(2 * BEGIN);
    }

    private static Path beginOf(String name, Path folder) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file(name))), StandardCharsets.UTF_8))) {
            return Files.write(folder.resolve(name.replace(".gz", "")), lines.lines().limit(BEGIN).toList());
        }
    }

    private long begins(String alertname) {
        return alerts.stream().filter(alert -> alert.labels().get(Alert.ALERTNAME).equals(alertname))
                .map(Alert::startsAt).distinct().count();
    }

    private Replay.ReplayResult replay(String... names) throws IOException {
        List<RecordingSource> sources = Stream.of(names).map(name -> new RecordingSource(file(name).toString())).toList();
        return new Replay(DetectorSettings.defaults(), ReplaySources.Networks.USUAL).run(sources, alerts::add, problems::add);
    }

    private static Path file(String name) {
        Optional<Path> found = Stream.of(System.getenv("WATCHDOG_DATA"), "../../shared/data", "../shared/data")
                .filter(folder -> folder != null)
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::exists)
                .findFirst();
        assumeTrue(found.isPresent(), name + " is neither in $WATCHDOG_DATA nor in shared/data beside the checkout");
        return found.get();
    }
}
