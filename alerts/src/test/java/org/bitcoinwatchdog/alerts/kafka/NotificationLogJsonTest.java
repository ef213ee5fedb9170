package org.bitcoinwatchdog.alerts.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.bitcoinwatchdog.alerts.pipeline.NotificationLogEntry;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationLogJsonTest {
    private static final Instant TIME = Instant.parse("2026-11-22T15:00:00.123456789Z");

    @Test
    void isReadAsItWasWrittenToTheNanosecond() throws Exception {
        NotificationLogEntry entry =
                new NotificationLogEntry(AlertStatus.FIRING, TIME, Severity.PAGE, TIME.plusNanos(1), 7, true, true, true, TIME.plusNanos(2));
        assertThat(NotificationLogJson.read(NotificationLogJson.write(entry))).isEqualTo(entry);
    }

    @Test
    void isOneFlatObjectThatOtherToolsCanRead() {
        NotificationLogEntry entry = new NotificationLogEntry(AlertStatus.RESOLVED, TIME, Severity.WARN, TIME, 7, false, true, false, TIME);
        assertThat(new String(NotificationLogJson.write(entry), StandardCharsets.UTF_8)).isEqualTo(
                "{\"status\":\"resolved\",\"startsAt\":\"2026-11-22T15:00:00.123456789Z\",\"severity\":\"warn\","
                + "\"updatedAt\":\"2026-11-22T15:00:00.123456789Z\",\"offset\":7,\"delivered\":false,\"told\":true,"
                + "\"flapping\":false,\"at\":\"2026-11-22T15:00:00.123456789Z\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"told", "notified"})
    void bothNamesOfTheFieldNotifiedAreRead(String name) throws Exception {
        NotificationLogEntry entry = NotificationLogJson.read(("{\"status\":\"firing\",\"startsAt\":\"2026-11-22T15:00:00Z\","
                + "\"severity\":\"page\",\"updatedAt\":\"2026-11-22T15:00:00Z\",\"offset\":7,\"delivered\":true,\"" + name + "\":true,"
                + "\"flapping\":false,\"at\":\"2026-11-22T15:00:00Z\"}").getBytes(StandardCharsets.UTF_8));
        assertThat(entry.notified()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "[]", "7", "{\"status\":\"firing\"}", "{\"status\":\"sleeping\"}", "{\"status\""})
    void bytesThatAreNotAnEntryAreRefused(String json) {
        assertThatIOException().isThrownBy(() -> NotificationLogJson.read(json.getBytes(StandardCharsets.UTF_8)));
    }
}
