package org.bitcoinwatchdog.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Alertmanager's two states of an alert. */
public enum AlertStatus {
    @JsonProperty("firing")
    FIRING,
    @JsonProperty("resolved")
    RESOLVED
}
