package org.bitcoinwatchdog.detectors.behaviour;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.window.SlidingSum;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;
import org.bitcoinwatchdog.events.Version;

/**
 * New peers have a wrong clock or an unknown user agent (rules.md section 4, estimated). Among the peers that connected
 * in the last hour, more than a share has a clock that is off by more than 90 minutes, or a user agent that was first
 * seen less than a day ago. This reveals one operator who connects many nodes.
 */
public final class VersionOddities extends NodeRule {
    private static final long NS_PER_S = 1_000_000_000L;
    private static final int SHOWN_AGENT = 48;

    /**
     * @param share     share of the new peers in {@code window} above which the rule fires
     * @param peers     number of new peers needed
     * @param clock     how far off a peer's clock must be
     * @param familiar  how long ago a user agent must have been seen first to be known
     */
    public record Settings(boolean enabled, double share, int peers, Duration window, Duration clock, Duration familiar,
            Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.share("share", share);
            Check.atLeastOne("peers", peers);
            Check.positive("window", window);
            Check.positive("clock", clock);
            Check.positive("familiar", familiar);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, 0.1, 20, Duration.ofHours(1), Duration.ofMinutes(90), Duration.ofHours(24),
                    Duration.ofMinutes(10));
        }
    }

    private final Settings settings;
    private SlidingSum all;
    private SlidingSum wrongClock;
    private SlidingSum unfamiliar;
    private final KnownTexts agents = new KnownTexts();
    private String example = "";
    private long watchedSinceNs;

    public VersionOddities(Rule rule, Settings settings) {
        super(rule, settings.clearAfter());
        this.settings = settings;
        all = new SlidingSum(settings.window());
        wrongClock = new SlidingSum(settings.window());
        unfamiliar = new SlidingSum(settings.window());
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.INBOUND_MESSAGE && payload == Message.PayloadCase.VERSION;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        if (!event.hasInboundMessage() || !event.getInboundMessage().hasVersion()) {
            return false;
        }
        long now = node.nowNs();
        watchedSinceNs = watchedSinceNs == 0 ? now : watchedSinceNs;
        Version version = event.getInboundMessage().getVersion();
        all.add(now, 1);
        if (Math.abs(version.getTimeS() - now / NS_PER_S) > settings.clock().toSeconds()) {
            wrongClock.add(now, 1);
        }
        long firstSeenNs = agents.firstSeen(version.getUserAgent(), now);
        // User agents are not judged before a whole day was watched.
        if (now - firstSeenNs < settings.familiar().toNanos() && now - watchedSinceNs >= settings.familiar().toNanos()) {
            unfamiliar.add(now, 1);
            String agent = version.getUserAgent();
            example = agent.substring(0, Math.min(agent.length(), SHOWN_AGENT));
        }
        return true;
    }

    private double share(NodeContext node) {
        long peers = all.sum(node.nowNs());
        long odd = Math.max(wrongClock.sum(node.nowNs()), unfamiliar.sum(node.nowNs()));
        return peers < settings.peers() ? 0 : (double) odd / peers;
    }

    @Override
    protected boolean restarted(NodeContext node) {
        all = new SlidingSum(settings.window());
        wrongClock = new SlidingSum(settings.window());
        unfamiliar = new SlidingSum(settings.window());
        return true;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        return Judgement.of(share(node) > settings.share(), Severity.INFO, () -> finding(node), () -> over(node));
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return all.sum(node.nowNs()) < settings.peers() ? Optional.empty()
                : Optional.of(score(share(node), settings.share(), "ratio"));
    }

    private Finding finding(NodeContext node) {
        long now = node.nowNs();
        return new Finding(summary(node), String.format(Locale.ROOT,
                "Of %,d peers that connected to or from %s in %s, %,d have a clock that is off by more than %s, and %,d a user agent that was"
                        + " not seen before%s. The larger of the two is %s of them (informs above %s of %d or more). One operator with many nodes is a possible cause. Compare their"
                        + " netgroups with those of InboundConcentration.",
                all.sum(now), node.node(), Words.span(settings.window().toNanos()), wrongClock.sum(now),
                Words.span(settings.clock().toNanos()), unfamiliar.sum(now), example.isEmpty() ? "" : ", such as '" + example + "'",
                Words.percent(share(node)), Words.percent(settings.share()), settings.peers()), evidence(node));
    }

    private String summary(NodeContext node) {
        long clocks = wrongClock.sum(node.nowNs());
        long agents = unfamiliar.sum(node.nowNs());
        return String.format(Locale.ROOT, "%,d of %,d new peers of %s have %s", Math.max(clocks, agents), all.sum(node.nowNs()),
                node.node(), clocks >= agents ? "a wrong clock" : "an unknown user agent");
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = "New peers of " + node.node() + " are no longer odd";
        return new Finding(text, text + ".", evidence(node));
    }

    private Evidence evidence(NodeContext node) {
        long now = node.nowNs();
        return new Evidence(List.of(Measurement.against("share", share(node), settings.share(), "ratio"),
                Measurement.of("new-peers", all.sum(now), "peers"), Measurement.of("wrong-clock", wrongClock.sum(now), "peers"),
                Measurement.of("unfamiliar-user-agent", unfamiliar.sum(now), "peers")), Map.of(), true);
    }

    @Override
    protected void saveFacts(StateWriter out) {
        all.save(out);
        wrongClock.save(out);
        unfamiliar.save(out);
        agents.save(out);
        out.text(example).number(watchedSinceNs);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        all.restore(in);
        wrongClock.restore(in);
        unfamiliar.restore(in);
        agents.restore(in);
        example = in.text();
        watchedSinceNs = in.number();
    }
}
