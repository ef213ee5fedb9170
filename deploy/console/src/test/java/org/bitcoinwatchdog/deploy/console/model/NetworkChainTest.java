package org.bitcoinwatchdog.deploy.console.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.deploy.console.SampleForks;
import org.bitcoinwatchdog.deploy.console.Traffic;
import org.bitcoinwatchdog.deploy.console.model.FleetView.NodeRow;
import org.bitcoinwatchdog.deploy.console.model.NetworkChain.BitView;
import org.bitcoinwatchdog.deploy.console.model.NetworkChain.DeploymentView;
import org.bitcoinwatchdog.deploy.console.model.NetworkChain.ForkView;
import org.bitcoinwatchdog.deploy.console.model.NetworkChain.SideView;
import org.bitcoinwatchdog.deploy.http.WebAnswer;
import org.bitcoinwatchdog.events.ChainBranch;
import org.bitcoinwatchdog.events.NodeDigest;
import org.junit.jupiter.api.Test;

class NetworkChainTest {
    private static final Instant NOW = Instant.ofEpochSecond(Traffic.BEGIN_S);

    private final Fleet fleet = new Fleet(Clock.fixed(NOW, ZoneOffset.UTC), AutonomousSystems.UNKNOWN);
    private final SampleForks forks = new SampleForks(Traffic.BEGIN_S * 1_000_000_000L);

    @Test
    void aFleetWithoutForkOrSignallingHasNothingToShow() {
        hear(NodeDigest.newBuilder().setNode("alice").setNetwork("main").setAtNs(1).build());

        assertThat(fleet.view().networks()).isEmpty();
    }

    @Test
    void joinsTheReportsOfBothSidesToOneFork() {
        hear(forks.alice(), forks.bob(), forks.explorer());

        ForkView fork = onlyFork();
        assertThat(fork.height()).isEqualTo(SampleForks.FORK);
        assertThat(fork.agoMs()).isEqualTo(7_200_000);
        assertThat(fork.sides()).extracting(SideView::blocks).containsExactly(12, 3);
        SideView longer = fork.sides().get(0);
        assertThat(longer.tipHash()).endsWith("0a0c");
        assertThat(longer.firstHash()).endsWith("0a01");
        assertThat(longer.extendedMs()).isEqualTo(240_000);
        assertThat(longer.nodes()).containsExactly("alice", "explorer");
        SideView shorter = fork.sides().get(1);
        assertThat(shorter.label()).isEqualTo("bip110");
        assertThat(shorter.nodes()).containsExactly("bob");
        assertThat(shorter.announcedBy()).containsExactly("Knots v29.3.0");
        assertThat(shorter.bits()).isEqualTo(Map.of(4, 3));
    }

    @Test
    void aNodeWhoseTipIsTheForkIsOnNoSide() {
        ChainBranch branch = forks.bob().getBranches(0).toBuilder().clearOwnFirstHash().setOwnLength(0).build();
        hear(NodeDigest.newBuilder().setNode("carol").setNetwork("main").setAtNs(Traffic.BEGIN_S * 1_000_000_000L).addBranches(branch).build());

        assertThat(onlyFork().at()).containsExactly("carol");
        assertThat(onlyFork().sides()).singleElement().satisfies(side -> assertThat(side.nodes()).isEmpty());
    }

    @Test
    void showsDeploymentsAndTheBitsThatHalfOfTheBlocksSignal() {
        hear(forks.alice());

        NetworkChain main = fleet.view().networks().get(0);
        assertThat(main.deployments()).containsExactly(new DeploymentView("bip110", 4, "alice", List.of(), 961_643, 961_632, 2_016, 12, 1, 2_005,
                1_109, 963_648, false));
        assertThat(main.unknownBits()).containsExactly(new BitView(7, "alice", 61, 100));
    }

    @Test
    void tellsEachSideOfASplitHowItsOwnBlocksSignal() {
        hear(forks.alice(), forks.bob().toBuilder().setSignalling(forks.alice().getSignalling()).build(),
                forks.bob().toBuilder().setNode("dave").setSignalling(forks.alice().getSignalling()).build());

        assertThat(fleet.view().networks().get(0).deployments()).extracting(DeploymentView::node, DeploymentView::sides)
                .containsExactly(tuple("alice", List.of()), tuple("dave", List.of("bip110")));
    }

    @Test
    void marksWitnesses() {
        hear(forks.alice(), forks.explorer());

        assertThat(fleet.view().nodes()).filteredOn(NodeRow::witness).extracting(NodeRow::name).containsExactly("explorer");
    }

    @Test
    void showsTheNewestForksOfTooMany() {
        NodeDigest.Builder digest = forks.alice().toBuilder().clearBranches();
        for (int i = 0; i < 50; i++) {
            digest.addBranches(forks.alice().getBranches(0).toBuilder().setForkHeight(i).setForkHash(ByteString.copyFrom(new byte[] {(byte) i})));
        }
        hear(digest.build());

        assertThat(fleet.view().networks().get(0).forks()).hasSize(ConsoleLimits.FORKS).extracting(ForkView::height).startsWith(49, 48);
    }

    @Test
    void isWrittenAsJson() {
        hear(forks.alice(), forks.bob());

        assertThat(new String(WebAnswer.jsonBytes(fleet.view()))).contains("\"forks\":[{\"height\":961631", "\"nodes\":[\"bob\"]", "\"bits\":{\"4\":3}",
                "\"possible\":2005", "\"mandatoryHeight\":963648", "\"witness\":false");
    }

    private ForkView onlyFork() {
        assertThat(fleet.view().networks()).hasSize(1);
        assertThat(fleet.view().networks().get(0).forks()).hasSize(1);
        return fleet.view().networks().get(0).forks().get(0);
    }

    private void hear(NodeDigest... digests) {
        for (NodeDigest digest : digests) {
            fleet.fold(digest, NOW);
        }
    }
}
