package org.bitcoinwatchdog.deploy.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A node that the detectors know.
 *
 * @param host      host of the agent that follows it or did so last; empty if that is unknown
 * @param implementation Core, Knots, ..., or other; empty if unknown, and of a witness
 * @param version   bitcoind's version, with its implementation unless it is Core; empty if unknown; {@link #WITNESS} of a witness
 * @param side      labels of the known branches that its chain is on, or empty
 * @param lastHeard by the clock of the node's host; by that of this process if the node is heard now
 */
public record KnownNode(String name, String network, String host, String implementation, String version, String side, Instant lastHeard,
        Following state) {
    /** In place of a version: a view of the best chain from outside runs no bitcoind that is watched. */
    static final String WITNESS = "witness";

    /** What is expected of the node. */
    public enum Following {
        /** Its agent publishes. */
        FOLLOWED,
        /** Its bitcoind has ended. */
        STOPPED,
        /** Nothing is heard of its agent. */
        SILENT,
        /** Two agents publish its name. */
        CONFLICT,
        /** Nothing is expected of it. */
        NOT_FOLLOWED;

        /** As people write it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** How long ago it was heard; zero if its clock is ahead. */
    public Duration age(Instant now) {
        Duration age = Duration.between(lastHeard, now);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
