package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordingsTest {
    @Test
    void namesEveryRecordingThatIsShipped() throws IOException, URISyntaxException {
        Path directory = Path.of(Recordings.class.getResource("/recordings").toURI());
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names = files.map(file -> file.getFileName().toString().replace(".jsonl.gz", "")).toList();
            List<String> named = Stream.concat(Recordings.NAMES.stream(), Stream.of(Recordings.SPLIT)).toList();
            assertThat(named).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void saysWhichThereAreWhenAskedForAnother() {
        assertThatThrownBy(() -> Recordings.bytes("nothing"))
                .isInstanceOf(FileNotFoundException.class).hasMessageContaining("addr_flood_dev");
    }
}
