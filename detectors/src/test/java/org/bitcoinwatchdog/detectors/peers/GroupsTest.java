package org.bitcoinwatchdog.detectors.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private static Groups of(int... sizes) {
        return new Groups(IntStream.of(sizes)
                .mapToObj(size -> new Groups.Group("g" + size, Collections.nCopies(size, null))).toList());
    }

    @Test
    void indexOfPairs() {
        assertThat(of(4, 3, 3).hhi()).isCloseTo((12 + 6 + 6) / 90.0, Offset.offset(1e-12));
        assertThat(of(1, 1, 1, 1).hhi()).isZero();
        assertThat(of(7).hhi()).isEqualTo(1);
        assertThat(of(1).hhi()).isZero();
        assertThat(new Groups(List.of()).hhi()).isZero();
    }

    @Test
    void topShareIsDrawnTowardsFifteenPercent() {
        assertThat(of(20).topShare()).isEqualTo(23 / 40.0);
        assertThat(of(3, 3, 3, 3, 3, 3, 2).topShare()).isEqualTo(6 / 40.0);
        assertThat(new Groups(List.of()).topShare()).isEqualTo(0.15);
    }
}
