package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomChainsTest {
    /** More of them: -Dwatchdog.seeds=100. */
    private static final int SEEDS = Integer.getInteger("watchdog.seeds", 10);

    @ParameterizedTest
    @EnumSource(RandomChains.Loss.class)
    void nodesThatConvergeRaiseNoPageWhateverIsLost(RandomChains.Loss loss) {
        for (int seed = 0; seed < SEEDS; seed++) {
            AlertLog alerts = new AlertLog();
            OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
            new RandomChains(seed, loss, true, detection::on).mine(Duration.ofHours(8));

            assertThat(alerts.changes()).as("seed " + seed)
                    .noneMatch(change -> change.startsWith("FleetSplit") || change.matches("Reorg .* page"));
            if (loss != RandomChains.Loss.SILENT) { // a lost block without a Loss event looks like a missing block
                assertThat(alerts.changes()).as("seed " + seed).noneMatch(change -> change.startsWith("FleetLag"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nodesOnTwoBranchesAreFoundInTenMinutesAfterABlockOfEither(boolean bothGrow) {
        for (int seed = 0; seed < SEEDS; seed++) {
            AlertLog alerts = new AlertLog();
            OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
            RandomChains chains = new RandomChains(seed, RandomChains.Loss.NONE, false, detection::on);
            chains.mine(Duration.ofHours(2));
            chains.pass(Duration.ofMinutes(1));
            long before = alerts.changes().size();

            int parent = chains.best();
            chains.deliver(parent, node -> true);
            int right = chains.mined(chains.mined(parent));
            int left = chains.mined(parent);
            chains.deliver(left, node -> node == 0);
            chains.deliver(right - 1, node -> node != 0);
            chains.pass(Duration.ofMinutes(new Random(seed).nextInt(60)));
            assertThat(alerts.changes().stream().skip(before)).as("seed " + seed).noneMatch(change -> change.startsWith("FleetSplit"));
            if (bothGrow) {
                chains.deliver(chains.mined(left), node -> node == 0);
            }
            chains.deliver(right, node -> node != 0);
            chains.pass(Duration.ofMinutes(10));
            assertThat(alerts.changes().stream().skip(before)).as("seed " + seed).noneMatch(change -> change.startsWith("FleetSplit"));
            chains.pass(Duration.ofSeconds(45));
            assertThat(alerts.changes().stream().skip(before)).as("seed " + seed).contains("FleetSplit fleet page");

            chains.deliver(right - 1, node -> node == 0);
            int next = chains.mined(right);
            chains.deliver(right, node -> node == 0);
            chains.deliver(next, node -> true);
            chains.pass(Duration.ofMinutes(2));
            assertThat(alerts.changesOf("FleetSplit")).as("seed " + seed).containsExactly("FleetSplit fleet page", "FleetSplit fleet resolved");
        }
    }
}
