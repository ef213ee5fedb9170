package org.bitcoinwatchdog.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.detectors.deposits.DepositEffect;
import org.bitcoinwatchdog.detectors.deposits.DepositSettings;
import org.junit.jupiter.api.Test;

class DepositsPageTest {
    private static final Path PAGE = Path.of("..", "deploy", "deposits.md");

    private static String row(String alertname, DepositEffect effect) {
        boolean advises = effect.kind() != DepositEffect.Kind.BLINDS;
        return "| [%s](runbook.md#%s) | %s | %s | %s | %s |".formatted(alertname, alertname.toLowerCase(java.util.Locale.ROOT),
                effect.from().label(), effect.kind().text(), advises ? effect.confirmations() : "", effect.why());
    }

    @Test
    void thePageHasTheTableOfTheRegister() throws IOException {
        String table = Register.depositEffects().entrySet().stream()
                .flatMap(entry -> entry.getValue().effects().stream().map(effect -> row(entry.getKey(), effect)))
                .collect(Collectors.joining("\n"));
        Path written = Files.writeString(Path.of("target", "deposit-effects.md"), table + "\n");
        assertThat(Files.readString(PAGE)).as("copy the rows of detectors/" + written + " into deploy/deposits.md").contains(table);
    }

    @Test
    void thePageHasTheDefaults() throws IOException {
        DepositSettings defaults = DepositSettings.defaults();
        assertThat(Files.readString(PAGE)).contains("`confirmations` (default " + defaults.confirmations() + ")",
                "`views` (default " + defaults.views() + ")");
    }
}
