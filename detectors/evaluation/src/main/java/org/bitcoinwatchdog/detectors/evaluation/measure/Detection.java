package org.bitcoinwatchdog.detectors.evaluation.measure;

/**
 * That an attack was noticed.
 *
 * @param delayUs   from the first visible harm to the alert; 0 where the alert was earlier
 * @param resolveUs from the attack's end to the alert's; negative where that ended before, {@link #STILL_FIRING} where it
 *                  did not within the simulation
 * @param pageUs    from the first visible harm to the page; {@link #NO_PAGE} where it did not page
 */
public record Detection(String rule, long delayUs, long resolveUs, long pageUs) {
    public static final long NO_PAGE = -1;
    public static final long STILL_FIRING = Long.MAX_VALUE;

    public boolean paged() {
        return pageUs != NO_PAGE;
    }
}
