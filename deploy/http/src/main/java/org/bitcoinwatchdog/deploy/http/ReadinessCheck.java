package org.bitcoinwatchdog.deploy.http;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that must work for the process to do its job.
 *
 * @param state is asked for each request and must answer at once
 */
public record ReadinessCheck(String name, Supplier<ReadyState> state) {

    /**
     * Whether something works now.
     *
     * @param detail one line for a person
     */
    public record ReadyState(boolean ready, String detail) {
        public static ReadyState ready(String detail) {
            return new ReadyState(true, detail);
        }

        public static ReadyState notReady(String detail) {
            return new ReadyState(false, detail);
        }

        /** @param obstacle the reason why it does not work, or empty */
        public static ReadyState of(Optional<String> obstacle) {
            return obstacle.map(ReadyState::notReady).orElse(ready("ok"));
        }
    }
}
