package org.bitcoinwatchdog.detectors.settings;

/** The settings of one rule: a record, whose components are the rule's keys in the configuration. */
public interface RuleSettings {
    /** Whether the rule is on. */
    boolean enabled();
}
