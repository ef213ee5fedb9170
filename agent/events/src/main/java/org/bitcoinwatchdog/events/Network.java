package org.bitcoinwatchdog.events;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of the block chain that a node follows, as events, alerts and the configuration spell it: {@code main},
 * {@code test}, {@code testnet4}, {@code signet}, {@code signet_XXXXXXXX} for a signet with its own challenge, {@code
 * regtest}, and {@code regtest_LABEL} for a regtest that the configuration labels.
 */
public record Network(String name) {
    private static final Pattern NAME =
            Pattern.compile("main|test|testnet4|signet(_[0-9a-f]{8})?|regtest(_[a-z0-9-]{1,32})?");

    public static final Network MAIN = new Network("main");
    public static final Network TEST = new Network("test");
    public static final Network TESTNET4 = new Network("testnet4");
    public static final Network SIGNET = new Network("signet");
    public static final Network REGTEST = new Network("regtest");
    /** The chains that bitcoind's {@code -chain} can name. */
    public static final List<Network> CHAINS = List.of(MAIN, TEST, TESTNET4, SIGNET, REGTEST);
    /** Valid names, for messages to users. */
    public static final String KNOWN =
            "main, test, testnet4, signet, signet_ and 8 hex digits, regtest, or regtest_ and a label of a-z, 0-9 and -";

    private static final String PUBLIC_SIGNET_MAGIC = "0a03cf40";
    private static final int MAGIC_BYTES = 4;

    /** @throws IllegalArgumentException if no network has this name */
    public Network {
        if (!isKnown(name)) {
            throw new IllegalArgumentException("unknown network: use " + KNOWN);
        }
    }

    public static boolean isKnown(String name) {
        return NAME.matcher(name).matches();
    }

    /** Empty if no network has this name, because events come from agents of any version. */
    public static Optional<Network> parse(String name) {
        return isKnown(name) ? Optional.of(new Network(name)) : Optional.empty();
    }

    /**
     * The signet with this challenge. Its name has the message start: the first 4 bytes of the double SHA-256 of the
     * serialized challenge (SigNetParams in Core's kernel/chainparams.cpp).
     *
     * @param challenge the script in hex, as in {@code -signetchallenge}
     */
    public static Network signet(byte[] challenge) {
        byte[] hash = sha256(sha256(serialized(challenge)));
        String magic = HexFormat.of().formatHex(hash, 0, MAGIC_BYTES);
        return magic.equals(PUBLIC_SIGNET_MAGIC) ? SIGNET : new Network("signet_" + magic);
    }

    /** One of {@link #CHAINS}, which has the consensus rules and default settings of this network. */
    public Network baseChain() {
        int end = name.indexOf('_');
        return end < 0 ? this : new Network(name.substring(0, end));
    }

    /** The base chain's name, or the name itself if it is unknown. */
    public static String baseChainOf(String name) {
        return parse(name).map(network -> network.baseChain().name()).orElse(name);
    }

    /**
     * Whether all nodes of this name follow one chain. Each plain regtest may be its own chain. Agents that read the
     * challenge use plain signet for the public one, but recordings and configurations use the name for any signet.
     */
    public boolean identifiesChain() {
        return !equals(SIGNET) && !equals(REGTEST);
    }

    /** Whether a block may have the minimum difficulty, 20 minutes after its parent: Core's fPowAllowMinDifficultyBlocks. */
    public boolean allowsMinimumDifficulty() {
        return equals(TEST) || equals(TESTNET4);
    }

    @Override
    public String toString() {
        return name;
    }

    /** With its length in front, in Core's CompactSize form. */
    private static byte[] serialized(byte[] challenge) {
        ByteBuffer bytes = ByteBuffer.allocate(challenge.length + 5).order(ByteOrder.LITTLE_ENDIAN);
        if (challenge.length < 0xfd) {
            bytes.put((byte) challenge.length);
        } else if (challenge.length <= 0xffff) {
            bytes.put((byte) 0xfd).putShort((short) challenge.length);
        } else {
            bytes.put((byte) 0xfe).putInt(challenge.length);
        }
        return Arrays.copyOf(bytes.put(challenge).array(), bytes.position());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
