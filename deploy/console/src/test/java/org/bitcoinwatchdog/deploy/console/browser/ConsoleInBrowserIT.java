package org.bitcoinwatchdog.deploy.console.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.deploy.console.SampleAlerts;
import org.bitcoinwatchdog.deploy.console.Traffic;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser. */
class ConsoleInBrowserIT extends OpenPage {
    private static final String EVIL = "<img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script>";
    private static final String PEER = "198.41.7.9:8333";
    private static final List<String> PLACES = List.of("/fleet", "/alerts", "/silences", "/node/alice", "/node/alice/peers",
            "/node/alice/messages", "/node/alice/messages/7", "/node/alice/addresses");

    private final Traffic alice = new Traffic("alice");

    @Test
    void showsTheTipAndWhatFires() {
        console.fleet().fold(alice.block(1, 840_123));
        console.alerts().fold(SampleAlerts.flood("alice", Instant.now().minusSeconds(70)));
        open("/fleet");

        awaitText("alice", "840,123", "AddressFlood", "6 peers sent alice", "1 m");
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void followsWhatHappensWithoutBeingReloaded() {
        open("/fleet");
        awaitText("No event from any node yet", "Nothing is firing");
        console.fleet().fold(alice.block(1, 840_123));
        awaitText("840,123");
        console.alerts().fold(SampleAlerts.lag("alice", "page", Instant.now()));
        awaitText("FleetLag");
        console.fleet().fold(alice.block(2, 840_124));
        awaitText("840,124");
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void whatPeersChooseIsOnlyEverText() {
        Traffic evil = new Traffic(EVIL);
        for (Traffic node : List.of(alice, evil)) {
            console.fleet().fold(node.version(1, 7, EVIL, EVIL));
            console.fleet().fold(node.received(2, 7, EVIL, "<svg onload>"));
            console.fleet().fold(node.addresses(3, 7, EVIL, 0x01020304));
        }
        console.fleet().fold(NodeDigest.newBuilder().setNode("alice").setNetwork(EVIL).setAtNs(Traffic.BEGIN_S * 1_000_000_000L)
                .addScores(Score.newBuilder().setRule(EVIL).setUnit(EVIL).setThreshold(1).setValue(2)).build(), Instant.now());
        Alert alert = evilAlert();
        console.alerts().fold(alert);

        for (String place : PLACES) {
            open(place);
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(tab.text()).isNotEmpty());
        }
        open("/node/alice/messages");
        awaitText(EVIL.substring(0, 40));
        open("/node/" + URLEncoder.encode(EVIL, StandardCharsets.UTF_8).replace("+", "%20"));
        awaitText(EVIL);
        open("/alerts/" + alert.fingerprint());
        awaitText(EVIL, "Evidence");

        assertThat(tab.evaluate("window.pwned === undefined && document.querySelectorAll('img, main script').length === 0").asBoolean()).isTrue();
        assertThat(tab.evaluate("[...document.querySelectorAll('a')].every((a) => /^(#|http)/.test(a.getAttribute('href') ?? '#'))").asBoolean()).isTrue();
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void thePolicyStopsAScriptThatWouldGetInAnyway() {
        open("/fleet");
        awaitText("Nodes");
        tab.evaluate("const s = document.createElement('div'); try { s.innerHTML = '<b>x</b>'; } catch (e) { window.stopped = e.name; }");
        assertThat(tab.evaluate("window.stopped").asText()).isEqualTo("TypeError");
        tab.evaluate("fetch('https://example.org/').catch(() => { window.refused = true; })");
        assertThat(tab.evaluate("window.refused").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dark", "light"})
    void everyPlaceFitsAPhoneAndAsksOnlyTheConsole(String scheme) {
        try (Tab phone = browser.tab(390, 844)) {
            phone.emulate("prefers-color-scheme", scheme);
            console.fleet().fold(alice.version(1, 7, "[2a01:4f8:aaaa:bbbb:cccc:dddd:eeee:ffff]:18333", "/Satoshi:31.0.0(a rather long comment by its owner)/"));
            console.fleet().fold(alice.addresses(2, 7, PEER, 0x01020304));
            console.alerts().fold(SampleAlerts.flood("alice", Instant.now()));
            for (String place : PLACES) {
                phone.go(console.url() + "/#" + place);
                await().atMost(Duration.ofSeconds(10)).until(() -> phone.evaluate("document.querySelectorAll('main .panel').length").asInt() > 0);
                assertThat(phone.evaluate("document.documentElement.scrollWidth").asInt()).as(place).isLessThanOrEqualTo(390);
            }
            assertThat(phone.requests()).allMatch(url -> url.startsWith(console.url()) || url.startsWith("data:") || url.equals("about:blank"));
            assertThat(phone.problems()).isEmpty();
        }
    }

    @Test
    void theKeyboardLeadsEverywhere() {
        console.fleet().fold(alice.block(1, 5));
        console.fleet().fold(new Traffic("bob").block(1, 5));
        open("/fleet");
        awaitText("alice", "bob");
        tab.press("j");
        assertThat(tab.evaluate("document.activeElement.textContent").asText()).isEqualTo("alice");
        tab.press("j");
        assertThat(tab.evaluate("document.activeElement.textContent").asText()).isEqualTo("bob");
        tab.press("/");
        assertThat(tab.evaluate("document.activeElement.type").asText()).isEqualTo("search");
        tab.evaluate("document.activeElement.value = 'ali'; document.activeElement.dispatchEvent(new Event('input', { bubbles: true }))");
        await().atMost(Duration.ofSeconds(30)).until(() -> !tab.text().contains("bob"));
        tab.press("Escape");
        tab.press("g");
        tab.press("a");
        await().atMost(Duration.ofSeconds(30)).until(() -> tab.evaluate("location.hash").asText().equals("#/alerts"));
        tab.press("?");
        await().atMost(Duration.ofSeconds(30)).until(() -> tab.evaluate("document.getElementById('help').open").asBoolean());
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void aLinkOfAMessageOpensTheFormForItsAlertAndKeepsWhatIsTyped() {
        Alert flood = SampleAlerts.flood("alice", Instant.now());
        console.alerts().fold(flood);
        open("/silences?alert=" + flood.fingerprint());
        await().atMost(Duration.ofSeconds(15)).ignoreExceptions().until(() -> values().contains("AddressFlood,alice"));
        tab.evaluate("document.querySelector('[data-do=add-matcher]').click()");
        await().atMost(Duration.ofSeconds(15)).until(() -> values().split(",", -1).length == 4);
        console.alerts().fold(SampleAlerts.lag("bob", "page", Instant.now()));
        await().atMost(Duration.ofSeconds(15)).until(() -> tab.evaluate("document.title").asText().startsWith("(2)"));
        assertThat(values().split(",", -1)).hasSize(4);
        assertThat(tab.problems()).isEmpty();
    }

    private String values() {
        return tab.evaluate("[...document.querySelectorAll('form [name=value]')].map((field) => field.value).join(',')").asText();
    }

    @Test
    void someoneSilencesAnAlertAndEndsItAgain() {
        Alert flood = SampleAlerts.flood("alice", Instant.now());
        console.alerts().fold(flood);
        open("/alerts/" + flood.fingerprint());
        awaitText("Runbook");
        tab.evaluate("[...document.querySelectorAll('a')].find((a) => a.textContent === 'Silence').click()");
        awaitText("New silence");
        tab.evaluate("""
                const form = document.querySelector('form[data-form=silence]');
                form.querySelector('[name=author]').value = 'ann';
                form.querySelector('[name=comment]').value = 'planned upgrade';
                form.requestSubmit();""");
        awaitText("planned upgrade", "alertname=\"AddressFlood\"", "node=\"alice\"", "active");
        assertThat(console.silences().view()).hasSize(1);
        tab.evaluate("document.querySelector('[data-do=expire]').click()");
        awaitText("Nothing is silenced");
        assertThat(console.silences().view()).isEmpty();
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void aStreamGoesOnWhileAPageLooksAndStopsWhenItPauses() {
        open("/node/alice/messages");
        console.fleet().fold(alice.received(1, 7, PEER, "inv"));
        awaitText("inv");
        tab.press("p");
        await().atMost(Duration.ofSeconds(30)).until(() -> tab.text().contains("Resume"));
        console.fleet().fold(alice.received(2, 7, PEER, "getdata"));
        awaitText("Resume, 1 skipped");
        assertThat(tab.text()).doesNotContain("getdata");
        tab.press("p");
        console.fleet().fold(alice.received(3, 7, PEER, "feefilter"));
        awaitText("feefilter");
    }

    private static Alert evilAlert() {
        return new Alert(AlertStatus.FIRING,
                new TreeMap<>(Map.of(Alert.ALERTNAME, EVIL, Alert.SEVERITY, "page\" onclick=\"window.pwned=1", Alert.NODE, EVIL)),
                new TreeMap<>(Map.of(Alert.SUMMARY, EVIL, Alert.DESCRIPTION, EVIL, Alert.RUNBOOK_URL, "javascript:window.pwned=1")),
                Instant.now(), Instant.now(), null, null,
                new Evidence(List.of(Measurement.against(EVIL, 5, 2, EVIL)), Map.of(EVIL, List.of(EVIL)), true));
    }
}
