package org.bitcoinwatchdog.deploy.console.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bitcoinwatchdog.deploy.console.SampleChains;
import org.bitcoinwatchdog.deploy.console.SampleForks;
import org.bitcoinwatchdog.deploy.console.Traffic;
import org.bitcoinwatchdog.events.NodeDigest;
import org.junit.jupiter.api.Test;

/** What the page shows of the chain: the verdict about deposits, forks, signalling and witnesses. */
class ChainInBrowserIT extends OpenPage {
    @Test
    void showsTheVerdictAboutDepositsFirst() {
        console.chains().fold(SampleChains.ok(Instant.now()));
        open("/fleet");
        awaitText("deposits ok", "credit after 6 confirmations", "ok: alice, bob", "witness: explorer");

        console.chains().fold(SampleChains.hold(Instant.now()));
        awaitText("hold deposits", "36 confirmations", "on hold: alice", "Reorg (page, alice)", "lost two blocks or more");
        assertThat(tab.evaluate("document.querySelector('[aria-labelledby=chain] header a').href").asText()).isEqualTo(console.url() + "/chain");
        assertThat(tab.text().indexOf("hold deposits")).isLessThan(tab.text().indexOf("Firing"));
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void showsForksSignallingAndWitnessesOnlyIfThereAreAny() {
        SampleForks forks = new SampleForks(System.currentTimeMillis() * 1_000_000);
        console.fleet().fold(new Traffic("alice").block(1, 840_123));
        open("/fleet");
        awaitText("840,123");
        assertThat(tab.evaluate("document.getElementById('forks') === null").asBoolean()).isTrue();

        for (NodeDigest digest : List.of(forks.alice(), forks.bob(), forks.explorer())) {
            console.fleet().fold(digest, Instant.now());
        }
        awaitText("Fork after block 961,631", "12 blocks", "3 blocks (25 % of the most work)", "announced by Knots v29.3.0",
                "1 of 12 blocks (8.3 %)", "2,005 possible (99.5 %)", "1,109 needed (55.0 %)", "mandatory from 963,648, in 2,005 blocks", "61 of the last 100 blocks",
                "block 961,643");
        assertThat(tab.evaluate("[...document.querySelectorAll('.fork-side')].map((side) => [side.querySelectorAll('rect.block').length,"
                + " ...[...side.querySelectorAll('a')].map((a) => a.textContent)].join(' ')).join('; ')").asText())
                .isEqualTo("12 alice explorerwitness; 3 bob");
        try (Tab phone = browser.tab(390, 844)) {
            phone.go(console.url() + "/#/fleet");
            await().atMost(Duration.ofSeconds(10)).until(() -> phone.evaluate("document.querySelectorAll('.fork-side').length").asInt() == 2);
            assertThat(phone.evaluate("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(390);
        }
        assertThat(tab.problems()).isEmpty();
    }
}
