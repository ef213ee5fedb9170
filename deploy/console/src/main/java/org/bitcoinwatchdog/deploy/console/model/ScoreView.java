package org.bitcoinwatchdog.deploy.console.model;

/**
 * What a rule measures against the value from which it speaks.
 *
 * @param atMs   node's time of the latest value, UNIX milliseconds
 * @param series largest value of each slot, oldest first, null where the rule said nothing
 */
public record ScoreView(
        String rule, double value, double threshold, String unit, long atMs, long slotSeconds, Double[] series) {
}
