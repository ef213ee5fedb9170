package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockArrivalsTest {
    private static final String HASH = "00".repeat(31) + "a";
    private final List<String> problems = new ArrayList<>();

    @TempDir
    private Path folder;

    private BlockArrivals read(String text) throws IOException {
        return BlockArrivals.read(Files.writeString(folder.resolve("carol.csv"), text), problems::add);
    }

    private static String line(int height, int tail, long ms) {
        return height + "," + HASH + tail + "," + ms + "\n";
    }

    @Test
    void readsNewestFirstAndOldestFirstAlikeAndTakesTheFirstOfAHeight() throws IOException {
        BlockArrivals blocks = read(line(102, 2, 3_000_000) + line(101, 9, 2_500_000) + line(101, 1, 2_000_000) + line(100, 0, 1_000_000));

        assertThat(blocks.node()).isEqualTo("carol");
        assertThat(blocks.arrivals()).extracting(BlockArrivals.BlockArrival::height).containsExactly(100, 101, 102);
        assertThat(blocks.arrivals().get(1).hash().byteAt(0)).isEqualTo((byte) 0xa1);
        assertThat(blocks.arrivals().get(1).atNs()).isEqualTo(2_000_000_000_000L);
        assertThat(problems).isEmpty();
    }

    @Test
    void brokenLinesAreToldCountedAndSkipped() throws IOException {
        BlockArrivals blocks = read("height,hash,time\n" + line(100, 0, 1_000_000) + "101," + HASH + "1\n102,zz,3\n\n"
                + "103," + HASH + "3," + Long.MAX_VALUE + "\n" + line(-1, 0, 1) + line(101, 1, 2_000_000));

        assertThat(blocks.arrivals()).hasSize(2);
        assertThat(blocks.broken()).isEqualTo(5);
        assertThat(problems).hasSize(5).allMatch(problem -> problem.contains("carol.csv: line "));
        assertThatThrownBy(() -> BlockArrivals.read(folder.resolve("none.csv"), problems::add))
                .isInstanceOf(IOException.class).hasMessageContaining("none.csv");
    }
}
