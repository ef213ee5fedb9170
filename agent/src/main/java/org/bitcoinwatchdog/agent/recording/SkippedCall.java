package org.bitcoinwatchdog.agent.recording;

import org.bitcoinwatchdog.events.RecordedCall;

/**
 * A recorded call that no process could have made.
 *
 * @param reason for people; never repeats the arguments
 */
public record SkippedCall(RecordedCall call, String reason) {
}
