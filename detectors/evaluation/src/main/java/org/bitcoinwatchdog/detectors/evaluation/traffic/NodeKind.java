package org.bitcoinwatchdog.detectors.evaluation.traffic;

import static java.util.Map.entry;

import java.util.Map;

/** The two kinds of nodes that were measured in early 2025 (table in rules.md, section 5). */
public enum NodeKind {
    OUTBOUND_ONLY(Map.ofEntries(
            entry(Metric.INV, new Figures(13_379, 15_460, .22)),
            entry(Metric.TX, new Figures(17_083, 33_426, .46)),
            entry(Metric.GETDATA, new Figures(4_506, 9_472, 1.4)),
            entry(Metric.PING, new Figures(610, 620, .02)),
            entry(Metric.ADDRV2, new Figures(513, 676, .17)),
            entry(Metric.ADDR, new Figures(53, 90, .71)),
            entry(Metric.VERSION, new Figures(21, 36, .39)),
            entry(Metric.HEADERS, new Figures(68, 121, .38)),
            entry(Metric.CMPCTBLOCK, new Figures(16, 29, .46)),
            entry(Metric.GETBLOCKTXN, new Figures(3, 13, .97)))),
    LISTENING(Map.ofEntries(
            entry(Metric.INV, new Figures(55_179, 83_745, .36)),
            entry(Metric.TX, new Figures(33_064, 99_600, .71)),
            entry(Metric.GETDATA, new Figures(16_867, 51_378, .82)),
            entry(Metric.PING, new Figures(4_750, 10_596, .50)),
            entry(Metric.ADDRV2, new Figures(1_271, 2_507, .53)),
            entry(Metric.ADDR, new Figures(997, 2_391, .51)),
            entry(Metric.VERSION, new Figures(800, 997, .34)),
            entry(Metric.HEADERS, new Figures(150, 578, 1.05)),
            entry(Metric.CMPCTBLOCK, new Figures(21, 53, .60)),
            entry(Metric.GETBLOCKTXN, new Figures(5, 19, 1.07))));

    private final Map<Metric, Figures> figures;

    NodeKind(Map<Metric, Figures> figures) {
        this.figures = figures;
    }

    public Figures figures(Metric metric) {
        return figures.get(metric);
    }
}
