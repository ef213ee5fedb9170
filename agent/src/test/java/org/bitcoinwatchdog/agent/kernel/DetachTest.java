package org.bitcoinwatchdog.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DetachTest {
    private final Set<Integer> closed = ConcurrentHashMap.newKeySet();

    @Test
    void aLinkThatCantBeClosedKeepsNoOtherOpen() {
        List<BpfLink> links = IntStream.range(0, 5).<BpfLink>mapToObj(i -> () -> {
            closed.add(i);
            if (i % 2 == 0) {
                throw new IllegalStateException("link " + i);
            }
        }).toList();
        assertThatThrownBy(() -> Tracing.detach(links, () -> { }))
                .hasRootCauseMessage("link 4")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(2));
        assertThat(closed).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void aFaultMeanwhileComesAfterTheLastLinkIsClosed() throws Exception {
        CountDownLatch faulty = new CountDownLatch(1);
        BpfLink slow = () -> {
            try {
                faulty.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            closed.add(1);
        };
        assertThatThrownBy(() -> Tracing.detach(List.of(slow), () -> {
            faulty.countDown();
            throw new IllegalArgumentException("of the reader");
        })).isInstanceOf(IllegalArgumentException.class);
        assertThat(closed).containsExactly(1);
    }

    @Test
    void anInterruptEndsNothingEarlyAndIsKept() {
        CountDownLatch interrupted = new CountDownLatch(1);
        BpfLink slow = () -> {
            try {
                interrupted.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            closed.add(1);
        };
        try {
            Tracing.detach(List.of(slow), () -> {
                Thread.currentThread().interrupt();
                interrupted.countDown();
            });
            assertThat(closed).containsExactly(1);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void handlesAreClosedLastFirst() {
        StringBuilder order = new StringBuilder();
        try (Handles handles = new Handles()) {
            handles.add(() -> order.append("first "));
            handles.add(() -> order.append("last "));
        }
        assertThat(order.toString()).isEqualTo("last first ");
    }
}
