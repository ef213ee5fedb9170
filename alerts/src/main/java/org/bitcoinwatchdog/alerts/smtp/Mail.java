package org.bitcoinwatchdog.alerts.smtp;

/**
 * A message to send.
 *
 * @param id     the same on every attempt, so that a mailbox can tell a repetition
 * @param thread the same for all messages about one thing
 */
public record Mail(String id, String thread, String subject, String text) {
}
