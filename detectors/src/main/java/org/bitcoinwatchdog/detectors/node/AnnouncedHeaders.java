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
        Message message = event.getInboundMessage();
        if (message.hasHeaders()) {
            return valid(message.getHeaders().getHeadersList());
        }
        boolean found = message.hasBlock() && message.getBlock().getHeader().getProofOfWorkValid();
        return found ? List.of(message.getBlock().getHeader()) : List.of();
    }

    /** Usually all of them. */
    private static List<BlockHeader> valid(List<BlockHeader> headers) {
        for (BlockHeader header : headers) {
            if (!header.getProofOfWorkValid()) {
                return headers.stream().filter(BlockHeader::getProofOfWorkValid).toList();
            }
        }
        return headers;
    }
}
