package org.bitcoinwatchdog.agent.kernel;

/**
 * One site of a tracepoint as an executable's section {@code .note.stapsdt} describes it. Addresses are those of the
 * file as linked.
 *
 * @param semaphore address of the counter that is above 0 while someone traces; 0 where there is none
 * @param arguments one operand an argument: {@code -8@%r12 8@24(%rcx) 4@$5}
 */
public record UsdtNote(String provider, String probe, long location, long base, long semaphore, String arguments) {
    /** {@code net:inbound_message}. */
    public String fullName() {
        return provider + ":" + probe;
    }
}
