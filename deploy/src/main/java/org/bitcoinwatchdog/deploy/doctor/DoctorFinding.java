package org.bitcoinwatchdog.deploy.doctor;

/**
 * One thing that was looked at.
 *
 * @param subject what: {@code kernel}, {@code libbpf}, {@code node alice}, {@code sink ops}
 * @param detail  one line for a person
 * @param remedy  what to do about it; empty if nothing is needed
 */
public record DoctorFinding(String subject, Health health, String detail, String remedy) {
    /** How it is. */
    public enum Health {
        OK,
        /** Less than it could be; the watchdog works. */
        WARN,
        /** It must be fixed before nodes can be traced. */
        OBSTACLE
    }

    static DoctorFinding ok(String subject, String detail) {
        return new DoctorFinding(subject, Health.OK, detail, "");
    }

    static DoctorFinding warn(String subject, String detail, String remedy) {
        return new DoctorFinding(subject, Health.WARN, detail, remedy);
    }

    static DoctorFinding obstacle(String subject, String detail, String remedy) {
        return new DoctorFinding(subject, Health.OBSTACLE, detail, remedy);
    }
}
