package org.bitcoinwatchdog.agent.decode;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.RecordedCall;

/**
 * The NodeEvents that an agent would have published for the nodes of a recording, in the order of their time: each call
 * is written as the kernel's binary record and read by the same {@link RecordDecoder}. Made up are the NodeStarted at
 * each node's first call, and a Heartbeat on every second of event time from then to the recording's end. Lazy; for one
 * thread.
 */
public final class RecordedEvents implements Iterator<NodeEvent> {
    /**
     * @param calls        one recording, or several merged in order of time
     * @param network      that of all its nodes: main, test, testnet4, signet or regtest
     * @param skippedCalls told of each call that can't be written as a record
     */
    public RecordedEvents(Iterator<RecordedCall> calls, String network, Consumer<SkippedCall> skippedCalls) {
    }

    @Override
    public boolean hasNext() {
        return false;
    }

    @Override
    public NodeEvent next() {
        throw new NoSuchElementException();
    }

    /** Calls skipped so far. */
    public long skipped() {
        return 0;
    }
}
