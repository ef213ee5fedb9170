package org.bitcoinwatchdog.deploy.topics;

/** Kafka did not answer, or refused. */
public final class KafkaUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KafkaUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
