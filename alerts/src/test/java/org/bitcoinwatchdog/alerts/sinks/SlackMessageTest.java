package org.bitcoinwatchdog.alerts.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
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
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;

class SlackMessageTest {
    private static final Wording WORDING = new Wording(TemplateSettings.defaults());

    private final Alert alert = Alerts.firing("alice");

    @Test
    void showsRulePlaceAndStart() throws Exception {
        JsonNode message = message(alert);
        assertThat(message.at("/text").asText())
                .isEqualTo("FIRING page: AddressFlood, alice. 6 peers flood alice with addresses");
        assertThat(message.at("/attachments/0/blocks/0/text/text").asText()).isEqualTo("FIRING page: AddressFlood, alice");
        assertThat(message.at("/attachments/0/blocks/1/text/text").asText()).isEqualTo("6 peers flood alice with addresses");
        assertThat(message.at("/attachments/0/blocks/2/fields").findValuesAsText("text"))
                .containsExactly("Node: alice", "Network: main", "Since: 22 Nov 15:00 UTC");
        assertThat(message.at("/attachments/0/blocks/3/text/text").asText())
                .isEqualTo("5,000 of 30,000 entries were over their peers' budget.");
    }

    @Test
    void theColourIsThatOfTheMostSevereAlertThatFires() throws Exception {
        Alert warn = Alerts.withSeverity(Alerts.firing("bob"), Severity.WARN);
        Alert ended = Alerts.resolved(alert);
        assertThat(color(alert, warn)).isEqualTo("#d32f2f");
        assertThat(color(ended, warn)).isEqualTo("#f9a825");
        assertThat(color(ended)).isEqualTo("#2e7d32");
    }

    private static String color(Alert... alerts) throws Exception {
        return message(java.util.Arrays.stream(alerts).map(each -> new NotifiedAlert(each, NotificationReason.BEGAN))
                .toArray(NotifiedAlert[]::new)).at("/attachments/0/color").asText();
    }

    @Test
    void theFirstThingToDoStandsBelowTheSummary() throws Exception {
        JsonNode message = message(Alerts.annotated(alert, Alert.DESCRIPTION,
                "It took 1.5 s. Checks failed. Check bitcoin-cli getpeerinfo and debug.log. Look at the disk."));
        assertThat(message.at("/attachments/0/blocks/1/text/text").asText())
                .isEqualTo("6 peers flood alice with addresses\nDo first: Check bitcoin-cli getpeerinfo and debug.log.");
    }

    @Test
    void buttonsLeadToTheAlertItsSilenceAndItsRunbook() throws Exception {
        Alert documented = Alerts.annotated(alert, Alert.RUNBOOK_URL, "https://example.org/runbook?a=1&b=2#flood");
        JsonNode buttons = new JsonMapper().readTree(SlackMessage.of(new Notification("id", "ops", "key", new TreeMap<>(Map.of()),
                List.of(new NotifiedAlert(documented, NotificationReason.BEGAN)), Optional.of(URI.create("https://watchdog.example.org"))), WORDING))
                .at("/attachments/0/blocks/4/elements");
        assertThat(buttons.findValuesAsText("url")).containsExactly("https://watchdog.example.org/#/alerts/" + alert.fingerprint(),
                "https://watchdog.example.org/#/silences?alert=" + alert.fingerprint(), "https://example.org/runbook?a=1&b=2#flood");
        assertThat(buttons.findValues("text").stream().map(text -> text.path("text").asText()).filter(text -> !text.isEmpty()))
                .containsExactly("Open", "Silence", "Runbook");
    }

    @Test
    void saysThatItIsOverAndHowLongItLasted() throws Exception {
        JsonNode message = message(new NotifiedAlert(Alerts.resolved(alert), NotificationReason.ENDED));
        assertThat(message.at("/attachments/0/blocks/0/text/text").asText()).isEqualTo("RESOLVED: AddressFlood, alice");
        assertThat(message.at("/attachments/0/blocks/2/fields").findValuesAsText("text")).contains("Fired: 22 Nov 15:00 to 22 Nov 15:01 UTC");
    }

