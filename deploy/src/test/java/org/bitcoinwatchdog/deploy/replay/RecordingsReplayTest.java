package org.bitcoinwatchdog.deploy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.bitcoinwatchdog.agent.recording.RecordedEvents;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.replay.ReplaySources.Networks;
import org.bitcoinwatchdog.deploy.replay.ReplaySources.RecordingSource;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Network;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Recordings;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alerts that the shipped recordings must raise, and alerts that they must not raise. */
class RecordingsReplayTest {
    private static final Path FOUR_SECOND_BLOCKS = Path.of("examples/four-second-blocks.yaml");
    private static final Instant ATTACK_BEGAN = Instant.ofEpochSecond(1_795_363_302);
    private static final Instant HEALED = Instant.ofEpochSecond(1_795_363_407);
    private static final Instant FLOOD_BEGAN = Instant.ofEpochMilli(1_795_361_549_480L);
    private static final Instant FLOOD_ENDED = Instant.ofEpochMilli(1_795_361_551_490L);

    private final List<Alert> alerts = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    @Test
    void theAddressFloodRaisesOneAlertThatNamesThePeersAndTheFigures() throws IOException {
        replay(DetectorSettings.defaults(), Recordings.ADDRESS_FLOOD);

        assertThat(alerts).extracting(Alert::fingerprint).containsOnly(alerts.get(0).fingerprint());
        Alert last = alerts.get(alerts.size() - 1);
        assertThat(last.labels())
                .containsEntry(Alert.ALERTNAME, "AddressFlood")
                .containsEntry(Alert.SEVERITY, "page")
                .containsEntry(Alert.NODE, "node-0")
                .containsEntry(Alert.DETECTOR, "address-flooding");
        assertThat(last.startsAt()).isBetween(FLOOD_BEGAN, FLOOD_ENDED);
        assertThat(last.evidence().subjects().get("flooding-peers")).as("all six flooders").hasSize(6)
                .allMatch(peer -> peer.startsWith("127.0.0.1:33"));
        assertThat(last.evidence().measurements())
                .anySatisfy(measured -> {
                    assertThat(measured.name()).isEqualTo("discarded-entries");
                    assertThat(measured.value()).isGreaterThanOrEqualTo(measured.threshold());
                });
        assertThat(last.annotations().get(Alert.SUMMARY)).startsWith("6 peers flood node-0 with addresses");
        assertThat(measured(last, "entries-per-message")).isBetween(9.5, 10.0);
        assertThat(measured(last, "future-timestamps")).isGreaterThan(0.98);
        assertThat(measured(last, "unique-addresses")).isLessThanOrEqualTo(measured(last, "entries"));
        assertThat(measured(last, "discarded-entries-of-flooding-peers")).isBetween(29_900.0, measured(last, "discarded-entries"));
    }

    private static double measured(Alert alert, String name) {
        return alert.evidence().measurements().stream().filter(each -> each.name().equals(name))
                .mapToDouble(Measurement::value).findFirst().orElseThrow();
    }

    @Test
    void theEclipseRaisesItsScoreConcentrationAndLagOnItsVictimFromTheAttackToTheHealing() throws IOException {
        replay(WatchdogConfiguration.read(FOUR_SECOND_BLOCKS).detectors(), Recordings.ECLIPSE);

        assertThat(alerts).allMatch(alert -> alert.labels().get(Alert.NODE).equals("node-0"));
        assertThat(alerts).allMatch(alert -> !alert.startsAt().isBefore(ATTACK_BEGAN));
        assertThat(pages()).contains("OutboundConcentration", "Eclipse").containsAnyOf("FleetLag", "AnnouncedNotConnected");
        for (String alertname : alerts.stream().map(RecordingsReplayTest::alertname).distinct().toList()) {
            Alert last = alerts.stream().filter(alert -> alertname(alert).equals(alertname)).reduce((a, b) -> b).orElseThrow();
            assertThat(last.firing()).as(alertname + " is resolved").isFalse();
            assertThat(last.endsAt()).as(alertname + " is resolved after the healing").isAfter(HEALED);
        }
    }

    /**
     * Core's functional tests mine hundreds of blocks at once and connect from 127.0.0.1. They raise no such alert for
     * two reasons. A node that connects more blocks a minute than can be mined is catching up, which disarms the rules
     * about blocks. Peers at unroutable addresses have no netgroup or AS, so they can't be concentrated. One test
     * floods addresses from two peers whose addresses Core processes, which is a warning.
     */
    @ParameterizedTest
    @MethodSource("ordinary")
    void noOtherRecordingPages(String recording) throws IOException {
        replay(DetectorSettings.defaults(), recording);

        assertThat(pages()).isEmpty();
        assertThat(problems).isEmpty();
    }

