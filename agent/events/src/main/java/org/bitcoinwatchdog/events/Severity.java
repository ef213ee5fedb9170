package org.bitcoinwatchdog.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The urgency of an alert, in rising order. */
public enum Severity {
    @JsonProperty("info")
    INFO,
    @JsonProperty("warn")
    WARN,
    /** Wakes the person on call. */
    @JsonProperty("page")
    PAGE;

    /** The spelling in labels and configuration. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
