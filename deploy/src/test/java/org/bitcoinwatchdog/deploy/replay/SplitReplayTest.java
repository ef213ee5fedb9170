package org.bitcoinwatchdog.deploy.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.deploy.replay.ReplaySources.Networks;
import org.bitcoinwatchdog.deploy.replay.ReplaySources.RecordingSource;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.deposits.DepositEffect;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.ChainStatus;
import org.bitcoinwatchdog.events.ChainStatus.Verdict;
import org.bitcoinwatchdog.events.Network;
import org.bitcoinwatchdog.events.RecordedCall;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.RecordingWriter;
import org.bitcoinwatchdog.events.Recordings;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rules say about the split of August 2026. */
class SplitReplayTest {
    private static final Path MADE = Path.of("target/split_2026_08.jsonl.gz");

    @TempDir
    private Path folder;

    private final List<Alert> alerts = new ArrayList<>();

    /** Writes the recording to {@link #MADE}. If the test fails because the recording has to change, copy that file. */
    @Test
    void theRecordingIsMadeFromTheHeadersOfTheBranch() throws IOException {
        String data = System.getenv("WATCHDOG_DATA");
        Path file = (data == null ? Path.of("../../shared/data") : Path.of(data)).resolve("split-2026-08.csv");
        assumeTrue(Files.exists(file), file + " is not here: set WATCHDOG_DATA to the folder that has it");
        List<RecordedCall> made = SplitRecording.of(file);
        try (RecordingWriter writer = RecordingWriter.create(MADE)) {
            for (RecordedCall call : made) {
                writer.write(call);
            }
        }
        List<RecordedCall> shipped = new ArrayList<>();
        try (RecordingReader reader = Recordings.open(Recordings.SPLIT, broken -> { })) {
            reader.forEachRemaining(shipped::add);
        }
        assertThat(made).isEqualTo(shipped);
    }

    /** The test stops before the days until the third block, whose replay takes a minute. */
    @Test
    void bothSidesArePagedWithinTwoHoursOfTheForkAndTheBranchIsNamed() throws IOException {
        new Replay(DetectorSettings.defaults(), new Networks(Network.MAIN, Network.MAIN))
                .run(List.of(new RecordingSource(firstHours().toString())), alerts::add, problem -> { });

        List<Alert> branch = alerts.stream().filter(alert -> about(alert, "ForkBranch", SplitRecording.CORE)).toList();
        assertThat(branch.get(0).updatedAt()).as("a minute after the first block")
                .isBetween(Instant.parse("2026-08-08T20:13:00Z"), Instant.parse("2026-08-08T20:14:00Z"));
        assertThat(branch.get(0).severity()).isEqualTo(Severity.INFO);
        assertThat(firstPage(branch).updatedAt()).as("a minute after the second block, which came late")
                .isBetween(Instant.parse("2026-08-08T21:50:00Z"), Instant.parse("2026-08-08T21:51:30Z"));
        assertThat(firstPage(branch).annotations().get(Alert.DESCRIPTION))
                .contains("0000000000000000000169eb6f811ddbd0daf343af7b62180cdb13e7c78dbc16");
        assertThat(firstPage(alerts.stream().filter(alert -> !SplitRecording.CORE.equals(alert.labels().get(Alert.NODE))).toList()).updatedAt())
                .as("about the fleet or the other side").isBefore(Instant.parse("2026-08-08T22:00:00Z"));
    }

    @Test
    void depositsAreOnHoldForBothSides() throws IOException {
        List<ChainStatus> statuses = new ArrayList<>();
        OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts::add).withDeposits(statuses::add);
        try (ReplaySources events = new ReplaySources(List.of(new RecordingSource(firstHours().toString())),
                new Networks(Network.MAIN, Network.MAIN), problem -> { })) {
            events.forEachRemaining(detection::on);
        }

        assertThat(at(statuses, "20:10:00")).returns(Verdict.OK, ChainStatus::verdict).returns(6, ChainStatus::confirmations);
        assertThat(at(statuses, "20:30:00").nodes().get(Verdict.HOLD)).as("it lags").containsExactly(SplitRecording.KNOTS);
        ChainStatus hold = at(statuses, "20:33:00");
        assertThat(hold).returns(Verdict.HOLD, ChainStatus::verdict).returns(DepositEffect.MOST, ChainStatus::confirmations);
        assertThat(reasons(hold, Verdict.HOLD)).containsExactly("FleetSplit null");
        ChainStatus last = statuses.get(statuses.size() - 1);
        assertThat(last.nodes().get(Verdict.HOLD)).containsExactly(SplitRecording.CORE, SplitRecording.KNOTS);
        assertThat(reasons(last, Verdict.HOLD)).contains("FleetSplit null", "ForkBranch null", "ForkBranch core", "FleetLag knots");
        assertThat(last.since()).as("the hold is not interrupted").isEqualTo(hold.since());
    }

    private static ChainStatus at(List<ChainStatus> statuses, String time) {
        Instant at = Instant.parse("2026-08-08T" + time + "Z");
        return statuses.stream().filter(status -> !status.updatedAt().isAfter(at)).reduce((former, later) -> later).orElseThrow();
    }

    private static List<String> reasons(ChainStatus status, Verdict of) {
        return status.reasons().stream().filter(reason -> reason.verdict() == of)
                .map(reason -> reason.alert().alertname() + " " + reason.node()).toList();
    }

    private Path firstHours() throws IOException {
        Path file = folder.resolve("first-hours.jsonl.gz");
        long untilNs = Instant.parse("2026-08-08T22:00:00Z").getEpochSecond() * 1_000_000_000L;
        try (RecordingWriter writer = RecordingWriter.create(file); RecordingReader reader = Recordings.open(Recordings.SPLIT, broken -> { })) {
            while (reader.hasNext()) {
                RecordedCall call = reader.next();
                if (call.timeNs() < untilNs) {
                    writer.write(call);
                }
            }
        }
        return file;
    }

    private static boolean about(Alert alert, String alertname, String node) {
        return alertname.equals(alert.labels().get(Alert.ALERTNAME)) && node.equals(alert.labels().get(Alert.NODE));
    }

    private static Alert firstPage(List<Alert> alerts) {
        return alerts.stream().filter(alert -> alert.firing() && alert.severity() == Severity.PAGE).findFirst().orElseThrow();
    }
}
