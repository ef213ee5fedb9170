package org.bitcoinwatchdog.deploy.console.model;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.events.NetworkAddress;

/**
 * The group that Bitcoin Core puts an address in (netgroup.cpp, GetGroup without asmap): /16 of IPv4 and of what tunnels
 * it, /32 of IPv6 but /36 of he.net, 4 bits of Tor and I2P, 12 bits of CJDNS; one group each for local and for other
 * unroutable addresses.
 *
 * @param network ipv4, ipv6, onion, i2p, cjdns, local, unroutable, name or other
 * @param name    for people: 203.0.0.0/16, 2001:db8::/32, onion:5
 * @param slash16 the first two bytes of an IPv4 address, -1 for all else
 */
record Netgroup(String network, String name, int slash16) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Netgroup LOCAL = new Netgroup("local", "local", -1);
    private static final Netgroup UNROUTABLE = new Netgroup("unroutable", "unroutable", -1);
    private static final Netgroup NAME = new Netgroup("name", "host name", -1);
    static final Netgroup OTHER = new Netgroup("other", "other", -1);

    /** @param address as bitcoind writes it: 203.0.113.7:8333, [2001:db8::1]:8333, xyz.onion:8333, a host name */
    static Netgroup ofText(String address) {
        String host = host(address);
        if (IPV4.matcher(host).matches() || host.indexOf(':') >= 0 && IPV6.matcher(host).matches()) {
            try {
                return ofIp(InetAddress.getByName(host).getAddress());
            } catch (UnknownHostException e) {
                return OTHER;
            }
        }
        if (host.endsWith(".onion")) {
            return fourBits("onion", BASE32.indexOf(host.charAt(0)) >> 1);
        }
        if (host.endsWith(".b32.i2p")) {
            return fourBits("i2p", BASE32.indexOf(host.charAt(0)) >> 1);
        }
        return NAME;
    }

    static Netgroup of(NetworkAddress address) {
        ByteString bytes = address.getAddress();
        return switch (address.getNetwork()) {
            case ADDRESS_NETWORK_IPV4 -> bytes.size() == 4 ? ofIp(bytes.toByteArray()) : OTHER;
            case ADDRESS_NETWORK_IPV6 -> bytes.size() != 16 ? OTHER
                    : bytes.byteAt(0) == (byte) 0xfc ? UNROUTABLE : ofIp(bytes.toByteArray());
            case ADDRESS_NETWORK_CJDNS -> bytes.size() == 16 ? cjdns(bytes.toByteArray()) : OTHER;
            case ADDRESS_NETWORK_TORV3 -> bytes.isEmpty() ? OTHER : fourBits("onion", (bytes.byteAt(0) & 0xff) >> 4);
            case ADDRESS_NETWORK_I2P -> bytes.isEmpty() ? OTHER : fourBits("i2p", (bytes.byteAt(0) & 0xff) >> 4);
            default -> OTHER;
        };
    }

    private static String host(String address) {
        if (address.startsWith("[")) {
            int end = address.indexOf(']');
            return end < 0 ? "" : address.substring(1, end);
        }
        int colon = address.indexOf(':');
        return colon >= 0 && colon == address.lastIndexOf(':') ? address.substring(0, colon) : address;
    }

    private static Netgroup ofIp(byte[] ip) {
        return ip.length == 4 ? ipv4(ip[0], ip[1], ip[2]) : ipv6(ip);
    }

    private static Netgroup ipv4(byte first, byte second, byte third) {
        int a = first & 0xff;
        int b = second & 0xff;
        if (a == 127 || a == 0) {
            return LOCAL;
        }
        if (Unroutable.ipv4(a, b, third & 0xff)) {
            return UNROUTABLE;
        }
        return new Netgroup("ipv4", a + "." + b + ".0.0/16", a << 8 | b);
    }

    private static Netgroup ipv6(byte[] ip) {
        int first = (ip[0] & 0xff) << 8 | ip[1] & 0xff;
        int second = (ip[2] & 0xff) << 8 | ip[3] & 0xff;
        if (isLoopback(ip)) {
            return LOCAL;
        }
        if (first == 0x2002) {
            return ipv4(ip[2], ip[3], ip[4]);
        }
        if (first == 0x2001 && second == 0) {
            return ipv4((byte) ~ip[12], (byte) ~ip[13], (byte) ~ip[14]);
        }
        if (first == 0x64 && second == 0xff9b) {
            return ipv4(ip[12], ip[13], ip[14]);
        }
        if (first >> 8 == 0xfc) {
            return cjdns(ip);
        }
        if (Unroutable.ipv6(first, second)) {
            return UNROUTABLE;
        }
        String prefix = Integer.toHexString(first) + ":" + Integer.toHexString(second);
        if (first == 0x2001 && second == 0x470) {
            return new Netgroup("ipv6", prefix + ":" + Integer.toHexString((ip[4] & 0xf0) << 8) + "::/36", -1);
        }
        return new Netgroup("ipv6", prefix + "::/32", -1);
    }

    private static boolean isLoopback(byte[] ip) {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        return Arrays.equals(ip, loopback);
    }

    private static Netgroup cjdns(byte[] ip) {
        return new Netgroup("cjdns", HexFormat.of().formatHex(ip, 0, 2).substring(0, 3) + "0::/12", -1);
    }

    private static Netgroup fourBits(String network, int bits) {
        return bits < 0 ? OTHER : new Netgroup(network, network + ":" + Integer.toHexString(bits), -1);
    }
}
