package org.bitcoinwatchdog.detectors.evaluation.traffic;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/** The only source of randomness of a part of the traffic. The same seed gives the same traffic. */
public final class RandomSource {
    private final SplittableRandom random;
    private final UniformRandomProvider provider;

    public RandomSource(long seed) {
        this(new SplittableRandom(seed));
    }

    private RandomSource(SplittableRandom random) {
        this.random = random;
        this.provider = random::nextLong;
    }

    /** An independent source, so that one part's draws don't shift another's. */
    public RandomSource split() {
        return new RandomSource(random.split());
    }

    public long bits() {
        return random.nextLong();
    }

    public double uniform() {
        return random.nextDouble();
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Uniform in {@code [from, to)}; {@code from} if the range is empty. */
    public long between(long from, long to) {
        return to <= from ? from : random.nextLong(from, to);
    }

    public <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    public double gaussian() {
        return random.nextGaussian();
    }

    /** Exponential with that mean, in the unit of the mean. */
    public double exponential(double mean) {
        return mean * random.nextExponential();
    }

    public int poisson(double mean) {
        return mean > 0 ? PoissonSampler.of(provider, mean).sample() : 0;
    }

    /** Gamma with mean 1 and that shape: times a Poisson mean it makes a negative binomial count. */
    public double gamma(double shape) {
        return AhrensDieterMarsagliaTsangGammaSampler.of(provider, shape, 1 / shape).sample();
    }

    /** 32 random bytes, used as a hash. */
    public ByteString hash() {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        while (bytes.hasRemaining()) {
            bytes.putLong(random.nextLong());
        }
        return UnsafeByteOperations.unsafeWrap(bytes.array());
    }
}
