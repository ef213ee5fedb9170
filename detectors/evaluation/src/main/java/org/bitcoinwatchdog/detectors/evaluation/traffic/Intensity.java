package org.bitcoinwatchdog.detectors.evaluation.traffic;

import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind.MeasuredFigures;


/**
 * The rate of one message type as a Cox process: exp(mean + AR(1) + daily rhythm), times hourly gamma noise, which
 * makes the counts negative binomial, times a factor in rare episodes. The body's spread follows from the measured
 * median and 95th percentile, the episodes' factor from the rest of the measured coefficient of variation.
 */
final class Intensity {
    private static final double RHYTHM_SHARE = 0.10;
    private static final double NOISE_SHARE = 0.02;
    /** The part of a shared metric's AR(1) that is the fleet's demand. */
    private static final double SHARED = 0.8;
    /** z of 1 − (0.05 − p)/(1 − p) for episodes of share p. */
    private static final double Z_BELOW_EPISODES = 1.805;
    private static final double HOUR_US = 3_600e6;
    private static final double DAY_US = 24 * HOUR_US;

    private final RandomSource random;
    private final Autoregression own;
    private final Episodes ownEpisodes;
    private final double logMedian;
    private final double deviation;
    private final double rhythm;
    private final double noiseShape;
    private final double episodeFactor;
    private final double phase;
    private final Demand shared;
    private long hour = -1;
    private double noise = 1;

    /**
     * @param structural relative variance that an hour's count has for other reasons
     * @param shared     demand that this metric follows; may be null
     */
    Intensity(MeasuredFigures figures, double structural, Demand shared, RandomSource random) {
        this.random = random;
        this.shared = shared;
        own = new Autoregression(random.split());
        ownEpisodes = new Episodes(random.split());
        // Episodes lie above the 95th percentile, so the body has fewer than 5 % there.
        boolean above = factor(figures, Z_BELOW_EPISODES, structural) > figures.p95() / figures.median();
        double z = above ? Z_BELOW_EPISODES : MeasuredFigures.Z95;
        double spread = figures.logDeviation(z) * figures.logDeviation(z);
        double variance = Math.max(0, spread - structural);
        logMedian = Math.log(figures.median());
        deviation = Math.sqrt(variance * (1 - RHYTHM_SHARE - NOISE_SHARE));
        rhythm = Math.sqrt(2 * variance * RHYTHM_SHARE);
        noiseShape = variance > 0 ? 1 / (variance * NOISE_SHARE) : Double.POSITIVE_INFINITY;
        episodeFactor = factor(figures, z, structural);
        phase = random.uniform();
    }

    /** Messages an hour in the minute that begins then. To be called once a minute. */
    double next(long atUs) {
        long nowHour = (long) (atUs / HOUR_US);
        if (nowHour != hour) {
            hour = nowHour;
            noise = noiseShape < 1e6 ? random.gamma(noiseShape) : 1;
        }
        double z = own.next();
        boolean episode = ownEpisodes.next();
        if (shared != null) {
            z = Math.sqrt(SHARED) * shared.now() + Math.sqrt(1 - SHARED) * z;
            episode = shared.burst();
        }
        double rate = noise * Math.exp(logMedian + deviation * z + rhythm * Math.sin(2 * Math.PI * (atUs / DAY_US + phase)));
        return episode ? rate * episodeFactor : rate;
    }

    private static double factor(MeasuredFigures figures, double z, double structural) {
        double spread = figures.logDeviation(z) * figures.logDeviation(z);
        return factorFor(figures.coefficientOfVariation(), Math.exp(Math.max(spread, structural)) - 1);
    }

    /**
     * The factor F of episodes with share p that lifts a squared variation v of the body to the wanted one:
     * (1 + v)(1 + p(F² − 1)) / (1 + p(F − 1))² − 1. Found by bisection; at most 20.
     */
    private static double factorFor(double wanted, double body) {
        double low = 1;
        double high = 20;
        for (int i = 0; i < 50; i++) {
            double factor = (low + high) / 2;
            double mean = 1 + Episodes.SHARE * (factor - 1);
            double reached = (1 + body) * (1 + Episodes.SHARE * (factor * factor - 1)) / (mean * mean) - 1;
            if (reached < wanted * wanted) {
                low = factor;
            } else {
                high = factor;
            }
        }
        return low;
    }

    /** A stationary standard normal process with memory: AR(1), one step a minute. */
    static final class Autoregression {
        /** Correlation from one hour to the next; .94 to .98 was measured. */
        static final double HOURLY_CORRELATION = 0.97;

        private static final double PER_MINUTE = Math.pow(HOURLY_CORRELATION, 1.0 / 60);
        private static final double INNOVATION = Math.sqrt(1 - PER_MINUTE * PER_MINUTE);

        private final RandomSource random;
        private double value;

        Autoregression(RandomSource random) {
            this.random = random;
            this.value = random.gaussian();
        }

        double next() {
            value = PER_MINUTE * value + INNOVATION * random.gaussian();
            return value;
        }
    }

    /**
     * Rare episodes in which a rate is multiplied. They give the tail that a log-normal body lacks. One step a minute.
     */
    static final class Episodes {
        /** Share of time in episodes; below 5 %, so that the 95th percentile belongs to the body. */
        static final double SHARE = 0.015;
        private static final double MEAN_MINUTES = 150;

        private final RandomSource random;
        private long minutesLeft;

        Episodes(RandomSource random) {
            this.random = random;
        }

        boolean next() {
            if (minutesLeft > 0) {
                minutesLeft--;
            } else if (random.chance(SHARE / (1 - SHARE) / MEAN_MINUTES)) {
                minutesLeft = 1 + (long) random.exponential(MEAN_MINUTES);
            }
            return minutesLeft > 0;
        }
    }
}
