package org.bitcoinwatchdog.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.sinks.SinkSettings;
import org.bitcoinwatchdog.alerts.sinks.Slack;
import org.bitcoinwatchdog.alerts.sinks.Webhook;
import org.junit.jupiter.api.Test;

class AlertSettingsTest {
    private final SinkSettings slack = new Slack("ops", Path.of("slack-url"), Optional.empty());

    @Test
    void refusesTwoSinksOfOneName() {
        assertThatIllegalArgumentException().isThrownBy(() -> AlertSettings.defaults().withSinks(slack, slack).requireConsistent())
                .withMessage("two sinks have the name ops");
    }

    @Test
    void refusesARouteToASinkThatIsNotThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertSettings.defaults().withSinks(slack).withRoutes(RouteSettings.of(Map.of(), "osp")).requireConsistent())
                .withMessage("a route names the sink osp, the sinks are: ops");
    }

    @Test
    void namesEveryConflictAtOnce() {
        AlertSettings settings = AlertSettings.defaults().withSinks(slack, slack)
                .withRoutes(RouteSettings.of(Map.of(), "opss"), RouteSettings.of(Map.of(), "pager"))
                .withHeartbeat(new HeartbeatSettings(List.of("nobody"), Optional.empty()));
        assertThat(settings.conflicts()).extracting(AlertSettings.Conflict::message).containsExactly(
                "two sinks have the name ops", "a route names the sink opss, did you mean ops?",
                "a route names the sink pager, the sinks are: ops",
                "the heartbeat names the sink nobody, the sinks are: ops");
    }

    @Test
    void refusesAddressesThatAreNoAbsoluteHttpUrls() {
        assertThatIllegalArgumentException().isThrownBy(() -> webhook("ftp://example.org/x"))
                .withMessage("url must begin with http:// or https://");
        assertThatIllegalArgumentException().isThrownBy(() -> webhook("/hook"))
                .withMessage("url must begin with http:// or https://");
        assertThatIllegalArgumentException().isThrownBy(() -> webhook("http:/hook")).withMessage("url has no host");
        assertThatIllegalArgumentException().isThrownBy(() -> webhook("http://user:pass@example.org/"))
                .withMessage("url must not contain a user name or password");
    }

    @Test
    void aWebhookHasOneAddress() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Webhook("hook", Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty()))
                .withMessage("the webhook hook must have either url or url-file");
    }

    @Test
    void theNameOfASinkCanStandInAKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Slack("a/b", Path.of("x"), Optional.empty()))
                .withMessageContaining("not 'a/b'");
    }

    @Test
    void refusesTimingThatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DeliverySettings(Duration.ZERO, Duration.ofSeconds(1),
                Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .withMessage("connect-timeout must be more than zero");
        assertThatIllegalArgumentException().isThrownBy(() -> new RouteSettings(Optional.empty(), List.of(),
                Optional.empty(), Optional.empty(), Optional.of(Duration.ofSeconds(5)), Optional.empty(), Optional.empty()))
                .withMessage("group-wait and group-interval need group-by");
        assertThatIllegalArgumentException().isThrownBy(() -> new RouteSettings(Optional.empty(), List.of(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Duration.ofSeconds(5))))
                .withMessage("repeat must be at least 1m");
    }

    @Test
    void settingsInALogShowNoAddress() {
        assertThat(AlertSettings.defaults().withSinks(webhook("https://example.org/token-4711")).toString())
                .contains("hook").doesNotContain("4711");
    }

    private static SinkSettings webhook(String url) {
        return new Webhook("hook", Optional.of(URI.create(url)), Optional.empty(), Optional.empty(),
                Optional.empty());
    }
}
