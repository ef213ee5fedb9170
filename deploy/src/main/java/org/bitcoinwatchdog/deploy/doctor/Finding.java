package org.bitcoinwatchdog.deploy.doctor;

/**
 * One thing that was looked at.
 *
 * @param subject what: {@code kernel}, {@code libbpf}, {@code node alice}, {@code sink ops}
 * @param detail  one line for a person
 * @param remedy  what to do about it; empty where nothing is to be done
 */
public record Finding(String subject, Health health, String detail, String remedy) {
    /** How it is. */
    public enum Health {
        OK,
        /** Less than it could be; the watchdog works. */
        WARN,
        /** Stands in the way. */
        OBSTACLE
    }

    static Finding ok(String subject, String detail) {
        return new Finding(subject, Health.OK, detail, "");
    }

    static Finding warn(String subject, String detail, String remedy) {
        return new Finding(subject, Health.WARN, detail, remedy);
    }

    static Finding obstacle(String subject, String detail, String remedy) {
        return new Finding(subject, Health.OBSTACLE, detail, remedy);
    }
}
