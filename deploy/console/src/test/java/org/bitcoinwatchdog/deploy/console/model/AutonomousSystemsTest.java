package org.bitcoinwatchdog.deploy.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.console.Traffic;
import org.bitcoinwatchdog.detectors.network.Asmap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutonomousSystemsTest {
    /** RETURN (0), then 64496 as asmaps write it: 1 0 and 16 bits of 64496 - 32769, the lowest bit of each byte first. */
    private static final byte[] ALL_IN_64496 = {(byte) 0xf2, (byte) 0xbe, 0x07};
    private static final String PEER = "198.41.7.9:8333";

    @TempDir
    Path folder;

    private final Traffic alice = new Traffic("alice");
    private AutonomousSystems systems;

    @BeforeEach
    void loadMap() throws IOException {
        systems = new AutonomousSystems(Optional.of(Asmap.load(Files.write(folder.resolve("asmap"), ALL_IN_64496))));
    }

    @Test
    void namesTheSystemOfWhatIsRoutable() {
        assertThat(systems.ofText(PEER)).isEqualTo("AS 64496");
        assertThat(systems.ofText("127.0.0.1:8333")).isEqualTo("none");
        assertThat(systems.ofText("some.host:8333")).isEqualTo("none");
        assertThat(AutonomousSystems.UNKNOWN.ofText(PEER)).isNull();
    }

    @Test
    void groupsPeersAndTheAddressesThatTheyTell() {
        NodeView view = viewOf(systems);
        assertThat(view.peers().peers()).singleElement().satisfies(peer -> assertThat(peer.as()).isEqualTo("AS 64496"));
        assertThat(view.peers().autonomousSystems()).containsExactly(new PeersView.GroupCount("AS 64496", 1, 0));
        assertThat(view.addresses().autonomousSystems()).containsExactly(new TopCounts.TopCount("AS 64496", 2, 0));
    }

    @Test
    void withoutAMapThereIsNoSuchView() {
        NodeView view = viewOf(AutonomousSystems.UNKNOWN);
        assertThat(view.peers().autonomousSystems()).isNull();
        assertThat(view.addresses().autonomousSystems()).isNull();
    }

    private NodeView viewOf(AutonomousSystems known) {
        Fleet fleet = new Fleet(Clock.systemUTC(), known);
        fleet.fold(alice.addresses(1, 7, PEER, 0x08080808, 0x01010101));
        return fleet.node("alice", Clock.systemUTC().instant()).orElseThrow();
    }
}
