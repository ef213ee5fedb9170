package org.bitcoinwatchdog.agent.discovery;

import java.util.Optional;
import org.bitcoinwatchdog.events.Network;
import org.bitcoinwatchdog.events.NodeOptions;

/** The options of bitcoind that decide which peers it chooses (init.cpp, net.cpp). */
final class PeerOptions {
    static final String ASMAP = "asmap";
    static final String CONNECT = "connect";
    static final String MAX_CONNECTIONS = "maxconnections";

    private PeerOptions() {
    }

    static NodeOptions of(BitcoinOptions arguments, BitcoinOptions file, String chain) {
        NodeOptions.Builder options = NodeOptions.newBuilder()
                .setAsmap(isSet(ASMAP, arguments, file, chain, true))
                .setNoAutomaticOutbound(connects(arguments, file, chain));
        arguments.value(MAX_CONNECTIONS).or(() -> file.value(MAX_CONNECTIONS, chain)).flatMap(PeerOptions::number)
                .ifPresent(options::setMaxConnections);
        return options.build();
    }

    /** Both {@code -connect=ADDRESS} and {@code -noconnect} end automatic connections. */
    private static boolean connects(BitcoinOptions arguments, BitcoinOptions file, String chain) {
        // Core reads connect= of a file for the main chain only, unless it is in the chain's section.
        boolean general = chain.equals(Network.MAIN.name());
        return arguments.value("noconnect").isPresent() || arguments.value(CONNECT).isPresent()
                || inFile("noconnect", file, chain, general).isPresent() || inFile(CONNECT, file, chain, general).isPresent();
    }

    private static boolean isSet(String name, BitcoinOptions arguments, BitcoinOptions file, String chain, boolean general) {
        if (arguments.value("no" + name).isPresent()) {
            return false;
        }
        return arguments.value(name).isPresent()
                || inFile("no" + name, file, chain, general).isEmpty() && inFile(name, file, chain, general).isPresent();
    }

    private static Optional<String> inFile(String name, BitcoinOptions file, String chain, boolean general) {
        return general ? file.value(name, chain) : file.value(chain + "." + name);
    }

    /** bitcoind takes what is not a number for 0; such a mistake is no evidence of what it does. */
    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
