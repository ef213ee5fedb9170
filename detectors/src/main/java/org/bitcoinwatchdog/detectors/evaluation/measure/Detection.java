package org.bitcoinwatchdog.detectors.evaluation.measure;

/**
 * That an attack was noticed.
 *
 * @param delayUs   from the first visible harm to the alert; 0 where the alert was earlier
 * @param resolveUs from the attack's end to the alert's; negative where that ended before, {@link #STILL_FIRING} where it
 *                  did not within the simulation
 * @param page      whether it paged
 */
public record Detection(String rule, long delayUs, long resolveUs, boolean page) {
    public static final long STILL_FIRING = Long.MAX_VALUE;
}
