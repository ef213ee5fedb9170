package org.bitcoinwatchdog.detectors.network;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Writes asmap files for tests: a binary trie, as returns, jumps, matches and defaults. */
public final class AsmapEncoder {
    private final Node root = new Node();
    private final boolean matches;

    private static final class Node {
        private int as;
        private Node zero;
        private Node one;
    }

    /** @param matches whether chains without a branch are written as a default and matches rather than jumps */
    public AsmapEncoder(boolean matches) {
        this.matches = matches;
    }

    /** The longest prefixes win; {@code text} as in {@link AddressText}, without port. */
    public AsmapEncoder prefix(String text, int bits, int as) {
        boolean ipv4 = text.contains(".");
        byte[] address = AddressText.parse(ipv4 ? text + ":1" : "[" + text + "]:1").orElseThrow().bytes().toByteArray();
        byte[] whole = new byte[16];
        System.arraycopy(address, 0, whole, ipv4 ? 12 : 0, address.length);
        if (ipv4) {
            whole[10] = -1;
            whole[11] = -1;
        }
        Node node = root;
        for (int i = 0; i < (ipv4 ? 96 + bits : bits); i++) {
            boolean bit = (whole[i / 8] >> (7 - i % 8) & 1) != 0;
            Node next = bit ? node.one : node.zero;
            if (next == null) {
                next = new Node();
                node.one = bit ? next : node.one;
                node.zero = bit ? node.zero : next;
            }
            node = next;
        }
        node.as = as;
        return this;
    }

    public byte[] encode() {
        List<Boolean> bits = code(root, 0, 0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < bits.size(); i += 8) {
            int value = 0;
            for (int bit = 0; bit < 8 && i + bit < bits.size(); bit++) {
                value |= bits.get(i + bit) ? 1 << bit : 0;
            }
            out.write(value);
        }
        return out.toByteArray();
    }

    /** @param standard the default that is set where this code runs, 0 where none is */
    private List<Boolean> code(Node node, int inherited, int standard) {
        int as = node == null || node.as == 0 ? inherited : node.as;
        List<Boolean> out = new ArrayList<>();
        if (node == null || node.zero == null && node.one == null) {
            if (as == 0) {
                throw new IllegalStateException("begin with a prefix of length 0: no instruction returns nothing");
            }
            number(out, 0, 0, new int[] {0, 0, 1});
            number(out, as, 1, classes(15, 24));
            return out;
        }
        boolean single = node.zero == null || node.one == null;
        if (matches && single) {
            if (as != standard) {
                number(out, 3, 0, new int[] {0, 0, 1});
                number(out, as, 1, classes(15, 24));
            }
            Node end = node;
            int match = 1;
            for (int length = 0; length < 8 && (end.zero == null) != (end.one == null) && (length == 0 || end.as == 0); length++) {
                match = match << 1 | (end.one != null ? 1 : 0);
                end = end.one != null ? end.one : end.zero;
            }
            number(out, 2, 0, new int[] {0, 0, 1});
            number(out, match, 2, classes(1, 8));
            out.addAll(code(end, as, as));
            return out;
        }
        List<Boolean> left = code(node.zero, as, standard);
        number(out, 1, 0, new int[] {0, 0, 1});
        number(out, left.size(), 17, classes(5, 30));
        out.addAll(left);
        out.addAll(code(node.one, as, standard));
        return out;
    }

    private static void number(List<Boolean> out, int value, int minimum, int[] classes) {
        long rest = (long) value - minimum;
        for (int k = 0; k < classes.length; k++) {
            boolean last = k == classes.length - 1;
            if (rest < 1L << classes[k] || last) {
                if (!last) {
                    out.add(false);
                }
                for (int b = classes[k] - 1; b >= 0; b--) {
                    out.add((rest >> b & 1) != 0);
                }
                return;
            }
            rest -= 1L << classes[k];
            out.add(true);
        }
    }

    private static int[] classes(int from, int to) {
        return java.util.stream.IntStream.rangeClosed(from, to).toArray();
    }
}
