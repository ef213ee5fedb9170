package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.AnnouncedBlock;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.BlockHeader;
import org.junit.jupiter.api.Test;

class ForkBranchTest {
    private static final int FORK = 961_631;
    private static final int PEER = 1;
    private static final int BITS = 0x1702353d;

    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode node = new TestNode("alice", detection::on);
    /** The oldest block first. */
    private List<BlockHeader> branch;
    private int bits;

    private void atTheFork(List<BlockHeader> of) {
        branch = of;
        bits = branch.get(0).getBits();
        node.started().knows(PEER, "203.0.113.7:8333", TestNode.FULL_RELAY);
        announces(header(TestNode.hash(FORK - 1), TestNode.hash(FORK - 2)));
        node.connects(FORK - 1);
        announces(header(branch.get(0).getPreviousHash(), TestNode.hash(FORK - 1)));
        connects(branch.get(0).getPreviousHash(), FORK);
        passes(Duration.ofMinutes(31));
    }

    @Test
    void theBranchOfAugust2026PagesANodeOfTheNetworkAtItsThirdBlock() throws IOException {
        atTheFork(branchOfAugust2026());
        mainBlock(FORK + 1, branch.get(0).getPreviousHash());
        for (BlockHeader header : branch.subList(0, 3)) {
            announces(header);
            passes(Duration.ofMinutes(10));
        }
        assertThat(alerts.changesOf("ForkBranch"))
                .containsExactly("ForkBranch alice info", "ForkBranch alice warn", "ForkBranch alice page");
        assertThat(alerts.measured("length")).isEqualTo(3);
        assertThat(alerts.measured("height")).isEqualTo(FORK + 1);
        assertThat(alerts.last().evidence().subjects().get("peers")).containsExactly("203.0.113.7:8333");
    }

    @Test
    void aNodeThatFollowsTheBranchOfAugust2026IsToldThatTheOtherIsLonger() throws IOException {
        atTheFork(branchOfAugust2026());
        for (BlockHeader header : branch.subList(0, 2)) {
            announces(header);
            connects(header.getHash(), FORK + 1 + branch.indexOf(header));
        }
        ByteString parent = branch.get(0).getPreviousHash();
        for (int height = FORK + 1; height < FORK + 5; height++) {
            announces(header(TestNode.hash(height), parent));
            parent = TestNode.hash(height);
            passes(Duration.ofMinutes(2));
        }
        assertThat(alerts.changesOf("ForkBranch"))
                .containsExactly("ForkBranch alice info", "ForkBranch alice warn", "ForkBranch alice page");
        assertThat(alerts.measured("ahead")).isEqualTo(2);
    }

    @Test
    void aBranchThatGrowsAnHourAfterTheForkPages() {
        atTheFork(madeUpBranch());
        ByteString tip = mainBlock(FORK + 1, branch.get(0).getPreviousHash());
        announces(branch.get(0));
        passes(Duration.ofMinutes(61));
        mainBlock(FORK + 2, tip);
        announces(branch.get(1));
        passes(Duration.ofMinutes(2));
        assertThat(alerts.changesOf("ForkBranch")).containsExactly("ForkBranch alice info", "ForkBranch alice page");
    }

    @Test
    void aYearOfStaleBlocksPagesNobody() {
        atTheFork(madeUpBranch());
        ByteString tip = branch.get(0).getPreviousHash();
        for (int i = 0; i < 61; i++) {
            int height = FORK + 1 + 2 * i;
            tip = mainBlock(height, i % 2 == 0 ? stale(height, tip) : tip);
            passes(Duration.ofMinutes(20));
            tip = mainBlock(height + 1, tip);
            passes(Duration.ofHours(3));
        }
        assertThat(alerts.changes()).noneMatch(change -> change.startsWith("ForkBranch") && !change.endsWith("info"));
        assertThat(alerts.changesOf("ForkBranch")).isNotEmpty();
    }

    /** Another block at the same height. The node connects it first, or never. */
    private ByteString stale(int height, ByteString parent) {
        ByteString hash = TestNode.hash(height + 1_000_000);
        announces(header(hash, parent));
        if (height % 8 == 0) {
            connects(hash, height);
            passes(Duration.ofMinutes(5));
        }
        return parent;
    }

