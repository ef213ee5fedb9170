package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bitcoinwatchdog.detectors.evaluation.measure.AlertLog.Episode;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * Finds each lag over two minutes in the events of a fleet, independently of the rule FleetLag: a node lacks a block that two others
 * connected, or one other in a fleet of two. Lags less than half a minute apart are one.
 */
final class RealLags implements Consumer<NodeEvent> {
    private static final long LIMIT_US = TimeSpan.us(Duration.ofMinutes(2));
    private static final long PAUSE_US = TimeSpan.us(Duration.ofSeconds(30));
    private static final long SILENT_US = TimeSpan.us(Duration.ofSeconds(60));
    /** FleetLag judges a node half an hour after its first event. */
    private static final long SETTLED_US = TimeSpan.us(Duration.ofMinutes(30));
    private static final int HEIGHTS = 300;

    /** A node's lag, from its begin until the node had the blocks of the others. */
    record Lag(String node, long beginUs, long endUs) {
        /** The number of episodes that belong to this lag. */
        long foundBy(List<Episode> episodes) {
            return episodes.stream().filter(this::isOf).count();
        }

        boolean isOf(Episode episode) {
            return episode.subject().equals(node) && episode.beginUs() >= beginUs && episode.beginUs() <= endUs + PAUSE_US;
        }
    }

    private static final class Member {
        final String name;
        /** The time at which it first connected each of its last heights. */
        final TreeMap<Integer, Long> connects = new TreeMap<>();
        int height = -1;
        long atUs;
        long settledUs;
        long lagUs = -1;
        long lastLagUs;
        boolean counts;

        Member(String name) {
            this.name = name;
        }
    }

    private final Map<String, Member> members = new HashMap<>();
    private final List<Lag> lags = new ArrayList<>();

    @Override
    public void accept(NodeEvent event) {
        Member member = members.computeIfAbsent(event.getNode(), Member::new);
        long atUs = event.getObservedAtNs() / 1_000;
        if (atUs - member.atUs > SILENT_US) {
            end(member);
            member.settledUs = atUs + SETTLED_US;
        }
        member.atUs = atUs;
        judge(member, atUs);
        if (event.hasBlockConnected()) {
            member.height = event.getBlockConnected().getHeight();
            member.connects.putIfAbsent(member.height, atUs);
            if (member.connects.size() > HEIGHTS) {
                member.connects.pollFirstEntry();
            }
        }
    }

    private void judge(Member member, long atUs) {
        List<Long> since = new ArrayList<>();
        int others = 0;
        for (Member other : members.values()) {
            if (other != member && other.atUs >= atUs - SILENT_US && other.height >= 0) {
                others++;
                Map.Entry<Integer, Long> above = other.connects.higherEntry(member.height);
                if (above != null) {
                    since.add(above.getValue());
                }
            }
        }
        int enough = Math.min(2, others);
        if (enough == 0 || member.height < 0 || since.size() < enough || atUs < member.settledUs) {
            if (member.lagUs >= 0 && atUs - member.lastLagUs > PAUSE_US) {
                end(member);
            }
            return;
        }
        since.sort(Comparator.naturalOrder());
        long beganUs = since.get(enough - 1);
        member.lagUs = member.lagUs < 0 ? beganUs : member.lagUs;
        member.lastLagUs = atUs;
        member.counts |= atUs - beganUs > LIMIT_US;
    }

    private void end(Member member) {
        if (member.lagUs >= 0 && member.counts) {
            lags.add(new Lag(member.name, member.lagUs, member.lastLagUs));
        }
        member.lagUs = -1;
        member.counts = false;
    }

    /** Call this after the last event. */
    List<Lag> all() {
        members.values().forEach(this::end);
        return List.copyOf(lags);
    }
}
