package org.bitcoinwatchdog.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Rules and dashboards use only metrics and labels in metrics.md. PrometheusIT compares that page with the processes.
 */
class QueriesTest {
    /** Prometheus adds them at the scrape. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("instance", "job", "le");

    private final MetricsPage page = MetricsPage.read();
    private final Map<String, PromQl> recorded = RuleFiles.rules().stream()
            .filter(rule -> rule.recorded().isPresent())
            .collect(Collectors.toMap(rule -> rule.recorded().get(), rule -> PromQl.parse(rule.expression())));

    @Test
    void noRuleAsksForWhatDoesNotExist() {
        List<String> unknown = new ArrayList<>();
        RuleFiles.rules().forEach(rule -> unknown.addAll(unknown(rule.expression())));
        assertThat(unknown).isEmpty();
    }

    @Test
    void noPanelAsksForWhatDoesNotExist() {
        List<String> unknown = new ArrayList<>();
        Dashboards.all().forEach(dashboard -> dashboard.queries().forEach(query -> unknown.addAll(unknown(query))));
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyRecordedMetricIsUsed() {
        Set<String> used = new TreeSet<>();
        RuleFiles.rules().forEach(rule -> used.addAll(PromQl.parse(rule.expression()).selectors().keySet()));
        Dashboards.all().forEach(dashboard ->
                dashboard.queries().forEach(query -> used.addAll(PromQl.parse(query).selectors().keySet())));
        assertThat(used).containsAll(recorded.keySet());
    }

    private List<String> unknown(String expression) {
        PromQl query = PromQl.parse(expression);
        List<String> unknown = new ArrayList<>();
        Set<String> labels = new TreeSet<>(query.made());
        query.selectors().forEach((series, chosenBy) -> {
            Set<String> offered = labelsOf(series);
            if (offered.isEmpty()) {
                unknown.add(series + " in " + expression);
            }
            chosenBy.stream().filter(label -> !offered.contains(label) && !OF_THE_SCRAPE.contains(label))
                    .forEach(label -> unknown.add("label " + label + " of " + series + " in " + expression));
            labels.addAll(offered);
        });
        query.grouping().stream().filter(label -> !labels.contains(label) && !OF_THE_SCRAPE.contains(label))
                .forEach(label -> unknown.add("label " + label + " in " + expression));
        return unknown;
    }

    /** Includes the labels of the scrape, so it is never empty for an existing series. */
    private Set<String> labelsOf(String series) {
        Set<String> labels = new TreeSet<>();
        if (series.equals("up")) {
            return OF_THE_SCRAPE;
        }
        if (recorded.containsKey(series)) {
            labels.addAll(recorded.get(series).grouping());
            recorded.get(series).selectors().keySet().forEach(source -> labels.addAll(labelsOf(source)));
        }
        page.of(series).ifPresent(metric -> labels.addAll(metric.labels()));
        if (!labels.isEmpty() || page.of(series).isPresent()) {
            labels.addAll(OF_THE_SCRAPE);
        }
        return labels;
    }
}
