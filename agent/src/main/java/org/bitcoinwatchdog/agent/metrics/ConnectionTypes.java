package org.bitcoinwatchdog.agent.metrics;

import java.util.Locale;
import org.bitcoinwatchdog.events.ConnectionType;

/** Connection types as bitcoind spells them. */
final class ConnectionTypes {
    static final String INBOUND = "inbound";
    static final String OUTBOUND = "outbound";

    private ConnectionTypes() {
    }

    static String name(ConnectionType type) {
        return switch (type) {
            case CONNECTION_TYPE_UNSPECIFIED, UNRECOGNIZED -> Words.OTHER;
            default -> type.name().substring("CONNECTION_TYPE_".length()).toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    static String direction(ConnectionType type) {
        return type == ConnectionType.CONNECTION_TYPE_INBOUND ? INBOUND : OUTBOUND;
    }
}
