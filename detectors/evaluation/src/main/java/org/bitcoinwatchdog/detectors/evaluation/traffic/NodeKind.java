package org.bitcoinwatchdog.detectors.evaluation.traffic;

import static java.util.Map.entry;

import java.util.Map;

/** The two kinds of nodes that were measured in early 2025 (table in rules.md, section 5). */
public enum NodeKind {
    OUTBOUND_ONLY(Map.ofEntries(
            entry(MessageMetric.INV, new MeasuredFigures(13_379, 15_460, .22)),
            entry(MessageMetric.TX, new MeasuredFigures(17_083, 33_426, .46)),
            entry(MessageMetric.GETDATA, new MeasuredFigures(4_506, 9_472, 1.4)),
            entry(MessageMetric.PING, new MeasuredFigures(610, 620, .02)),
            entry(MessageMetric.ADDRV2, new MeasuredFigures(513, 676, .17)),
            entry(MessageMetric.ADDR, new MeasuredFigures(53, 90, .71)),
            entry(MessageMetric.VERSION, new MeasuredFigures(21, 36, .39)),
            entry(MessageMetric.HEADERS, new MeasuredFigures(68, 121, .38)),
            entry(MessageMetric.CMPCTBLOCK, new MeasuredFigures(16, 29, .46)),
            entry(MessageMetric.GETBLOCKTXN, new MeasuredFigures(3, 13, .97)))),
    LISTENING(Map.ofEntries(
            entry(MessageMetric.INV, new MeasuredFigures(55_179, 83_745, .36)),
            entry(MessageMetric.TX, new MeasuredFigures(33_064, 99_600, .71)),
            entry(MessageMetric.GETDATA, new MeasuredFigures(16_867, 51_378, .82)),
            entry(MessageMetric.PING, new MeasuredFigures(4_750, 10_596, .50)),
            entry(MessageMetric.ADDRV2, new MeasuredFigures(1_271, 2_507, .53)),
            entry(MessageMetric.ADDR, new MeasuredFigures(997, 2_391, .51)),
            entry(MessageMetric.VERSION, new MeasuredFigures(800, 997, .34)),
            entry(MessageMetric.HEADERS, new MeasuredFigures(150, 578, 1.05)),
            entry(MessageMetric.CMPCTBLOCK, new MeasuredFigures(21, 53, .60)),
            entry(MessageMetric.GETBLOCKTXN, new MeasuredFigures(5, 19, 1.07)))),
    /** A tip from outside that the agent follows. It has blocks and heartbeats alone, so its figures are never used. */
    WITNESS(OUTBOUND_ONLY.figures);

    private final Map<MessageMetric, MeasuredFigures> figures;

    NodeKind(Map<MessageMetric, MeasuredFigures> figures) {
        this.figures = figures;
    }

    public MeasuredFigures figures(MessageMetric metric) {
        return figures.get(metric);
    }

    /** The message types whose hourly figures were measured. */
    public enum MessageMetric {
        INV, TX, GETDATA, PING, ADDRV2, ADDR, VERSION, HEADERS, CMPCTBLOCK, GETBLOCKTXN
    }

    /**
     * What was measured of a message type, both directions together.
     *
     * @param median                 messages an hour
     * @param p95                    95th percentile of the messages an hour
     * @param coefficientOfVariation standard deviation by mean of the messages an hour
     */
    public record MeasuredFigures(double median, double p95, double coefficientOfVariation) {
        /** z of the 95th percentile of a normal distribution. */
        static final double Z95 = 1.6449;

        public MeasuredFigures {
            if (!(median > 0 && p95 >= median && coefficientOfVariation > 0)) {
                throw new IllegalArgumentException("figures need 0 < median <= p95 and a positive variation");
            }
        }

        /** Standard deviation of a normal logarithm of which that quantile lies where the 95th percentile was measured. */
        double logDeviation(double z) {
            return Math.log(p95 / median) / z;
        }
    }
}
