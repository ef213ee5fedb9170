package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The owner of each /16, the same in every run, so that one asmap fits all runs. Honest peers follow the distribution
 * of reachable nodes: the top AS has 9.9 %, the top five 34.6 %, half are in 12, 739 in all. Attackers have /16s of
 * their own.
 */
public final class AddressPlan {
    static final int SYSTEMS = 739;
    private static final double[] TOP = {9.9, 8.0, 6.5, 5.5, 4.7, 2.9, 2.6, 2.4, 2.1, 1.9, 1.8, 1.7};
    /** A large AS has one /16 for about this many percent of all peers. */
    private static final double PERCENT_PER_GROUP = 0.4;
    private static final int FIRST_HONEST_AS = 1_000;
    private static final int FIRST_ATTACKER_AS = 300_000;
    private static final int WIDE_ATTACKER_AS = 299_999;
    private static final int OPERATOR_AS = 200_000;
    private static final int ATTACKER_GROUPS = 100;
    private static final int WIDE_ATTACKER_GROUPS = 20;
    private static final int OPERATOR_GROUPS = 3;

    private static final double TAIL = tail();
    /** Must stand after the constants that it uses. */
    public static final AddressPlan INSTANCE = new AddressPlan();

    private final int[] owners = new int[1 << 16];
    private final double[] cumulative = new double[SYSTEMS];
    private final int[][] groups = new int[SYSTEMS][];
    private final int[] attackers = new int[ATTACKER_GROUPS];
    private final int[] wideAttacker = new int[WIDE_ATTACKER_GROUPS];
    private final int[] operator = new int[OPERATOR_GROUPS];

    private AddressPlan() {
        List<Integer> free = routableGroups();
        Collections.shuffle(free, new Random(2026));
        int next = 0;
        double sum = 0;
        for (int i = 0; i < SYSTEMS; i++) {
            double percent = percent(i);
            sum += percent;
            cumulative[i] = sum;
            groups[i] = new int[Math.max(1, (int) Math.round(percent / PERCENT_PER_GROUP))];
            for (int g = 0; g < groups[i].length; g++) {
                groups[i][g] = own(free.get(next++), FIRST_HONEST_AS + i);
            }
        }
        for (int i = 0; i < ATTACKER_GROUPS; i++) {
            attackers[i] = own(free.get(next++), FIRST_ATTACKER_AS + i);
        }
        for (int i = 0; i < WIDE_ATTACKER_GROUPS; i++) {
            wideAttacker[i] = own(free.get(next++), WIDE_ATTACKER_AS);
        }
        for (int i = 0; i < OPERATOR_GROUPS; i++) {
            operator[i] = own(free.get(next++), OPERATOR_AS);
        }
    }

    /** The AS of that /16; 0 if it has no owner. */
    public int owner(int netgroup) {
        return owners[netgroup];
    }

    /** An address of an honest peer. */
    public SimulatedAddress honest(RandomSource random) {
        double at = random.uniform() * cumulative[SYSTEMS - 1];
        int low = 0;
        int high = SYSTEMS - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] <= at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return in(groups[low][random.below(groups[low].length)], random);
    }

    /** An address in one of an attacker's groups, each in its own AS; at most 100 groups. */
    public SimulatedAddress attacker(int group, RandomSource random) {
        return in(attackers[group], random);
    }

    /** An address in one of an attacker's 20 /16s of a single AS. */
    public SimulatedAddress wideAttacker(int group, RandomSource random) {
        return in(wideAttacker[group], random);
    }

    /**
     * An address in one of the three /16s of the operator that makes 46 % of all inbound connections. It has no
     * reachable node.
     */
    public SimulatedAddress operator(RandomSource random) {
        return in(operator[random.below(OPERATOR_GROUPS)], random);
    }

    private SimulatedAddress in(int netgroup, RandomSource random) {
        return new SimulatedAddress(netgroup << 16 | random.below(1 << 16), 8333, owners[netgroup]);
    }

    private int own(int netgroup, int asNumber) {
        owners[netgroup] = asNumber;
        return netgroup;
    }

    /** Percent of the peers in the i-th largest AS: measured for the first 12, a power law for the other half. */
    private static double percent(int i) {
        if (i < TOP.length) {
            return TOP[i];
        }
        return 50 * weight(i) / TAIL;
    }

    private static double tail() {
        double sum = 0;
        for (int i = TOP.length; i < SYSTEMS; i++) {
            sum += weight(i);
        }
        return sum;
    }

    private static double weight(int i) {
        return 1 / Math.pow(i + 20, 1.1);
    }

    /** Every /16 whose addresses are all routable by Core's IsRoutable(). */
    private static List<Integer> routableGroups() {
        List<Integer> routable = new ArrayList<>();
        for (int first = 1; first < 224; first++) {
            for (int second = 0; second < 256; second++) {
                boolean reserved = first == 10 || first == 127
                        || first == 100 && second >= 64 && second < 128
                        || first == 169 && second == 254
                        || first == 172 && second >= 16 && second < 32
                        || first == 192 && (second == 0 || second == 88 || second == 168)
                        || first == 198 && (second == 18 || second == 19 || second == 51)
                        || first == 203 && second == 0;
                if (!reserved) {
                    routable.add(first << 8 | second);
                }
            }
        }
        return routable;
    }

    /**
     * An IPv4 address of the made-up Internet.
     *
     * @param ipv4     the address as a number
     * @param asNumber number of the AS that owns it
     */
    public record SimulatedAddress(int ipv4, int port, int asNumber) {
        /** Core's netgroup of an IPv4 address: its first 16 bits. */
        public int netgroup() {
            return ipv4 >>> 16;
        }

        @Override
        public String toString() {
            return (ipv4 >>> 24) + "." + (ipv4 >>> 16 & 255) + "." + (ipv4 >>> 8 & 255) + "." + (ipv4 & 255) + ":" + port;
        }
    }
}
