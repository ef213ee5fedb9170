package org.bitcoinwatchdog.detectors.node;

import java.util.List;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;

/** The headers that a received message brings: headers, cmpctblock, block. Only those with valid proof of work. */
public final class AnnouncedHeaders {
    private AnnouncedHeaders() {
    }

    public static List<BlockHeader> in(NodeEvent event) {
        if (event.getBodyCase() != NodeEvent.BodyCase.INBOUND_MESSAGE) {
            return List.of();
        }
        Message message = event.getInboundMessage();
        return switch (message.getPayloadCase()) {
            case HEADERS -> message.getHeaders().getHeadersList().stream()
                    .filter(BlockHeader::getProofOfWorkValid).toList();
            case BLOCK -> message.getBlock().getHeader().getProofOfWorkValid()
                    ? List.of(message.getBlock().getHeader()) : List.of();
            default -> List.of();
        };
    }
}