    @Test
    void headersOfAnotherTargetCountForNothing() {
        atTheFork(madeUpBranch());
        mainBlock(FORK + 1, branch.get(0).getPreviousHash());
        ByteString parent = branch.get(0).getPreviousHash();
        for (int i = 0; i < 5; i++) {
            ByteString hash = TestNode.hash(5_000_000 + i);
            announces(header(hash, parent).toBuilder().setBits(0x17040000).build());
            parent = hash;
        }
        passes(Duration.ofMinutes(5));
        assertThat(alerts.changesOf("ForkBranch")).isEmpty();
    }

    @Test
    void headersThatWaitForTheirBlocksAreNoBranch() {
        atTheFork(madeUpBranch());
        ByteString parent = branch.get(0).getPreviousHash();
        for (BlockHeader header : branch) {
            announces(header(header.getHash(), parent));
            parent = header.getHash();
        }
        passes(Duration.ofMinutes(5));
        assertThat(alerts.changesOf("ForkBranch")).isEmpty();
    }

    private ByteString mainBlock(int height, ByteString parent) {
        announces(header(TestNode.hash(height), parent));
        node.connects(height);
        return TestNode.hash(height);
    }

    private BlockHeader header(ByteString hash, ByteString parent) {
        return BlockHeader.newBuilder().setHash(hash).setPreviousHash(parent).setBits(bits).setProofOfWorkValid(true)
                .setTimeS((int) node.now().getEpochSecond()).build();
    }

    private void announces(BlockHeader header) {
        node.receives(PEER, "cmpctblock", message -> message.setBlock(AnnouncedBlock.newBuilder().setHeader(header)));
    }

    private void connects(ByteString hash, int height) {
        node.does(event -> event.setBlockConnected(BlockConnected.newBuilder().setHash(hash).setHeight(height)));
    }

    private void passes(Duration time) {
        for (long minute = 0; minute < time.toMinutes(); minute++) {
            node.leaps(Duration.ofSeconds(50)).waits(Duration.ofSeconds(10));
        }
    }

    private static List<BlockHeader> madeUpBranch() {
        List<BlockHeader> headers = new ArrayList<>();
        ByteString parent = TestNode.hash(FORK);
        for (int i = 0; i < 8; i++) {
            ByteString hash = TestNode.hash(9_000_000 + i);
            headers.add(BlockHeader.newBuilder().setHash(hash).setPreviousHash(parent).setBits(BITS).setProofOfWorkValid(true).build());
            parent = hash;
        }
        return headers;
    }

    /**
     * The real branch: height, hash, header, the newest block first. It is not part of the repository. The test reads
     * it from the folder in the environment variable WATCHDOG_DATA, or from shared/data beside the checkout.
     */
    private static List<BlockHeader> branchOfAugust2026() throws IOException {
        String folder = System.getenv("WATCHDOG_DATA");
        Path file = (folder == null ? Path.of("../../shared/data") : Path.of(folder)).resolve("split-2026-08.csv");
        assumeTrue(Files.exists(file), file + " is not here: set WATCHDOG_DATA to the folder that has it");
        List<BlockHeader> headers = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(",");
                ByteBuffer raw = ByteBuffer.wrap(HexFormat.of().parseHex(fields[2])).order(ByteOrder.LITTLE_ENDIAN);
                headers.add(0, BlockHeader.newBuilder().setVersion(raw.getInt(0)).setPreviousHash(ByteString.copyFrom(raw.array(), 4, 32))
                        .setTimeS(raw.getInt(68)).setBits(raw.getInt(72)).setProofOfWorkValid(true)
                        .setHash(reversed(HexFormat.of().parseHex(fields[1]))).build());
            }
        }
        return headers;
    }

    private static ByteString reversed(byte[] hash) {
        byte[] wire = new byte[hash.length];
        for (int i = 0; i < hash.length; i++) {
            wire[i] = hash[hash.length - 1 - i];
        }
        return ByteString.copyFrom(wire);
    }
}
