package org.bitcoinwatchdog.detectors.node;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bitcoinwatchdog.detectors.state.Section;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;

/** The rules that want each kind of event, computed once: most events concern few rules. */
final class Interests {
    private static final int BODIES = NodeEvent.BodyCase.values().length;
    private static final int PAYLOADS = Message.PayloadCase.values().length;

    private final List<Section<Detector>> all;
    /** One for each body, then one for each payload of received and of sent messages; null where not asked yet. */
    private final List<List<Section<Detector>>> byKind;

    Interests(List<Section<Detector>> all) {
        this.all = all;
        byKind = new ArrayList<>(Collections.nCopies(BODIES + 2 * PAYLOADS, null));
    }

    List<Section<Detector>> in(NodeEvent event) {
        NodeEvent.BodyCase body = event.getBodyCase();
        return switch (body) {
            case INBOUND_MESSAGE -> ofMessage(BODIES, body, event.getInboundMessage().getPayloadCase());
            case OUTBOUND_MESSAGE -> ofMessage(BODIES + PAYLOADS, body, event.getOutboundMessage().getPayloadCase());
            default -> of(body.ordinal(), body, Message.PayloadCase.PAYLOAD_NOT_SET);
        };
    }

    private List<Section<Detector>> ofMessage(int first, NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return of(first + payload.ordinal(), body, payload);
    }

    private List<Section<Detector>> of(int kind, NodeEvent.BodyCase body, Message.PayloadCase payload) {
        List<Section<Detector>> known = byKind.get(kind);
        if (known == null) {
            known = all.stream().filter(section -> section.value().wants(body, payload)).toList();
            byKind.set(kind, known);
        }
        return known;
    }
}
