package org.bitcoinwatchdog.alerts.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.RouteSettings;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final List<String> SINKS = List.of("ops", "pager");

    private final Alert page = Alerts.firing("alice");
    private final Alert warn = Alerts.firing("alice", Severity.WARN, Alerts.START);
    private final Alert info = Alerts.firing("alice", Severity.INFO, Alerts.START);

    @Test
    void theFirstMatchWins() {
        Router router = Router.of(List.of(RouteSettings.of(Map.of("severity", "page"), "pager"),
                RouteSettings.of(Map.of(), "ops")), SINKS);
        assertThat(router.routes(page)).containsOnlyKeys("pager");
        assertThat(router.routes(warn)).containsOnlyKeys("ops");
    }

    @Test
    void laterRoutesAreTriedAfterContinue() {
        RouteSettings continuing = new RouteSettings(Optional.of(Map.of("severity", "page")), List.of("pager"),
                Optional.of(true), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        Router router = Router.of(List.of(continuing, RouteSettings.of(Map.of(), "ops"),
                RouteSettings.of(Map.of("node", "alice"), "pager")), SINKS);
        assertThat(router.routes(page)).containsOnlyKeys("pager", "ops");
        assertThat(router.routes(warn)).containsOnlyKeys("ops");
    }

    @Test
    void allLabelsOfARouteMustAgree() {
        Router router = Router.of(List.of(RouteSettings.of(Map.of("severity", "page", "node", "bob"), "ops")), SINKS);
        assertThat(router.routes(page)).isEmpty();
    }

    @Test
    void aRouteWithoutSinksKeepsItsAlertsFromEverybody() {
        Router router = Router.of(List.of(RouteSettings.of(Map.of("node", "alice")), RouteSettings.of(Map.of(), "ops")), SINKS);
        assertThat(router.routes(page)).isEmpty();
        assertThat(router.routes(Alerts.firing("bob"))).containsOnlyKeys("ops");
    }

    @Test
    void withoutRoutesEverySinkGetsPagesAndWarningsAndNoInformation() {
        Router router = Router.of(List.of(), SINKS);
        assertThat(router.routes(page)).containsOnlyKeys("ops", "pager");
        assertThat(router.routes(warn)).containsOnlyKeys("ops", "pager");
        assertThat(router.routes(info)).isEmpty();
    }
}
