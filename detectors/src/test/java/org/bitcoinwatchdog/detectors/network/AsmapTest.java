package org.bitcoinwatchdog.detectors.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsmapTest {
    private static byte[] map(boolean matches) {
        return new AsmapEncoder(matches)
                .prefix("::", 0, 1)
                .prefix("8.8.8.0", 24, 15169)
                .prefix("8.8.0.0", 16, 3356)
                .prefix("1.1.1.0", 24, 13335)
                .prefix("162.218.65.0", 24, 54098)
                .prefix("2a01:4f8::", 32, 24940)
                .prefix("200.0.0.0", 8, 4_200_000)
                .prefix("127.0.0.0", 8, 64512)
                .encode();
    }

    private static OptionalInt as(Asmap map, String address) {
        return map.as(AddressText.parse(address).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersForTheLongestPrefix(boolean matches) {
        Asmap map = Asmap.of(map(matches), "map");

        assertThat(as(map, "8.8.8.8:8333")).hasValue(15169);
        assertThat(as(map, "8.8.4.4:8333")).hasValue(3356);
        assertThat(as(map, "1.1.1.1:8333")).hasValue(13335);
        assertThat(as(map, "162.218.65.10:8333")).hasValue(54098);
        assertThat(as(map, "[2a01:4f8::1]:8333")).hasValue(24940);
        assertThat(as(map, "200.1.2.3:8333")).hasValue(4_200_000);
        assertThat(as(map, "9.9.9.9:8333")).hasValue(1);
        assertThat(as(map, "[2002:808:808::1]:8333")).hasValue(15169); // 6to4 of 8.8.8.8
    }

    @Test
    void hasNoAnswerForUnroutableAddressesAndForThoseWithoutAs() {
        Asmap map = Asmap.of(map(false), "map");

        assertThat(as(map, "127.0.0.1:8333")).isEmpty();
        assertThat(as(map, "[fe80::1]:8333")).isEmpty();
        assertThat(as(map, "a".repeat(56) + ".onion:8333")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesEveryTruncation(boolean matches) {
        byte[] whole = map(matches);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);

            assertThatThrownBy(() -> Asmap.of(cut, "the map")).hasMessageContaining("the map is corrupt");
        }
    }

    @Test
    void whateverItAcceptsItCanAnswerFrom() {
        Random random = new Random(7);
        byte[] whole = map(true);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                Asmap map = Asmap.of(damaged, "map");
                accepted++;
                as(map, "8.8.8.8:1");
                as(map, "[2a01:4f8::1]:1");
                as(map, random.nextInt(1, 100) + ".2.3.4:1");
            } catch (IllegalArgumentException expected) {
                assertThat(expected).hasMessageContaining("corrupt");
            }
        }
        assertThat(accepted).isPositive();
    }

    @Test
    void namesTheFileThatItCanNotUse(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("ip_asn.map");
        assertThatThrownBy(() -> Asmap.load(file)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString());

        Files.write(file, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> Asmap.load(file)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString()).hasMessageContaining("corrupt");

        Files.write(file, map(false));
        assertThat(as(Asmap.load(file), "8.8.8.8:8333")).hasValue(15169);
    }
}
