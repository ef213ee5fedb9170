package org.bitcoinwatchdog.detectors.evaluation.traffic;

import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.Peer;
import org.bitcoinwatchdog.events.Version;

/** The version messages of the two ends of a connection. */
final class Versions {
    private static final String[] USER_AGENTS = {
        "/Satoshi:29.0.0/", "/Satoshi:28.1.0/", "/Satoshi:27.0.0/", "/Satoshi:30.0.0/", "/Satoshi:29.1.0/Knots:20250903/",
        "/Satoshi:26.0.0/", "/Satoshi:25.0.0/", "/bitcoinj:0.16.2/Bitcoin Wallet:10.0/", "/btcwire:0.5.0/btcd:0.24.2/",
    };
    private static final double WELL_SET = 0.97;
    private static final double FAR_OFF = 0.002;

    private final RandomSource random;

    Versions(RandomSource random) {
        this.random = random;
    }

    /** The peer's version message. Its clock is right within seconds, and sometimes off by minutes or hours. */
    Message theirs(Peer peer, long atUs, int height) {
        double draw = random.uniform();
        double offS = random.gaussian() * (draw < WELL_SET ? 0.7 : draw < 1 - FAR_OFF ? 90 : 7_200);
        return message(peer, atUs / 1_000_000 + (long) offS, agent(), height);
    }

    Message ours(Peer peer, long nodeClockUs, int height) {
        return message(peer, nodeClockUs / 1_000_000, USER_AGENTS[3], height);
    }

    /** Earlier entries are more common. */
    private String agent() {
        return USER_AGENTS[Math.min(USER_AGENTS.length - 1, (int) random.exponential(2.5))];
    }

    private Message message(Peer peer, long timeS, String agent, int height) {
        return Messages.of(peer, "version", 102)
                .setVersion(Version.newBuilder()
                        .setProtocolVersion(70016)
                        .setServices(1033)
                        .setTimeS(timeS)
                        .setNonce(random.bits())
                        .setUserAgent(agent)
                        .setStartHeight(height)
                        .setRelay(true))
                .build();
    }
}
