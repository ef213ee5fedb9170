package org.bitcoinwatchdog.alerts.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.TemplateSettings;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.events.Alert;
import org.junit.jupiter.api.Test;

class WordingTest {
    private static final NotifiedAlert ALICE = new NotifiedAlert(Alerts.firing("alice"), NotificationReason.BEGAN);

    @Test
    void theDefaultsShowRulePlaceAndReason() {
        Wording wording = new Wording(TemplateSettings.defaults());
        assertThat(wording.title(ALICE, 200)).isEqualTo("FIRING page: AddressFlood, alice");
        assertThat(wording.text(ALICE, 200)).isEqualTo(
                "6 peers flood alice with addresses\n5,000 of 30,000 entries were over their peers' budget.");
        assertThat(wording.title(new NotifiedAlert(Alerts.resolved(Alerts.firing("alice")), NotificationReason.ENDED), 200))
                .isEqualTo("RESOLVED: AddressFlood, alice");
    }

    @Test
    void theReadmeDescribesEveryVariable() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        AlertFacts.of(ALICE).keySet().forEach(variable ->
                assertThat(readme).containsAnyOf("`" + variable + "`", "`" + variable + ".NAME`"));
    }

    @Test
    void aUsersTemplateNamesLabelsAndAnnotations() {
        Wording wording = new Wording(new TemplateSettings("[{{severity}}] {{labels.node}} {{labels.nothing}}{{network}}",
                "{{#firing}}on fire: {{annotations.summary}} {{times}}{{/firing}}{{^firing}}over{{/firing}}"));
        assertThat(wording.title(ALICE, 200)).isEqualTo("[page] alice main");
        assertThat(wording.text(ALICE, 200)).isEqualTo(
                "on fire: 6 peers flood alice with addresses since 2026-11-22T15:00:00Z");
    }

    @Test
    void textOfAPeerIsNotATemplateAndBreaksNoLine() {
        NotifiedAlert hostile = new NotifiedAlert(Alerts.annotated(Alerts.firing("{{severity}}\n<b>\u202e"), Alert.SUMMARY,
                "{{#x}}&amp;"), NotificationReason.BEGAN);
        Wording wording = new Wording(TemplateSettings.defaults());
        assertThat(wording.title(hostile, 200)).isEqualTo("FIRING page: AddressFlood, {{severity}} <b>");
        assertThat(wording.text(hostile, 200)).startsWith("{{#x}}&amp;");
    }

    @Test
    void isCutToTheLimitOfTheSink() {
        assertThat(new Wording(TemplateSettings.defaults()).text(ALICE, 20)).hasSizeLessThanOrEqualTo(20).endsWith("...");
    }

    @Test
    void refusesATemplateThatCannotBeFilledIn() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TemplateSettings("{{sumary}}", "x"))
                .withMessageStartingWith("the template title can't be filled in").withMessageContaining("sumary");
        assertThatIllegalArgumentException().isThrownBy(() -> new TemplateSettings("x", "{{#firing}}"))
                .withMessageStartingWith("the template text can't be filled in");
        assertThatIllegalArgumentException().isThrownBy(() -> new TemplateSettings("x", "{{>partial}}"));
        assertThatIllegalArgumentException().isThrownBy(() -> new TemplateSettings(" ", "x"));
    }

    @Test
    void anEmptyTextIsReplacedByTheDefaultAndCounted() {
        List<String> replaced = new ArrayList<>();
        Wording wording = new Wording(new TemplateSettings("{{labels.nothing}}",
                "{{^firing}}it is over{{/firing}} {{labels.nothing}}"), replaced::add);
        assertThat(wording.title(ALICE, 200)).isEqualTo("FIRING page: AddressFlood, alice");
        assertThat(wording.text(ALICE, 200)).startsWith("6 peers flood alice");
        assertThat(replaced).containsExactly("title", "text");
    }

    @Test
    void isNeverEmptyEvenWithoutASummary() {
        Alert bare = Alerts.annotated(Alerts.annotated(Alerts.firing("alice"), Alert.SUMMARY, " "), Alert.DESCRIPTION, "");
        assertThat(new Wording(TemplateSettings.defaults()).text(new NotifiedAlert(bare, NotificationReason.BEGAN), 200))
                .isEqualTo("Alert AddressFlood");
    }
}
