package org.bitcoinwatchdog.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {
    @Test
    void findsMetricsAndTheLabelsByWhichTheyAreChosen() {
        PromQl query = PromQl.parse(
                "sum by (node, le) (rate(a_total{node=~\"b{c\", type!=\"x\\\"y\"}[5m])) / on(node) group_left() (d:e:f > 0.5e3)");
        assertThat(query.selectors()).isEqualTo(Map.of("a_total", Set.of("node", "type"), "d:e:f", Set.of()));
        assertThat(query.grouping()).containsExactly("le", "node");
    }

    @Test
    void takesNoFunctionKeywordDurationOrVariableForAMetric() {
        assertThat(PromQl.parse("time() - x offset 5m unless bool_ and increase(y[$__rate_interval]) > bool 10").selectors())
                .containsOnlyKeys("x", "bool_", "y");
    }

    @Test
    void knowsTheLabelsThatAnExpressionMakes() {
        assertThat(PromQl.parse("label_replace(a{b=\"c\"}, \"d\", \"$1\", \"b\", \"(.*)\")").made()).containsExactly("d");
    }
}
