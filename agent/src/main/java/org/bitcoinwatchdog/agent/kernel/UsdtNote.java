package org.bitcoinwatchdog.agent.kernel;

/**
 * One place that fires a tracepoint, as an executable's section {@code .note.stapsdt} describes it.
 *
 * @param offset    where its instruction lies in the file, bytes
 * @param semaphore where the counter lies in the file that is above 0 while someone traces, bytes; 0 where there is none
 * @param arguments one operand an argument: {@code -8@%r12 8@24(%rcx) 4@$5}
 */
public record UsdtNote(String provider, String probe, long offset, long semaphore, String arguments) {
    /** {@code net:inbound_message}. */
    public String fullName() {
        return provider + ":" + probe;
    }
}
