package org.bitcoinwatchdog.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitcoinwatchdog.agent.publish.EventAccount.LostEvents;
import org.bitcoinwatchdog.events.Loss;
import org.junit.jupiter.api.Test;

class MemoryQueueTest {
    private final EventAccount account = new EventAccount("alice", 7);
    private final int eventBytes = event(0).memoryBytes();

    @Test
    void whereThereIsNoRoomTheOldestGoAndAreCounted() {
        MemoryQueue queue = new MemoryQueue(3L * eventBytes);
        for (int time = 0; time < 5; time++) {
            queue.add(event(time));
        }
        assertThat(queue.poll().timeNs()).isEqualTo(2);
        assertThat(account.takeUnreported()).containsExactly(new LostEvents(Loss.Cause.CAUSE_SPOOL_FULL, 2, 0, 1));
        assertThat(account.takeUnreported()).isEmpty();
    }

    @Test
    void isHalfFullBeforeItIsFull() {
        MemoryQueue queue = new MemoryQueue(4L * eventBytes);
        queue.add(event(0));
        queue.add(event(1));
        assertThat(queue.isHalfFull()).isFalse();
        queue.add(event(2));
        assertThat(queue.isHalfFull()).isTrue();
        queue.poll();
        assertThat(queue.isHalfFull()).isFalse();
    }

    private PendingEvent event(long timeNs) {
        return new PendingEvent(account, timeNs, new byte[100]);
    }
}
