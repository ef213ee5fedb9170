package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenNodeEventsTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/golden");

    record Golden(byte[] bytes, String text) {
        static Golden of(String line) {
            int space = line.indexOf(' ');
            return new Golden(HexFormat.of().parseHex(line.substring(0, space)), line.substring(space + 1));
        }

        NodeEvent event() throws InvalidProtocolBufferException {
            return NodeEvent.parseFrom(bytes);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static List<Golden> goldens() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.flatMap(GoldenNodeEventsTest::lines).filter(line -> !line.startsWith("#")).map(Golden::of).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void readsWhatEveryReleaseWrote(Golden golden) throws IOException {
        NodeEvent event = golden.event();
        assertThat(event).isEqualTo(TextFormat.parse(golden.text(), NodeEvent.class));
        assertThat(event.toByteArray()).isEqualTo(golden.bytes());
    }

    @Test
    void holdsEveryBodyAndEveryPayload() throws IOException {
        Set<NodeEvent.BodyCase> bodies = EnumSet.of(NodeEvent.BodyCase.BODY_NOT_SET);
        Set<Message.PayloadCase> payloads = EnumSet.noneOf(Message.PayloadCase.class);
        for (Golden golden : goldens()) {
            bodies.add(golden.event().getBodyCase());
            payloads.add(golden.event().getInboundMessage().getPayloadCase());
        }
        assertThat(bodies).containsExactlyInAnyOrderElementsOf(Arrays.asList(NodeEvent.BodyCase.values()));
        assertThat(payloads).containsExactlyInAnyOrderElementsOf(Arrays.asList(Message.PayloadCase.values()));
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
