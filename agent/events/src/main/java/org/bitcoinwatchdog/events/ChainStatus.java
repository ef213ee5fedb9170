package org.bitcoinwatchdog.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One record of the topic {@code watchdog.chain-status}: whether deposits on a network may be credited.
 *
 * @param network       as in the label {@code network} of alerts
 * @param verdict       about the whole network
 * @param confirmations that a deposit needs at least before it is credited. With {@code hold} and {@code unknown}, wait for
 *                      {@code ok} too
 * @param reasons       why; empty if the verdict is {@code ok} and nothing raises the confirmations
 * @param nodes         names of the watched nodes by the verdict about each node alone; witnesses are left out
 * @param witnesses     names of the witnesses that show the chain now
 * @param since         when the verdict became what it is, by the clock of the detectors' host
 * @param updatedAt     when this record was decided, by the same clock
 * @param validUntil    until then a newer record follows; later the verdict is unknown
 */
public record ChainStatus(
        String network,
        Verdict verdict,
        int confirmations,
        List<Reason> reasons,
        Map<Verdict, List<String>> nodes,
        List<String> witnesses,
        Instant since,
        Instant updatedAt,
        Instant validUntil) {

    /** How long a record is valid. A detector that is restarted writes the next one within that time. */
    public static final Duration VALID = Duration.ofSeconds(60);

    /** What a system that credits deposits should do. */
    public enum Verdict {
        /** Credit deposits that have the advised confirmations. */
        @JsonProperty("ok")
        OK,
        /** The watchdog can't tell: treat it as hold. */
        @JsonProperty("unknown")
        UNKNOWN,
        /** Do not credit deposits. */
        @JsonProperty("hold")
        HOLD
    }

    /**
     * One thing that holds deposits, makes the verdict unknown, or raises the confirmations.
     *
     * @param verdict       what this alone means for the network
     * @param confirmations that it advises
     * @param why           one sentence
     * @param node          the node it is about; null if it is about the whole network
     * @param alert         the alert that fires; null if there is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Reason(Verdict verdict, int confirmations, String why, String node, FiringRule alert) {
        public Reason {
            Objects.requireNonNull(verdict, "verdict");
            Objects.requireNonNull(why, "why");
        }
    }

    /**
     * A firing alert.
     *
     * @param fingerprint key of the alert in {@code watchdog.alerts}
     * @param startsAt    in the node's event time
     */
    public record FiringRule(String alertname, String severity, String fingerprint, Instant startsAt, String runbookUrl) {
    }

    public ChainStatus {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(updatedAt, "updatedAt");
        Objects.requireNonNull(validUntil, "validUntil");
        reasons = reasons == null ? List.of() : List.copyOf(reasons);
        witnesses = witnesses == null ? List.of() : List.copyOf(witnesses);
        Map<Verdict, List<String>> all = new EnumMap<>(Verdict.class);
        for (Verdict each : Verdict.values()) {
            all.put(each, nodes == null ? List.of() : List.copyOf(nodes.getOrDefault(each, List.of())));
        }
        nodes = java.util.Collections.unmodifiableMap(all);
    }

    /** The same at a later time; unknown once it is not valid any more. */
    public ChainStatus at(Instant now) {
        if (!now.isAfter(validUntil)) {
            return this;
        }
        String why = "The detectors have not written a verdict since " + updatedAt.truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                + ". Check that they run.";
        List<String> all = nodes.values().stream().flatMap(List::stream).sorted().toList();
        return new ChainStatus(network, Verdict.UNKNOWN, confirmations, List.of(new Reason(Verdict.UNKNOWN, confirmations, why, null, null)),
                Map.of(Verdict.UNKNOWN, all), List.of(), validUntil, updatedAt, validUntil);
    }
}
