package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockArrivalsTest {
    private static final long BEGIN_S = 1_700_000_000;

    private final List<String> problems = new ArrayList<>();

    @TempDir
    private Path folder;

    private BlockArrivals.ArrivalsFile contents(String text) throws IOException {
        return BlockArrivals.read(Files.writeString(folder.resolve("carol.csv"), text), Network.MAIN, problems::add);
    }

    private BlockArrivals read(Network network, String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve("carol.csv"), String.join("\n", lines));
        BlockArrivals.ArrivalsFile contents = BlockArrivals.read(file, network, problems::add);
        assertThat(contents.nodes()).hasSize(1);
        return contents.nodes().get(0);
    }

    /** A block named by its height and a letter, such as 100a, that arrives some seconds after the begin. */
    private static String at(double second, String block) {
        int height = Integer.parseInt(block.replaceAll("\\D", ""));
        return height + "," + hash(block) + "," + (long) ((BEGIN_S + second) * 1_000);
    }

    private static String hash(String block) {
        String hex = block.chars().mapToObj(each -> String.format("%02x", each)).collect(Collectors.joining());
        return "0".repeat(64 - hex.length()) + hex;
    }

    private static List<String> names(List<BlockArrivals.BlockArrival> blocks) {
        return blocks.stream().map(block -> {
            byte[] wire = block.hash().toByteArray();
            StringBuilder name = new StringBuilder();
            for (int i = wire.length - 1; i >= 0; i--) {
                name.append(wire[i] == 0 ? "" : (char) wire[i]);
            }
            return name.toString();
        }).toList();
    }

    @Test
    void readsNewestFirstAndOldestFirstAlike() throws IOException {
        BlockArrivals blocks = read(Network.MAIN, at(1200, "102a"), at(600, "101a"), at(0, "100a"));

        assertThat(blocks.node()).isEqualTo("carol");
        assertThat(names(blocks.connected())).containsExactly("100a", "101a", "102a");
        assertThat(blocks.connected().get(1).atNs()).isEqualTo((BEGIN_S + 600) * 1_000_000_000L);
        assertThat(problems).isEmpty();
    }

    @Test
    void aBranchThatTakesOverInOneSecondIsConnectedAfterTheBlockThatItReplaces() throws IOException {
        BlockArrivals blocks = read(Network.MAIN, at(0, "100a"), at(700, "102b"), at(60, "101a"), at(700, "101b"));

        assertThat(names(blocks.connected())).containsExactly("100a", "101a", "101b", "102b");
        assertThat(blocks.neverConnected()).isEmpty();
    }

    @Test
    void aBlockThatArrivesBesideTheChainAndIsNotExtendedWasNeverConnected() throws IOException {
        BlockArrivals blocks = read(Network.MAIN, at(0, "100a"), at(60, "101a"), at(65, "101b"), at(700, "102a"));

        assertThat(names(blocks.connected())).containsExactly("100a", "101a", "102a");
        assertThat(names(blocks.neverConnected())).containsExactly("101b");
    }

    @Test
    void aBlockThatArrivesBeforeItsParentIsConnectedWithIt() throws IOException {
        BlockArrivals blocks = read(Network.MAIN, at(0, "100a"), at(60, "102a"), at(62, "101a"), at(700, "103a"));

        assertThat(names(blocks.connected())).containsExactly("100a", "101a", "102a", "103a");
        assertThat(blocks.connected().get(2).atNs()).isEqualTo((BEGIN_S + 62) * 1_000_000_000L);
    }

    @Test
    void onATestnetOneBlockOfFullDifficultyReplacesSeveral() throws IOException {
        BlockArrivals blocks = read(Network.TESTNET4, at(0, "100a"), at(1, "101a"), at(1, "102a"), at(1, "103a"),
                at(1, "100b"), at(1_200, "101b"), at(2_400, "102b"));

        assertThat(names(blocks.connected())).containsExactly("100a", "101a", "102a", "103a", "100b", "101b", "102b");
    }

    @Test
    void onATestnetABlockOfEqualHeightMayReplaceTheTip() throws IOException {
        BlockArrivals blocks = read(Network.TESTNET4, at(0, "100a"), at(60, "101a"), at(200, "101b"), at(700, "102b"));

        assertThat(names(blocks.connected())).containsExactly("100a", "101a", "101b", "102b");
    }

    @Test
    void timesThatContradictAllOthersAreLeftOut() throws IOException {
        BlockArrivals blocks = read(Network.MAIN, at(0, "100a"), at(600, "101a"), at(90_000, "102a"), at(1_800, "103a"),
                at(-400_000, "104a"), at(3_000, "105a"), at(-9_000, "999999a"), at(3_600, "106a"));

        assertThat(names(blocks.connected())).containsExactly("100a", "101a", "103a", "105a", "106a");
        assertThat(names(blocks.neverConnected())).containsExactlyInAnyOrder("102a", "104a", "999999a");
    }

    @Test
    void aHashThatOccursTwiceCountsOnceWithItsEarliestTime() throws IOException {
        BlockArrivals.ArrivalsFile contents = contents(String.join("\r\n", "height,hash,timestamp",
                at(60, "101a"), at(0, "100a"), at(60.839, "101a"), ""));

        assertThat(contents.lines()).isEqualTo(3);
        assertThat(names(contents.nodes().get(0).connected())).containsExactly("100a", "101a");
        assertThat(contents.nodes().get(0).connected().get(1).atNs()).isEqualTo((BEGIN_S + 60) * 1_000_000_000L);
        assertThat(problems).isEmpty();
    }

    @Test
    void aFourthColumnNamesTheNode() throws IOException {
        BlockArrivals.ArrivalsFile contents = contents(String.join("\n",
                at(0, "100a") + ",alice", at(1, "100a") + ",bob", at(600, "101a") + ",bob"));

        assertThat(contents.nodes()).extracting(BlockArrivals::node).containsExactly("alice", "bob");
        assertThat(names(contents.nodes().get(1).connected())).containsExactly("100a", "101a");
    }

    @Test
    void aFileIsUnzippedWhateverItsName() throws IOException {
        Path file = folder.resolve("dave.csv");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(at(0, "100a").getBytes(StandardCharsets.UTF_8));
        }

        assertThat(BlockArrivals.read(file, Network.MAIN, problems::add).lines()).isEqualTo(1);
    }

    @Test
    void brokenLinesAreReportedCountedAndSkipped() throws IOException {
        BlockArrivals.ArrivalsFile contents = contents(String.join("\n", at(0, "100a"), "101," + hash("101a"), "102,zz,3", "",
                "103," + hash("103a") + "," + Long.MAX_VALUE, at(1, "1a").replaceFirst("1", "-1"),
                "104," + hash("104a") + ",1700000000", "105," + hash("100a") + ",1700000000000", at(60, "101a")));

        assertThat(contents.lines()).isEqualTo(2);
        assertThat(contents.broken()).isEqualTo(6);
        assertThat(problems).hasSize(6).allMatch(problem -> problem.contains("carol.csv: line "))
                .anyMatch(problem -> problem.contains("line 7") && problem.contains("must be in UNIX milliseconds"));
        assertThatThrownBy(() -> BlockArrivals.read(folder.resolve("none.csv"), Network.MAIN, problems::add))
                .isInstanceOf(IOException.class).hasMessageContaining("none.csv");
    }

    /** A node with reorganizations and bursts writes a log with whole seconds; the lines are shuffled. */
    @Test
    void findsEveryBlockOfARandomNodeInAnOrderThatItCanHaveConnected() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<String> lines = new ArrayList<>();
            List<String> blocks = new ArrayList<>();
            int tip = 100;
            double second = 0;
            for (int i = 0; i < 300; i++) {
                boolean reorganizes = random.nextInt(20) == 0;
                second += random.nextInt(10) == 0 ? random.nextInt(3) : 90 + -Math.log(1 - random.nextDouble()) * 600;
                int from = reorganizes ? tip - random.nextInt(3) : tip + 1;
                for (int height = from; height <= tip + 1; height++) {
                    String block = height + letters(i);
                    blocks.add(block);
                    lines.add(at(Math.floor(second), block));
                    second += random.nextInt(8) == 0 ? 1 : 0;
                }
                tip++;
            }
            Collections.shuffle(lines, random);

            BlockArrivals found = read(Network.MAIN, lines.toArray(String[]::new));

            assertThat(names(found.connected())).as("seed " + seed).containsExactlyInAnyOrderElementsOf(blocks);
            assertThat(found.neverConnected()).isEmpty();
            int before = found.connected().get(0).height() - 1;
            long atNs = 0;
            for (BlockArrivals.BlockArrival block : found.connected()) {
                assertThat(block.height()).as("seed " + seed).isLessThanOrEqualTo(before + 1);
                assertThat(block.atNs()).isGreaterThanOrEqualTo(atNs);
                before = block.height();
                atNs = block.atNs();
            }
        }
    }

    private static String letters(int number) {
        return "" + (char) ('a' + number / 26) + (char) ('a' + number % 26);
    }

    @Test
    void aHashIsInTheOrderOfTheWire() throws IOException {
        byte[] wire = new byte[32];
        Arrays.fill(wire, (byte) 0);
        wire[0] = 'a';
        wire[1] = '0';

        assertThat(read(Network.MAIN, "100," + "0".repeat(60) + "3061,1700000000000").connected().get(0).hash())
                .isEqualTo(ByteString.copyFrom(wire));
    }
}
