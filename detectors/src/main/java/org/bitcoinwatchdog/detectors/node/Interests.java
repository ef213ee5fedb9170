package org.bitcoinwatchdog.detectors.node;

import java.util.List;
import org.bitcoinwatchdog.detectors.state.Section;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;

/** The rules that want each kind of event, computed once: most events concern few rules. */
final class Interests {
    private static final int BODIES = NodeEvent.BodyCase.values().length;
    private static final int PAYLOADS = Message.PayloadCase.values().length;

    private final List<Section<Detector>> all;
    private final List<List<Section<Detector>>> byKind;

    Interests(List<Section<Detector>> all) {
        this.all = all;
        byKind = new java.util.ArrayList<>(java.util.Collections.nCopies(BODIES * PAYLOADS, null));
    }

    List<Section<Detector>> in(NodeEvent event) {
        NodeEvent.BodyCase body = event.getBodyCase();
        Message.PayloadCase payload = switch (body) {
            case INBOUND_MESSAGE -> event.getInboundMessage().getPayloadCase();
            case OUTBOUND_MESSAGE -> event.getOutboundMessage().getPayloadCase();
            default -> Message.PayloadCase.PAYLOAD_NOT_SET;
        };
        int kind = body.ordinal() * PAYLOADS + payload.ordinal();
        List<Section<Detector>> known = byKind.get(kind);
        if (known == null) {
            known = all.stream().filter(section -> section.value().wants(body, payload)).toList();
            byKind.set(kind, known);
        }
        return known;
    }
}