    @Test
    void growthIsAShortFollowUp() throws Exception {
        JsonNode message = message(new NotifiedAlert(Alerts.grown(alert, 5), NotificationReason.GREW));
        assertThat(message.at("/attachments/0/blocks/0/text/text").asText()).isEqualTo("GROWING page: AddressFlood, alice");
        assertThat(message.at("/attachments/0/blocks/1/text/text").asText()).isEqualTo("6 peers flood alice with addresses");
        assertThat(message.at("/attachments/0/blocks")).hasSize(2);
    }

    @Test
    void textOfAPeerIsNeitherMarkupNorMentionNorLink() throws Exception {
        String hostile = "<!channel> <@U123> *bold* _it_ ~no~ `code` <https://evil.example|click> & https://evil.example";
        JsonNode message = message(Alerts.annotated(Alerts.annotated(
                alert, Alert.SUMMARY, hostile), Alert.DESCRIPTION, hostile));
        assertThat(message.at("/text").asText()).doesNotContainPattern("[<>*_~`]").doesNotContain("https://");
        assertThat(message.at("/attachments/0/blocks").findValuesAsText("type")).doesNotContain("mrkdwn");
        assertThat(message.at("/attachments/0/blocks/1/text/type").asText()).isEqualTo("plain_text");
        assertThat(message.at("/attachments/0/blocks/1/text/text").asText())
                .contains("&lt;!channel&gt;", "&amp;").doesNotContainPattern("[<>]");
    }

    @Test
    void keepsSlacksLimitsForTheEscapedText() throws Exception {
        String endless = "<&>".repeat(5_000);
        JsonNode message = message(Alerts.annotated(Alerts.annotated(alert, Alert.SUMMARY, endless),
                Alert.DESCRIPTION, endless));
        String section = message.at("/attachments/0/blocks/1/text/text").asText();
        assertThat(section).hasSizeBetween(2_900, 3_000).doesNotContainPattern("&(?!amp;|lt;|gt;)");
        assertThat(message.at("/text").asText()).hasSizeLessThanOrEqualTo(3_000);
        assertThat(message.at("/attachments/0/blocks/0/text/text").asText()).hasSizeLessThanOrEqualTo(150);
    }

    @Test
    void aLargeGroupHasAtMostFiftyBlocksAndSaysHowManyAreMissing() throws Exception {
        NotifiedAlert[] many = IntStream.range(0, 100)
                .mapToObj(i -> new NotifiedAlert(Alerts.firing("node-" + i), NotificationReason.BEGAN))
                .toArray(NotifiedAlert[]::new);
        JsonNode message = message(many);
        assertThat(message.at("/attachments/0/blocks")).hasSizeLessThanOrEqualTo(50);
        assertThat(message.at("/attachments/0/blocks/36/elements/0/text").asText()).isEqualTo("and 91 more alerts");
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
        int shown = (message.at("/attachments/0/blocks").size() - 1) / 4;
        assertThat(message.at("/attachments/0/blocks/" + 4 * shown + "/elements/0/text").asText())
                .isEqualTo("and " + (16 - shown) + " more alerts");
    }

    @Test
    void neverHasAnEmptySection() throws Exception {
        Wording silent = new Wording(new TemplateSettings("{{labels.nothing}}", "{{labels.nothing}}"));
        JsonNode message = new JsonMapper().readTree(SlackMessage.of(Notifications.of(alert), silent));
        assertThat(message.at("/attachments/0/blocks/0/text/text").asText()).isNotBlank();
        assertThat(message.at("/attachments/0/blocks/1/text/text").asText()).isNotBlank();
    }

    @Test
    void linksTheRunbookOnlyIfItsUrlIsValid() throws Exception {
        JsonNode linked = message(Alerts.annotated(alert, Alert.RUNBOOK_URL, "https://example.org/runbook?a=1&b=2#flood"));
        assertThat(linked.at("/attachments/0/blocks/4/elements/0/url").asText()).isEqualTo("https://example.org/runbook?a=1&b=2#flood");
        for (String bad : List.of("javascript:alert(1)", "https://x|y> <!channel>", "https://x y", "/relative")) {
            assertThat(message(Alerts.annotated(alert, Alert.RUNBOOK_URL, bad)).at("/attachments/0/blocks")).hasSize(4);
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
