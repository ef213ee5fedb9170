package org.bitcoinwatchdog.alerts.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.TemplateSettings;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.text.Wording;
import org.bitcoinwatchdog.events.Alert;
import org.junit.jupiter.api.Test;

class SlackMessageTest {
    private static final Wording WORDING = new Wording(TemplateSettings.defaults());

    private final Alert alert = Alerts.firing("alice");

    @Test
    void showsRulePlaceAndStart() throws Exception {
        JsonNode message = message(alert);
        assertThat(message.at("/text").asText())
                .isEqualTo("FIRING page: AddressFlood, alice. 6 peers flood alice with addresses");
        assertThat(message.at("/blocks/0/text/text").asText()).isEqualTo("FIRING page: AddressFlood, alice");
        assertThat(message.at("/blocks/1/text/text").asText()).isEqualTo(
                "6 peers flood alice with addresses\n5,000 of 30,000 entries were over their peers' budget.");
        assertThat(message.at("/blocks/2/elements/0/text").asText())
                .isEqualTo("address-flooding, main, since 2026-11-22T15:00:00Z");
    }

    @Test
    void saysThatItIsOverAndHowLongItLasted() throws Exception {
        JsonNode message = message(new NotifiedAlert(Alerts.resolved(alert), NotificationReason.ENDED));
        assertThat(message.at("/blocks/0/text/text").asText()).isEqualTo("RESOLVED: AddressFlood, alice");
        assertThat(message.at("/blocks/2/elements/0/text").asText()).endsWith("(1m)");
    }

    @Test
    void growthIsAShortFollowUp() throws Exception {
        JsonNode message = message(new NotifiedAlert(Alerts.grown(alert, 5), NotificationReason.GREW));
        assertThat(message.at("/blocks/0/text/text").asText()).isEqualTo("GROWING page: AddressFlood, alice");
        assertThat(message.at("/blocks/1/text/text").asText()).isEqualTo("6 peers flood alice with addresses");
        assertThat(message.at("/blocks")).hasSize(2);
    }

    @Test
    void textOfAPeerIsNeitherMarkupNorMentionNorLink() throws Exception {
        String hostile = "<!channel> <@U123> *bold* _it_ ~no~ `code` <https://evil.example|click> & https://evil.example";
        JsonNode message = message(Alerts.annotated(Alerts.annotated(
                alert, Alert.SUMMARY, hostile), Alert.DESCRIPTION, hostile));
        assertThat(message.at("/text").asText()).doesNotContainPattern("[<>*_~`]").doesNotContain("https://");
        assertThat(message.at("/blocks").findValuesAsText("type")).doesNotContain("mrkdwn");
        assertThat(message.at("/blocks/1/text/type").asText()).isEqualTo("plain_text");
        assertThat(message.at("/blocks/1/text/text").asText())
                .contains("&lt;!channel&gt;", "&amp;").doesNotContainPattern("[<>]");
    }

    @Test
    void keepsSlacksLimitsForTheEscapedText() throws Exception {
        String endless = "<&>".repeat(5_000);
        JsonNode message = message(Alerts.annotated(Alerts.annotated(alert, Alert.SUMMARY, endless),
                Alert.DESCRIPTION, endless));
        String section = message.at("/blocks/1/text/text").asText();
        assertThat(section).hasSizeBetween(2_900, 3_000).doesNotContainPattern("&(?!amp;|lt;|gt;)");
        assertThat(message.at("/text").asText()).hasSizeLessThanOrEqualTo(3_000);
        assertThat(message.at("/blocks/0/text/text").asText()).hasSizeLessThanOrEqualTo(150);
    }

    @Test
    void aLargeGroupHasAtMostFiftyBlocksAndSaysHowManyAreMissing() throws Exception {
        NotifiedAlert[] many = IntStream.range(0, 100)
                .mapToObj(i -> new NotifiedAlert(Alerts.firing("node-" + i), NotificationReason.BEGAN))
                .toArray(NotifiedAlert[]::new);
        JsonNode message = message(many);
        assertThat(message.at("/blocks")).hasSizeLessThanOrEqualTo(50);
        assertThat(message.at("/blocks/48/elements/0/text").asText()).isEqualTo("and 84 more alerts");
        assertThat(message.at("/text").asText()).endsWith("(and 99 more)");
    }

    @Test
    void aGroupOfLongTextsHasAtMostTenThousandCharactersAndSaysHowManyAreMissing() throws Exception {
        NotifiedAlert[] many = IntStream.range(0, 16)
                .mapToObj(i -> new NotifiedAlert(
                        Alerts.annotated(Alerts.firing("node-" + i), Alert.DESCRIPTION, "x<".repeat(5_000)), NotificationReason.BEGAN))
                .toArray(NotifiedAlert[]::new);
        JsonNode message = message(many);
        int characters = characters(message);
        assertThat(characters).isBetween(5_000, 10_000);
        int shown = (message.at("/blocks").size() - 1) / 3;
        assertThat(message.at("/blocks/" + 3 * shown + "/elements/0/text").asText())
                .isEqualTo("and " + (16 - shown) + " more alerts");
    }

    @Test
    void neverHasAnEmptySection() throws Exception {
        Wording silent = new Wording(new TemplateSettings("{{labels.nothing}}", "{{labels.nothing}}"));
        JsonNode message = new JsonMapper().readTree(SlackMessage.of(Notifications.of(alert), silent));
        assertThat(message.at("/blocks/0/text/text").asText()).isNotBlank();
        assertThat(message.at("/blocks/1/text/text").asText()).isNotBlank();
    }

    @Test
    void linksTheRunbookOnlyIfItsUrlIsValid() throws Exception {
        JsonNode linked = message(Alerts.annotated(alert, Alert.RUNBOOK_URL, "https://example.org/runbook?a=1&b=2#flood"));
        assertThat(linked.at("/blocks/2/elements/1/text").asText())
                .isEqualTo("<https://example.org/runbook?a=1&amp;b=2#flood|Runbook>");
        for (String bad : List.of("javascript:alert(1)", "https://x|y> <!channel>", "https://x y", "/relative")) {
            assertThat(message(Alerts.annotated(alert, Alert.RUNBOOK_URL, bad)).at("/blocks/2/elements")).hasSize(1);
        }
    }

    private static int characters(JsonNode node) {
        int nested = StreamSupport.stream(node.spliterator(), false).mapToInt(SlackMessageTest::characters).sum();
        return nested + (node.path("text").isTextual() ? node.path("text").asText().length() : 0);
    }

    private static JsonNode message(Alert alert) throws Exception {
        return message(new NotifiedAlert(alert, NotificationReason.BEGAN));
    }

    private static JsonNode message(NotifiedAlert... alerts) throws Exception {
        return new JsonMapper().readTree(SlackMessage.of(new Notification(
                "id", "ops", "key", new TreeMap<>(Map.of()), List.of(alerts), Optional.empty()), WORDING));
    }
}
