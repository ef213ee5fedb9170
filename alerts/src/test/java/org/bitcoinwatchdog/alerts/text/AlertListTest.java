package org.bitcoinwatchdog.alerts.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.junit.jupiter.api.Test;

class AlertListTest {
    @Test
    void hasAllAlertsIfTheyFit() {
        assertThat(AlertList.of(notification(2, 0), alert -> "text", 100)).isEqualTo("text\n\ntext");
    }

    @Test
    void saysHowManyAreLeftOut() {
        assertThat(AlertList.of(notification(5, 2), alert -> "x".repeat(40), 150))
                .isEqualTo("x".repeat(40) + "\n\n" + "x".repeat(40) + "\n\nand 5 more alerts");
    }

    @Test
    void cutsTheFirstAlertToTheLimit() {
        assertThat(AlertList.of(notification(2, 0), alert -> "x".repeat(1_000), 100))
                .hasSizeLessThanOrEqualTo(100).endsWith("...\n\nand 1 more alert");
    }

    private static Notification notification(int alerts, int leftOut) {
        List<NotifiedAlert> all = IntStream.range(0, alerts)
                .mapToObj(i -> new NotifiedAlert(Alerts.firing("node-" + i), NotificationReason.BEGAN)).toList();
        return new Notification("id", "ops", "key", new TreeMap<>(), all, leftOut, Optional.empty());
    }
}
