package org.bitcoinwatchdog.detectors.evaluation.benign;

import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/**
 * testnet4: a few miners find a block every 25 minutes, since the minimum difficulty is allowed after 20. Every three
 * hours a miner makes blocks of minimum difficulty for ten minutes, four or thirty a minute, with times in the future.
 * Every five hours a branch of another miner replaces one to five blocks.
 */
final class TestnetCase implements Disturbance {
    private static final long STORM_EVERY_US = 3 * 60 * TrafficMinute.LENGTH_US;
    private static final long STORM_US = 10 * TrafficMinute.LENGTH_US;
    private static final double[] STORMS = {40, 300};
    private static final double BETWEEN_STORMS = 0.4;
    private static final long REPLACED_EVERY_US = 5 * 60 * TrafficMinute.LENGTH_US;
    private static final int MOST_REPLACED = 5;

    private final TimeSpan span;

    TestnetCase(TimeSpan span) {
        this.span = span;
    }

    @Override
    public boolean testnet() {
        return true;
    }

    @Override
    public double hashRate(long atUs) {
        long sinceUs = atUs - span.beginUs();
        boolean storm = span.contains(atUs) && sinceUs % STORM_EVERY_US < STORM_US;
        return storm ? STORMS[(int) (sinceUs / STORM_EVERY_US % STORMS.length)] : span.contains(atUs) ? BETWEEN_STORMS : 1;
    }

    @Override
    public int replacedBlocks(long fromUs) {
        long sinceUs = fromUs - span.beginUs();
        boolean turn = span.contains(fromUs) && sinceUs > 0 && sinceUs % REPLACED_EVERY_US < TrafficMinute.LENGTH_US;
        return turn ? 1 + (int) (sinceUs / REPLACED_EVERY_US % MOST_REPLACED) : 0;
    }
}
