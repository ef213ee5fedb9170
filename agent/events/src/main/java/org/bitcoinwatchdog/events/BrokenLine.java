package org.bitcoinwatchdog.events;

/**
 * A line of a recording that was skipped.
 *
 * @param line   its number, from 1
 * @param reason for people; never repeats the line's content
 */
public record BrokenLine(long line, String reason) {
    @Override
    public String toString() {
        return "line " + line + ": " + reason;
    }
}
