package org.bitcoinwatchdog.agent.p2p;

import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NetworkAddress;
import org.bitcoinwatchdog.events.NodeSoftware;
import org.bitcoinwatchdog.events.SafeText;
import org.bitcoinwatchdog.events.Version;

/**
 * {@code version}, as PeerManagerImpl::ProcessMessage in Core's net_processing.cpp reads it. The first 46 bytes are
 * required. Each further group of fields is read only if the message goes on.
 */
final class VersionDecoder implements PayloadDecoder {
    /** MAX_SUBVERSION_LENGTH in Core's net.h. */
    private static final int MAX_USER_AGENT_BYTES = 256;
    /** Core's default if the message has no height. */
    private static final int UNKNOWN_HEIGHT = -1;

    private final byte[] userAgent = new byte[MAX_USER_AGENT_BYTES];

    @Override
    public void decode(PayloadReader payload, Message.Builder message) {
        Version.Builder version = Version.newBuilder()
                .setProtocolVersion(payload.int32())
                .setServices(payload.int64())
                .setTimeS(payload.int64())
                .setReceiverServices(payload.int64())
                .setReceiver(LegacyAddressEntries.address(payload))
                .setStartHeight(UNKNOWN_HEIGHT)
                .setRelay(true);
        if (payload.ok()) {
            optional(payload, version);
            message.setVersion(version);
        }
    }

    private void optional(PayloadReader payload, Version.Builder version) {
        if (payload.atEnd()) {
            return;
        }
        long services = payload.int64();
        NetworkAddress sender = LegacyAddressEntries.address(payload);
        long nonce = payload.int64();
        if (payload.ok()) {
            version.setSenderServices(services).setSender(sender).setNonce(nonce);
        }
        if (payload.ok() && !payload.atEnd()) {
            String userAgent = userAgent(payload);
            version.setUserAgent(userAgent).setImplementation(NodeSoftware.of(userAgent).implementation());
        }
        if (payload.ok() && !payload.atEnd()) {
            int height = payload.int32();
            version.setStartHeight(payload.ok() ? height : UNKNOWN_HEIGHT);
        }
        if (payload.ok() && !payload.atEnd()) {
            boolean relay = payload.uint8() != 0;
            version.setRelay(relay || !payload.ok());
        }
    }

    private String userAgent(PayloadReader payload) {
        int length = payload.count(MAX_USER_AGENT_BYTES);
        payload.bytes(userAgent, length);
        return payload.ok() ? SafeText.ofUtf8(userAgent, length) : "";
    }
}
