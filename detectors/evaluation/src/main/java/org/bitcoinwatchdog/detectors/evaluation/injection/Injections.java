package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.bitcoinwatchdog.detectors.evaluation.injection.StarvationAttack.BodiesWithheldAttack;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance.CallOutcome;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Traced;

/**
 * Every injection of rules.md, section 5, by strength. They hit node-0, a listening node, of a fleet of four. Whether
 * an injection must be found follows from the thresholds there. A comment names the threshold if it is not obvious.
 */
public final class Injections {
    /** Alert names of the rules that notice an injection. */
    private static final Set<String> ADDRESSES = Set.of("AddressFlood");
    private static final Set<String> INBOUND = Set.of("InboundConcentration", "InboundTakeover");
    private static final Set<String> OUTBOUND = Set.of("OutboundConcentration");
    private static final Set<String> TURNOVER = Set.of("OutboundConcentration", "OutboundTurnover");
    private static final Set<String> LAG = Set.of("FleetLag");
    private static final Set<String> ALONE = Set.of("AloneAhead");
    private static final Set<String> SLOW = Set.of("SlowChain", "NoBlock");
    private static final Set<String> WITHHELD = Set.of("AnnouncedNotConnected", "FleetLag");
    private static final Set<String> SPLIT = Set.of("FleetSplit");
    private static final Set<String> BRANCH = Set.of("ForkBranch");
    private static final Set<String> NOT_READY = Set.of("NotReady");
    private static final Set<String> PINGS = Set.of("PingFlood");
    private static final Set<String> CONNECTIONS = Set.of("ConnectionFlood");
    private static final Set<String> CLOCK = Set.of("ClockOffset");
    private static final Set<String> RESTARTS = Set.of("NodeRestarts");
    private static final Set<String> CRASH = Set.of("CrashOnInput");
    private static final Set<String> PEER_CLASS = Set.of("MissingPeerClass");
    private static final Set<String> ECLIPSE = Set.of("Eclipse");
    private static final Set<Integer> VICTIM = Set.of(0);

    /** Must stand after the constants that it uses. */
    public static final List<Injection> ALL = all();

    private Injections() {
    }

    /** The injections that an alert of that name detects, with this name only. */
    public static List<Injection> meantFor(String alertname) {
        return ALL.stream().filter(injection -> injection.alertnames().contains(alertname))
                .map(injection -> injection.foundBy(alertname))
                .toList();
    }

    private static List<Injection> all() {
        List<Injection> all = new ArrayList<>();
        addresses(all);
        inboundCapture(all);
        outboundCapture(all);
        blocks(all);
        floods(all);
        eclipses(all);
        ends(all);
        amid(all);
        return List.copyOf(all);
    }

    private static void addresses(List<Injection> all) {
        for (int peers : new int[] {1, 5, 50}) {
            all.add(injection("address flood", "500 × 10 from " + count(peers), Duration.ofMinutes(2), true,
                    ADDRESSES, span -> new AddressBurstAttack(span, peers)));
        }
        for (double perSecond : new double[] {0.2, 0.5, 0.94, 1}) {
            // A peer may send 0.1 a second. The rule warns from 500 more in 10 minutes, so from 0.933 a second.
            all.add(injection("slow address flood", perSecond + " entries/s", Duration.ofHours(2), perSecond >= 0.94,
                    ADDRESSES, span -> new AddressTrickleAttack(span, perSecond)));
        }
    }

    private static void inboundCapture(List<Injection> all) {
        Duration[] ramps = {Duration.ofMinutes(10), Duration.ofHours(6), Duration.ofDays(5)};
        String[] names = {"10 min", "6 h", "5 d"};
        for (int ramp = 0; ramp < ramps.length; ramp++) {
            for (int groups : new int[] {1, 5, 20, 80}) {
                for (int percent : new int[] {30, 50, 70, 90}) {
                    Duration over = ramps[ramp];
                    // Only a single group certainly exceeds 30 % in a netgroup or 45 % in an AS. Many groups are less concentrated than
                    // honest peers.
                    all.add(injection("inbound capture over " + names[ramp], percent + " % by " + groups + (groups == 1 ? " group" : " groups"),
                            over.plusHours(2), groups == 1 && percent >= 50, INBOUND,
                            span -> new InboundCaptureAttack(span, over, percent / 100.0, groups)));
                }
            }
        }
    }

    private static void outboundCapture(List<Injection> all) {
        for (int slots = 3; slots <= 10; slots++) {
            int captured = slots;
            all.add(injection("outbound capture by one AS", captured + " of 10", Duration.ofHours(2), captured >= 5,
                    TURNOVER, span -> new OutboundCaptureAttack(span, captured, false)));
        }
        for (int slots : new int[] {3, 6, 10}) {
            all.add(injection("outbound capture by one netgroup", slots + " of 10", Duration.ofHours(2), true,
                    OUTBOUND, span -> new OutboundCaptureAttack(span, slots, true)));
        }
    }

