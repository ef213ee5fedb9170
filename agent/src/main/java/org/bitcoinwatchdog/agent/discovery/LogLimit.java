package org.bitcoinwatchdog.agent.discovery;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Limits the warnings that strangers can provoke to so many an hour. One line says that the limit is reached. */
final class LogLimit {
    private static final int MOST_LINES = 50;
    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);

    private final Logger log;
    private long hourBeganNs = System.nanoTime();
    private int lines;

    LogLimit(Logger log) {
        this.log = log;
    }

    void warn(String text) {
        if (System.nanoTime() - hourBeganNs > HOUR_NS) {
            hourBeganNs = System.nanoTime();
            lines = 0;
        }
        lines++;
        if (lines <= MOST_LINES) {
            log.warn("{}", text);
        } else if (lines == MOST_LINES + 1) {
            log.warn("No more processes are logged within this hour. List them with: watchdog doctor");
        }
    }
}
