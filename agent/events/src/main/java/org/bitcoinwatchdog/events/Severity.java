package org.bitcoinwatchdog.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How loudly an alert speaks, in rising order. */
public enum Severity {
    @JsonProperty("info")
    INFO,
    @JsonProperty("warn")
    WARN,
    /** Wakes someone. */
    @JsonProperty("page")
    PAGE;

    /** The spelling in labels and configuration. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