    private static void blocks(List<Injection> all) {
        all.add(injection("starved of blocks", "one node", Duration.ofHours(3), true, LAG,
                span -> new StarvationAttack(span, VICTIM)));
        all.add(new Injection("starved of blocks", "half the fleet", Duration.ofHours(3), true, LAG, Set.of(0, 1),
                span -> new StarvationAttack(span, Set.of(0, 1))));
        all.add(new Injection("starved of blocks", "all but one node", Duration.ofHours(3), true, ALONE, Set.of(0, 1, 2, 3),
                span -> new StarvationAttack(span, Set.of(0, 1, 2))));
        all.add(injection("blocks announced, not delivered", "one node", Duration.ofHours(3), true, WITHHELD,
                span -> new BodiesWithheldAttack(span, VICTIM)));
        for (double rate : new double[] {0.1, 0.3, 0.5}) {
            // The CUSUM is tuned to 0.3 of the rate.
            all.add(new Injection("slow chain", rate + " of the rate", Duration.ofHours(24), rate <= 0.3, SLOW,
                    Set.of(0, 1, 2, 3), span -> new SlowChainAttack(span, rate)));
        }
        for (int minutes : new int[] {1, 2, 3, 10, 30, 60}) {
            // Warns from 60 s and pages from 120 s of lag behind the second other node, which itself has a benign lag.
            all.add(injection("headers withheld", minutes + " min", Duration.ofHours(6), minutes >= 2, LAG,
                    span -> new HeadersDelayedAttack(span, VICTIM, Duration.ofMinutes(minutes))));
        }
        all.add(new Injection("chain split", "half the fleet", Duration.ofHours(6), true, SPLIT, Set.of(0, 1, 2, 3),
                ChainSplitAttack::new));
        branch(all, 2, 20);
        branch(all, 3, 20);
        branch(all, 2, 90);
        witnesses(all);
    }

    private static void branch(List<Injection> all, int blocks, int everyMinutes) {
        all.add(injection("branch of other miners", blocks + " blocks, one each " + everyMinutes + " min", Duration.ofHours(3), true, BRANCH,
                span -> new BranchAttack(span, blocks, Duration.ofMinutes(everyMinutes))));
    }

    /** One node is compared with witnesses alone. */
    private static void witnesses(List<Injection> all) {
        all.add(injection("one node and two witnesses", "starved", Duration.ofHours(3), true, LAG,
                span -> new StarvationAttack(span, VICTIM)).on(NodeKind.LISTENING, NodeKind.WITNESS, NodeKind.WITNESS));
        all.add(injection("one node and two witnesses", "eclipse by 1 group", Duration.ofHours(4), true, ECLIPSE,
                span -> new EclipseAttack(span, VICTIM, 1)).on(NodeKind.LISTENING, NodeKind.WITNESS, NodeKind.WITNESS));
        all.add(injection("one node and one witness", "starved", Duration.ofHours(3), true, LAG,
                span -> new StarvationAttack(span, VICTIM)).on(NodeKind.OUTBOUND_ONLY, NodeKind.WITNESS));
    }

    private static void floods(List<Injection> all) {
        for (int factor : new int[] {3, 10, 30}) {
            // The rule fires above 3 pings in 120 s: a factor of 3 is exactly at the limit.
            all.add(injection("ping flood", "×" + factor, Duration.ofHours(1), factor > 3, PINGS,
                    span -> new PingFloodAttack(span, factor)));
            // The rule fires above 20 a minute from one netgroup: a factor of 3 is 17.
            all.add(injection("connection flood", "×" + factor, Duration.ofHours(1), factor > 3, CONNECTIONS,
                    span -> new ConnectionFloodAttack(span, factor)));
        }
        for (int minutes : new int[] {20, 90}) {
            all.add(injection("clock off", minutes + " min", Duration.ofHours(6), true, CLOCK,
                    span -> new ClockOffAttack(span, VICTIM, Duration.ofMinutes(minutes))));
        }
    }

    private static void eclipses(List<Injection> all) {
        for (int groups : new int[] {1, 20}) {
            all.add(injection("eclipse", "all slots by " + groups + (groups == 1 ? " group" : " groups") + ", then no blocks",
                    Duration.ofHours(4), true, ECLIPSE, span -> new EclipseAttack(span, VICTIM, groups)));
        }
    }

