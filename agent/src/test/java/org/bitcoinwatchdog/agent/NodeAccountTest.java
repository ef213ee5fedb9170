package org.bitcoinwatchdog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bitcoinwatchdog.agent.kernel.KernelCounters.TracepointCount;
import org.bitcoinwatchdog.agent.kernel.Tracepoint;
import org.bitcoinwatchdog.agent.kernel.TracepointState;
import org.bitcoinwatchdog.agent.publish.EventAccount;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Flaw;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Malformed;
import org.bitcoinwatchdog.events.Loss;
import org.junit.jupiter.api.Test;

class NodeAccountTest {
    private final NodeAccount account = new NodeAccount(
            List.of(new TracepointState(Tracepoint.NET_INBOUND_MESSAGE, true, ""),
                    new TracepointState(Tracepoint.UTXOCACHE_FLUSH, false, "the executable does not have it")),
            new EventAccount("alice", 7), 100);

    @Test
    void eachDropIsToldInOneLossOnly() {
        account.counted(Tracepoint.NET_INBOUND_MESSAGE, new TracepointCount(10, 3));
        assertThat(account.takeLosses(200)).singleElement().satisfies(loss -> {
            assertThat(loss.getCause()).isEqualTo(Loss.Cause.CAUSE_RING_BUFFER_FULL);
            assertThat(loss.getTracepoint()).isEqualTo("net:inbound_message");
            assertThat(loss.getEvents()).isEqualTo(3);
            assertThat(loss.getFromNs()).isEqualTo(100);
            assertThat(loss.getToNs()).isEqualTo(200);
        });
        assertThat(account.takeLosses(300)).isEmpty();
        account.counted(Tracepoint.NET_INBOUND_MESSAGE, new TracepointCount(12, 5));
        assertThat(account.takeLosses(400)).singleElement().satisfies(loss -> {
            assertThat(loss.getEvents()).isEqualTo(2);
            assertThat(loss.getFromNs()).isEqualTo(300);
        });
    }

    @Test
    void undecodableRecordsAreLostWithTheirReasonsAndThoseOfNoTracepointToo() {
        account.undecodable(new Malformed(Tracepoint.NET_INBOUND_MESSAGE.number(), Flaw.TOO_SHORT));
        account.undecodable(new Malformed(4711, Flaw.UNKNOWN_TRACEPOINT));
        assertThat(account.takeLosses(200)).extracting(Loss::getTracepoint).containsExactly("net:inbound_message", "");
        assertThat(account.heartbeat().getTracepoints(0).getUndecodable()).isEqualTo(1);
    }

    @Test
    void aHeartbeatNamesWhatIsNotAttachedAndWhy() {
        assertThat(account.heartbeat().getTracepointsList()).extracting(status -> status.getReason())
                .containsExactly("", "the executable does not have it");
        assertThat(account.attached()).containsExactly(Tracepoint.NET_INBOUND_MESSAGE);
    }
}
