package org.bitcoinwatchdog.alerts.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MatcherTest {
    private static final Map<String, String> LABELS = Map.of("alertname", "FleetLag", "node", "alice");

    @Test
    void comparesAsAlertmanagerDoes() {
        assertThat(matches("node=alice")).isTrue();
        assertThat(matches("node=\"bob\"")).isFalse();
        assertThat(matches("node!=bob")).isTrue();
        assertThat(matches("node!=alice")).isFalse();
        assertThat(matches("alertname=~\"Fleet.*|NoBlock\"")).isTrue();
        assertThat(matches("alertname!~\"Fleet.*\"")).isFalse();
    }

    @Test
    void aRegularExpressionMatchesTheWholeValue() {
        assertThat(matches("alertname=~Fleet")).isFalse();
        assertThat(matches("alertname=~Lag|Fleet")).isFalse();
        assertThat(matches("alertname!~Fleet")).isTrue();
    }

    @Test
    void aLabelThatIsNotThereIsEmpty() {
        assertThat(matches("fleet=\"\"")).isTrue();
        assertThat(matches("fleet!=\"\"")).isFalse();
        assertThat(matches("fleet=~.*")).isTrue();
        assertThat(matches("fleet=~.+")).isFalse();
        assertThat(matches("fleet!=x")).isTrue();
    }

    @Test
    void isReadAsItIsWritten() {
        Matcher matcher = new Matcher("subject", Operator.MATCHES_NOT, "a\"b\\\\d = ~");
        assertThat(Matcher.parse(matcher.toString())).isEqualTo(matcher);
        assertThat(Matcher.parse(" node = alice ")).isEqualTo(new Matcher("node", Operator.EQUAL, "alice"));
        assertThat(Matcher.parse("node==x").value()).isEqualTo("=x");
    }

    @Test
    void refusesAnInvalidMatcher() {
        assertThatIllegalArgumentException().isThrownBy(() -> Matcher.parse("alice"))
                .withMessage("'alice' is not a matcher such as node=\"alice\" or alertname=~\"Fleet.*\"");
        assertThatIllegalArgumentException().isThrownBy(() -> Matcher.parse("no-de=x")).withMessageContaining("name of a label");
        assertThatIllegalArgumentException().isThrownBy(() -> Matcher.parse("node=~(")).withMessageContaining("RE2");
        assertThatIllegalArgumentException().isThrownBy(() -> Matcher.parse("node=~(?=x)")).withMessageContaining("RE2");
        assertThatIllegalArgumentException().isThrownBy(() -> Matcher.parse("node=" + "x".repeat(501)));
    }

    @Test
    @Timeout(20)
    void noExpressionCanHang() {
        long begun = System.nanoTime();
        Matchers backtracking = new Matchers(List.of(Matcher.parse("node=~(a+)+b"), Matcher.parse("node=~(a|aa)*c")));
        assertThat(backtracking.match(Map.of("node", "a".repeat(10_000)))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Matcher.parse("node=~((a{900}){900}){900}"))
                .withMessage("the value of node repeats too much");
        Matcher large = Matcher.parse("node=~(a{10}b{10}){10}");
        assertThat(new Matchers(List.of(large)).match(LABELS)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }

    private static boolean matches(String text) {
        return new Matchers(List.of(Matcher.parse(text))).match(LABELS);
    }
}
