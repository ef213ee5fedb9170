package org.bitcoinwatchdog.alerts.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the truth table in the comment of {@link Decision#of}, read from the source, against every combination of flags. */
class DecisionTest {
    private static final List<String> FLAGS = List.of("routed", "notified", "firing", "muted", "news", "page", "held");

    private record Row(List<String> cells, Decision decision) {
        boolean fits(List<Boolean> flags) {
            for (int i = 0; i < flags.size(); i++) {
                if (!cells.get(i).equals("-") && !cells.get(i).equals(flags.get(i) ? "yes" : "no")) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return String.join(" ", cells) + " | " + decision;
        }
    }

    static List<Row> rows() throws IOException {
        List<String> table = Files.readAllLines(source()).stream()
                .filter(line -> line.matches("\\s+\\* .* \\| .*")).map(line -> line.replaceFirst("\\s+\\* ", "")).toList();
        assertThat(table.get(0).split("\\|")[0].strip().split(" +")).containsExactlyElementsOf(FLAGS);
        return table.stream().skip(1).map(line -> line.split("\\|")).map(halves ->
                new Row(List.of(halves[0].strip().split(" +")), Decision.valueOf(halves[1].strip()))).toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decidesAsTheRowSays(Row row) throws IOException {
        List<Row> before = rows().subList(0, rows().indexOf(row));
        List<List<Boolean>> cases = combinations().filter(row::fits)
                .filter(flags -> before.stream().noneMatch(earlier -> earlier.fits(flags))).toList();
        assertThat(cases).as("combinations that this row decides").isNotEmpty()
                .allSatisfy(flags -> assertThat(decision(flags)).isEqualTo(row.decision()));
    }

    @Test
    void hasARowForEveryDecision() throws IOException {
        assertThat(rows()).extracting(Row::decision).contains(Decision.values());
    }

    private static Decision decision(List<Boolean> flags) {
        Map<String, Boolean> named = new HashMap<>();
        for (int i = 0; i < FLAGS.size(); i++) {
            named.put(FLAGS.get(i), flags.get(i));
        }
        return Decision.of(new Decision.Flags(named.get("routed"), named.get("notified"), named.get("firing"),
                named.get("muted"), named.get("news"), named.get("page"), named.get("held")));
    }

    private static Stream<List<Boolean>> combinations() {
        return Stream.iterate(0, bits -> bits + 1).limit(1L << FLAGS.size()).map(bits ->
                Stream.iterate(0, bit -> bit + 1).limit(FLAGS.size()).map(bit -> (bits >> bit & 1) == 1).toList());
    }

    private static Path source() {
        return Path.of("src/main/java", Decision.class.getName().replace('.', '/') + ".java");
    }
}