    static Stream<String> ordinary() {
        return Recordings.NAMES.stream()
                .filter(name -> !name.equals(Recordings.ADDRESS_FLOOD) && !name.equals(Recordings.ECLIPSE));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theTopologyGivesTheSameAlerts(String recording) throws IOException {
        DetectorSettings settings = WatchdogConfiguration.read(FOUR_SECOND_BLOCKS).detectors();
        replay(settings, recording);

        List<Alert> ofTopology = new ArrayList<>();
        try (RecordingReader reader = new RecordingSource(recording).open(broken -> { })) {
            RecordedEvents events = new RecordedEvents(reader, "regtest", skipped -> { });
            NodeEvent first = events.next();
            try (TopologyReplay topology = new TopologyReplay(
                    settings, Instant.ofEpochSecond(0, first.getObservedAtNs()), ofTopology::add)) {
                topology.feed(first);
                events.forEachRemaining(topology::feed);
            }
        }
        assertThat(alerts.subList(0, ofTopology.size())).isEqualTo(ofTopology);
        assertThat(alerts.subList(ofTopology.size(), alerts.size()))
                .as("the last word of what fires at the recording's end").allMatch(Alert::firing);
    }

    static Stream<String> all() {
        return Recordings.NAMES.stream();
    }

    /** Two signets of one name share no block: nothing can be compared between them. */
    @Test
    void nodesOfTwoSignetsAreNotCompared() throws IOException {
        new Replay(DetectorSettings.defaults(), new Networks(Network.SIGNET, Network.MAIN)).run(
                List.of(new RecordingSource("src/test/resources/recordings/two-signets.jsonl.gz")), alerts::add, problems::add);

        assertThat(alerts).as("but for the pings by which the recording keeps time")
                .extracting(RecordingsReplayTest::alertname).isSubsetOf("PingFlood");
        assertThat(problems).isEmpty();
    }

    @Test
    void severalRecordingsTogetherGiveTheSameAlertsEachTime() throws IOException {
        replay(DetectorSettings.defaults(), Recordings.ADDRESS_FLOOD, Recordings.FLEET_NORMAL);
        List<Alert> first = List.copyOf(alerts);
        alerts.clear();
        replay(DetectorSettings.defaults(), Recordings.ADDRESS_FLOOD, Recordings.FLEET_NORMAL);

        assertThat(first).isNotEmpty();
        assertThat(alerts).isEqualTo(first);
    }

    @Test
    void brokenLinesAreToldAndCountedAndLoseNothingElse(@TempDir Path folder) throws IOException {
        Replay.ReplayResult whole = replay(DetectorSettings.defaults(), Recordings.ADDRESS_FLOOD);
        List<Alert> expected = List.copyOf(alerts);
        alerts.clear();
        String text;
        try (InputStream recording = new GZIPInputStream(Recordings.bytes(Recordings.ADDRESS_FLOOD))) {
            text = new String(recording.readAllBytes(), StandardCharsets.UTF_8);
        }
        Path broken = Files.writeString(folder.resolve("broken.jsonl"), "{\"time_ns\":1}\nnot json\n" + text
                + "{\"time_ns\":1795361594685213184,\"node\":\"node-0\",\"tracepoint\":\"net:inbound_message\",\"args\":[");

        Replay.ReplayResult result = replay(DetectorSettings.defaults(), broken.toString());

        assertThat(alerts).isEqualTo(expected);
        assertThat(result.calls()).isEqualTo(whole.calls());
        assertThat(result.skipped()).isEqualTo(3);
        assertThat(problems).hasSize(3).allMatch(problem -> problem.startsWith(broken + ": line "));
    }

    private Replay.ReplayResult replay(DetectorSettings settings, String... recordings) throws IOException {
        return new Replay(settings, Networks.USUAL)
                .run(Stream.of(recordings).map(RecordingSource::new).toList(), alerts::add, problems::add);
    }

    private List<String> pages() {
        return alerts.stream()
                .filter(alert -> alert.severity() == Severity.PAGE)
                .map(RecordingsReplayTest::alertname)
                .distinct()
                .toList();
    }

    private static String alertname(Alert alert) {
        return alert.labels().get(Alert.ALERTNAME);
    }
}
