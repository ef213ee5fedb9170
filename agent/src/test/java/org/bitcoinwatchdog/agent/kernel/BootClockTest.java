package org.bitcoinwatchdog.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BootClockTest {
    @Test
    void tellsUnixTime() {
        BootClock clock = new BootClock();
        Instant before = Instant.now();
        Instant told = Instant.EPOCH.plusNanos(clock.unixNowNs());
        assertThat(told).isBetween(before.minusMillis(500), Instant.now().plusMillis(500));
    }

    @Test
    void keepsItsScaleWhileTheWallClockDoesNotStep() {
        BootClock clock = new BootClock();
        long bootTimeNs = clock.bootTimeNs();
        assertThat(clock.follow()).isFalse();
        assertThat(clock.bootTimeNs()).isEqualTo(bootTimeNs);
    }
}
