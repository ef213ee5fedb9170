package org.bitcoinwatchdog.deploy.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.bitcoinwatchdog.agent.recording.RecordedEvents;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.Recordings;
import org.bitcoinwatchdog.events.Version;

/** Repeats a shipped recording as if it began at a given time. Its nodes get other names. */
final class RecordedTraffic implements Iterator<NodeEvent> {
    private final String recording;
    private final String prefix;
    private final String network;
    private Iterator<NodeEvent> events;
    private long shiftNs;
    private long beginNs;
    private long latestNs;

    RecordedTraffic(String recording, String prefix, String network, long beginNs) {
        this.recording = recording;
        this.prefix = prefix;
        this.network = network;
        this.beginNs = beginNs;
        this.latestNs = beginNs;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public NodeEvent next() {
        boolean first = events == null || !events.hasNext();
        if (first) {
            events = open();
            beginNs = latestNs + 1_000_000_000L;
        }
        NodeEvent event = events.next();
        if (first) {
            shiftNs = beginNs - event.getObservedAtNs();
        }
        latestNs = event.getObservedAtNs() + shiftNs;
        NodeEvent.Builder shifted = event.toBuilder()
                .setNode(prefix + event.getNode().replace("node-", ""))
                .setObservedAtNs(latestNs)
                .setEpoch(event.getEpoch() + shiftNs);
        if (event.getInboundMessage().hasVersion()) {
            // The present time in messages of peers. Otherwise every clock would be wrong.
            Version.Builder version = shifted.getInboundMessageBuilder().getVersionBuilder();
            version.setTimeS(version.getTimeS() + shiftNs / 1_000_000_000L);
        }
        return shifted.build();
    }

    private Iterator<NodeEvent> open() {
        try {
            RecordingReader calls = Recordings.open(recording, broken -> { });
            return new RecordedEvents(calls, network, skipped -> { });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
