package org.bitcoinwatchdog.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TracepointTest {
    /** The enum in bpf/record.h defines the numbers; this one only repeats them. */
    @Test
    void numbersAreThoseOfTheRecords() throws Exception {
        String header = Files.readString(Path.of("..", "bpf", "record.h"));
        for (Tracepoint tracepoint : Tracepoint.values()) {
            Matcher line = Pattern.compile("\\b" + tracepoint.name() + " = (\\d+),").matcher(header);
            assertThat(line.find()).as(tracepoint.name()).isTrue();
            assertThat(tracepoint.number()).isEqualTo(Integer.parseInt(line.group(1)));
        }
        assertThat(header).contains("TRACEPOINTS = " + (Tracepoint.values().length + 1) + ",");
    }

    @Test
    void aNameIsThatOfOneOrOfAProviderWithAStar() {
        assertThat(Tracepoint.matching("net:inbound_message")).containsExactly(Tracepoint.NET_INBOUND_MESSAGE);
        assertThat(Tracepoint.matching("mempool:*")).hasSize(4);
        assertThat(Tracepoint.matching("net")).isEmpty();
        assertThat(Tracepoint.matching("*")).isEmpty();
    }

    @Test
    void everyTracepointHasItsProgramInTheBuiltObject() {
        try (BpfObject object = BpfObject.open(TracerObject.elf())) {
            assertThat(object.programs())
                    .contains(java.util.Arrays.stream(Tracepoint.values()).map(Tracepoint::program).toArray(String[]::new));
        }
    }
}
