package org.bitcoinwatchdog.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bitcoinwatchdog.deploy.monitoring.Dashboards.Dashboard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DashboardsTest {
    private static final int COLUMNS = 24;

    static List<Dashboard> dashboards() {
        return Dashboards.all();
    }

    @Test
    void thereIsOneForTheFleetForANodeAndForTheWatchdogItself() {
        assertThat(dashboards()).extracting(Dashboard::file)
                .containsExactly("bitcoin-fleet.json", "bitcoin-node.json", "watchdog.json");
        assertThat(dashboards()).extracting(dashboard -> dashboard.json().path("uid").asText()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void noPanelCoversAnother(Dashboard dashboard) {
        Set<List<Integer>> taken = new HashSet<>();
        for (JsonNode panel : dashboard.panels()) {
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).as(title(panel)).isLessThanOrEqualTo(COLUMNS);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    assertThat(taken.add(List.of(place.path("x").asInt() + x, place.path("y").asInt() + y)))
                            .as(title(panel)).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelSaysWhatItShowsAndInWhichUnit(Dashboard dashboard) {
        assertThat(dashboard.panels()).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        for (JsonNode panel : dashboard.panels()) {
            assertThat(title(panel)).isNotBlank();
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("description").asText()).as(title(panel)).isNotBlank();
                assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as("unit of " + title(panel)).isNotBlank();
                assertThat(panel.path("targets")).as(title(panel)).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyQueryGoesToTheChosenPrometheusAndHasALegend(Dashboard dashboard) {
        for (JsonNode panel : dashboard.panels()) {
            for (JsonNode target : panel.path("targets")) {
                assertThat(target.at("/datasource/uid").asText()).as(title(panel)).isEqualTo("${datasource}");
                assertThat(target.path("legendFormat").asText()).as("legend of " + title(panel)).isNotBlank();
            }
        }
        assertThat(dashboard.json().path("templating").path("list").get(0).path("name").asText()).isEqualTo("datasource");
    }

    /** From 36 on a data source is named by its uid, as here. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void grafanaReadsTheFormInWhichItIsWritten(Dashboard dashboard) {
        assertThat(dashboard.json().path("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
        for (JsonNode panel : dashboard.panels()) {
            assertThat(panel.path("type").asText()).as(title(panel)).isIn("row", "stat", "timeseries", "table", "state-timeline");
            assertThat(panel.path("targets")).as(title(panel)).extracting(target -> target.path("refId").asText()).doesNotHaveDuplicates()
                    .allMatch(id -> id.matches("[A-Z]"));
        }
        for (JsonNode variable : dashboard.json().path("templating").path("list")) {
            assertThat(variable.path("type").asText()).isIn("datasource", "query");
        }
    }

    private static String title(JsonNode panel) {
        return panel.path("title").asText();
    }
}
