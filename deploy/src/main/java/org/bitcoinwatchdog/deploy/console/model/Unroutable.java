package org.bitcoinwatchdog.deploy.console.model;

/** Ranges that Bitcoin Core does not take for routable (netaddress.cpp, IsRoutable and the RFC predicates it asks). */
final class Unroutable {
    private Unroutable() {
    }

    static boolean ipv4(int a, int b, int c) {
        return a == 10
                || a == 172 && b >= 16 && b <= 31
                || a == 192 && b == 168
                || a == 198 && (b == 18 || b == 19)
                || a == 169 && b == 254
                || a == 100 && b >= 64 && b <= 127
                || a == 192 && b == 0 && c == 2
                || a == 198 && b == 51 && c == 100
                || a == 203 && b == 0 && c == 113
                || a == 255 && b == 255;
    }

    /** @param first  the first 16 bits
     *  @param second the next 16 */
    static boolean ipv6(int first, int second) {
        return first == 0
                || first == 0xfe80
                || first >> 9 == 0xfc >> 1
                || first == 0x2001 && (second == 0xdb8 || second >> 4 == 1 || second >> 4 == 2);
    }
}