    private static void ends(List<Injection> all) {
        for (int minutes : new int[] {3, 5, 10, 20, 60, 180, 360}) {
            // Three starts within 30 minutes: every 15 minutes at least. Or six within 24 hours: every 4.8 hours at least.
            all.add(injection("crash loop", "every " + minutes + " min", Duration.ofMinutes(Math.max(120, 7 * minutes)), minutes <= 180,
                    RESTARTS, span -> new CrashLoopAttack(span, Duration.ofMinutes(minutes), false)));
        }
        all.add(injection("behind after a start", "no block connects for 12 h", Duration.ofHours(15), true, NOT_READY,
                StuckAfterStartAttack::new));
        all.add(injection("crash on a block", "every 40 min", Duration.ofHours(3), true, CRASH,
                span -> new CrashLoopAttack(span, Duration.ofMinutes(40), true)));
        all.add(injection("no further outbound connection", "for 5 h", Duration.ofHours(5), true, PEER_CLASS, StoppedLadderAttack::new));
    }

    /** Attacks during a benign disturbance. All must be found, some only after the backlog is read. */
    private static void amid(List<Injection> all) {
        add(all, "half of all calls lost", "flood by 5 peers", Duration.ofMinutes(2), ADDRESSES,
                span -> new CombinedAttack(Hardships.losing(0.5, CallOutcome.DROPPED), new AddressBurstAttack(span, 5)));
        add(all, "half of all calls lost", "starved", Duration.ofHours(3), LAG,
                span -> new CombinedAttack(Hardships.losing(0.5, CallOutcome.DROPPED), new StarvationAttack(span, VICTIM)));
        add(all, "a tenth of all events vanishes", "6 of 10 outbound in one netgroup", Duration.ofHours(2), OUTBOUND,
                span -> new CombinedAttack(Hardships.losing(0.1, CallOutcome.VANISHED), new OutboundCaptureAttack(span, 6, true)));
        add(all, "half of the connections lost", "7 of 10 outbound in one AS", Duration.ofHours(2), OUTBOUND,
                span -> new CombinedAttack(Hardships.losing(0.5, CallOutcome.DROPPED, Traced.OUTBOUND_CONNECTION, Traced.CLOSED),
                        new OutboundCaptureAttack(span, 7, false)));
        add(all, "a tenth of the messages lost", "1.2 entries/s", Duration.ofHours(2), ADDRESSES,
                span -> new CombinedAttack(Hardships.losing(0.1, CallOutcome.DROPPED, Traced.INBOUND_MESSAGE), new AddressTrickleAttack(span, 1.2)));
        add(all, "2 min after bitcoind's restart", "flood by 5 peers", Duration.ofMinutes(2), ADDRESSES,
                span -> new CombinedAttack(Hardships.restarted(span, Duration.ofMinutes(2)), new AddressBurstAttack(span, 5)));
        add(all, "5 min after bitcoind's restart", "starved", Duration.ofHours(3), LAG,
                span -> new CombinedAttack(Hardships.restarted(span, Duration.ofMinutes(5)), new StarvationAttack(span, VICTIM)));
        add(all, "agent restarts each half hour", "starved", Duration.ofHours(3), LAG,
                span -> new CombinedAttack(Hardships.agentRestarts(span), new StarvationAttack(span, VICTIM)));
        add(all, "agent restarts each half hour", "eclipse by 1 group", Duration.ofHours(4), ECLIPSE,
                span -> new CombinedAttack(Hardships.agentRestarts(span), new EclipseAttack(span, VICTIM, 1)));
        add(all, "its events 20 min late", "flood by 5 peers", Duration.ofMinutes(2), ADDRESSES,
                span -> new CombinedAttack(Hardships.late(span, Duration.ofMinutes(20), false), new AddressBurstAttack(span, 5)));
        add(all, "its events 40 min late", "starved", Duration.ofHours(3), LAG,
                span -> new CombinedAttack(Hardships.late(span, Duration.ofMinutes(40), false), new StarvationAttack(span, VICTIM)));
        add(all, "all events an hour late", "starved", Duration.ofHours(3), LAG,
                span -> new CombinedAttack(Hardships.late(span, Duration.ofHours(1), true), new StarvationAttack(span, VICTIM)));
    }

    private static void add(List<Injection> all, String hardship, String attack, Duration lasts, Set<String> alertnames,
            Function<TimeSpan, Attack> makes) {
        all.add(injection("amid: " + hardship, attack, lasts, true, alertnames, makes));
    }

    private static String count(int peers) {
        return peers == 1 ? "1 peer" : peers + " peers";
    }

    private static Injection injection(String family, String strength, Duration lasts, boolean must,
            Set<String> alertnames, Function<TimeSpan, Attack> makes) {
        return new Injection(family, strength, lasts, must, alertnames, VICTIM, makes);
    }
}
