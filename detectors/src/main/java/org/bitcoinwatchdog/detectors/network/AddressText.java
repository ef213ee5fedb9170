package org.bitcoinwatchdog.detectors.network;

import com.google.protobuf.ByteString;
import java.util.Locale;
import java.util.Optional;
import org.bitcoinwatchdog.events.AddressNetwork;

/** Reads addresses as bitcoind writes them: 203.0.113.7:8333, [2001:db8::1]:8333, xyz.onion:8333. */
public final class AddressText {
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LONGEST = 128;

    private AddressText() {
    }

    /** Empty for a host name, which a manually added peer may have, and for any other text that is not an address. */
    public static Optional<NetAddress> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? Optional.empty() : ipv6(text.substring(1, end));
        }
        int colon = text.lastIndexOf(':');
        String host = (colon < 0 ? text : text.substring(0, colon)).toLowerCase(Locale.ROOT);
        if (host.endsWith(".onion")) {
            return base32(AddressNetwork.ADDRESS_NETWORK_TORV3, host.substring(0, host.length() - 6), 56);
        }
        if (host.endsWith(".b32.i2p")) {
            return base32(AddressNetwork.ADDRESS_NETWORK_I2P, host.substring(0, host.length() - 8), 52);
        }
        return ipv4(host).map(bytes -> new NetAddress(AddressNetwork.ADDRESS_NETWORK_IPV4, ByteString.copyFrom(bytes)));
    }

    private static Optional<byte[]> ipv4(String host) {
        String[] parts = host.split("\\.", 5);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int part = number(parts[i], 10, 3);
            if (part < 0 || part > 255) {
                return Optional.empty();
            }
            bytes[i] = (byte) part;
        }
        return Optional.of(bytes);
    }

    private static Optional<NetAddress> ipv6(String host) {
        String unscoped = host.contains("%") ? host.substring(0, host.indexOf('%')) : host;
        int gap = unscoped.indexOf("::");
        Optional<byte[]> head = groups(gap < 0 ? unscoped : unscoped.substring(0, gap));
        Optional<byte[]> tail = groups(gap < 0 ? "" : unscoped.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int length = head.get().length + tail.get().length;
        if (gap < 0 ? length != 16 : length > 14) {
            return Optional.empty();
        }
        byte[] bytes = new byte[16];
        System.arraycopy(head.get(), 0, bytes, 0, head.get().length);
        System.arraycopy(tail.get(), 0, bytes, 16 - tail.get().length, tail.get().length);
        // Only CJDNS has peers in fc00::/8: as plain IPv6 these are unroutable (RFC 4193), and bitcoind refuses them.
        AddressNetwork network = (bytes[0] & 0xff) == 0xfc
                ? AddressNetwork.ADDRESS_NETWORK_CJDNS : AddressNetwork.ADDRESS_NETWORK_IPV6;
        return Optional.of(new NetAddress(network, ByteString.copyFrom(bytes)));
    }

    private static Optional<byte[]> groups(String text) {
        if (text.isEmpty()) {
            return Optional.of(new byte[0]);
        }
        String[] parts = text.split(":", 9);
        byte[] last = ipv4(parts[parts.length - 1]).orElse(null); // ::ffff:1.2.3.4
        int plain = last == null ? parts.length : parts.length - 1;
        byte[] bytes = new byte[2 * plain + (last == null ? 0 : 4)];
        for (int i = 0; i < plain; i++) {
            int group = number(parts[i], 16, 4);
            if (group < 0) {
                return Optional.empty();
            }
            bytes[2 * i] = (byte) (group >> 8);
            bytes[2 * i + 1] = (byte) group;
        }
        if (last != null) {
            System.arraycopy(last, 0, bytes, 2 * plain, 4);
        }
        return Optional.of(bytes);
    }

    private static Optional<NetAddress> base32(AddressNetwork network, String text, int characters) {
        if (text.length() != characters) {
            return Optional.empty();
        }
        byte[] bytes = new byte[32]; // the checksum and version of an onion address follow
        int bits = 0;
        int buffer = 0;
        int written = 0;
        for (int i = 0; i < text.length() && written < bytes.length; i++) {
            int value = BASE32.indexOf(text.charAt(i));
            if (value < 0) {
                return Optional.empty();
            }
            buffer = buffer << 5 | value;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[written++] = (byte) (buffer >> bits);
            }
        }
        return Optional.of(new NetAddress(network, ByteString.copyFrom(bytes)));
    }

    /** The number, or -1 if the text is not a number of at most {@code longest} digits. */
    private static int number(String text, int radix, int longest) {
        if (text.isEmpty() || text.length() > longest) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), radix);
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
