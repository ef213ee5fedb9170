package org.bitcoinwatchdog.detectors.evaluation.report;

import java.util.List;
import java.util.Locale;
import org.bitcoinwatchdog.detectors.evaluation.measure.AlertLog.Episode;
import org.bitcoinwatchdog.detectors.evaluation.measure.Chart;
import org.bitcoinwatchdog.events.Severity;

/** A {@link Chart} as inline SVG: the measured line, thresholds, the attack's span shaded, and a lane for each alert. */
final class Plot {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 220;
    private static final int LEFT = 56;
    private static final int RIGHT = 12;
    private static final int TOP = 12;
    private static final int LANE = 18;
    private static final int AXIS = 22;
    private static final int MOST_POINTS = 1_200;
    private static final long[] TICKS_MIN = {5, 10, 30, 60, 120, 360, 720, 1_440};
    private static final int TICKS = 9;

    private final Chart chart;
    private final double top;
    private final List<String> lanes;

    Plot(Chart chart) {
        this.chart = chart;
        double highest = Math.max(chart.values().stream().mapToDouble(Double::doubleValue).max().orElse(1),
                chart.thresholds().stream().mapToDouble(Chart.Threshold::value).max().orElse(0));
        top = round(highest * 1.08);
        lanes = chart.episodes().stream().map(Plot::lane).distinct().toList();
    }

    String svg() {
        int height = TOP + HEIGHT + AXIS + lanes.size() * LANE + 6;
        Html svg = new Html();
        svg.raw("<svg viewBox=\"0 0 " + WIDTH + " " + height + "\" role=\"img\" aria-label=\"" + Html.escape(chart.title()) + "\">\n");
        chart.attack().ifPresent(span -> svg.raw(String.format(Locale.ROOT,
                "<rect class=\"attack\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>attack</title></rect>%n",
                x(span.beginUs()), TOP, x(span.endUs()) - x(span.beginUs()), HEIGHT)));
        grid(svg);
        thresholds(svg);
        line(svg);
        alerts(svg);
        return svg.raw("</svg>\n").toString();
    }

    private void grid(Html svg) {
        for (int i = 0; i <= 4; i++) {
            double value = top * i / 4;
            svg.raw(tag("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, y(value), y(value)));
            svg.raw(tag("<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%s</text>", LEFT - 6, y(value) + 4, figure(value)));
        }
        long zero = chart.attack().map(span -> span.beginUs()).orElse(chart.fromUs() + 60 * Chart.STEP_US);
        long step = stepMinutes();
        long first = Math.floorDiv(chart.fromUs() - zero, step * Chart.STEP_US) + 1;
        for (long i = first; zero + i * step * Chart.STEP_US <= chart.untilUs(); i++) {
            double x = x(zero + i * step * Chart.STEP_US);
            svg.raw(tag("<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", x, x, TOP + HEIGHT, TOP + HEIGHT + 4));
            svg.raw(tag("<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>", x, TOP + HEIGHT + 16, time(i * step)));
        }
    }

    private void thresholds(Html svg) {
        for (Chart.Threshold threshold : chart.thresholds()) {
            svg.raw(tag("<line class=\"threshold %s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", threshold.name(), LEFT,
                    WIDTH - RIGHT, y(threshold.value()), y(threshold.value())));
            svg.raw(tag("<text class=\"label %s\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%ss from %s</text>", threshold.name(),
                    WIDTH - RIGHT - 4, y(threshold.value()) - 4, threshold.name(), figure(threshold.value())));
        }
    }

    /** With more minutes than pixels, the highest value of each group. */
    private void line(Html svg) {
        int stride = Math.max(1, chart.values().size() / MOST_POINTS);
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < chart.values().size(); i += stride) {
            double value = chart.values().subList(i, Math.min(i + stride, chart.values().size())).stream()
                    .mapToDouble(Double::doubleValue).max().orElse(0);
            points.append(tag("%.1f,%.1f ", x(chart.fromUs() + i * Chart.STEP_US), y(value)));
        }
        svg.raw("<polyline class=\"line\" points=\"" + points.toString().trim() + "\"/>\n");
    }

    private void alerts(Html svg) {
        for (Episode episode : chart.episodes()) {
            int y = TOP + HEIGHT + AXIS + lanes.indexOf(lane(episode)) * LANE;
            double from = x(Math.max(episode.beginUs(), chart.fromUs()));
            double until = x(episode.resolved() ? Math.min(episode.endUs(), chart.untilUs()) : chart.untilUs());
            bar(svg, episode, episode.pageUs() > episode.beginUs() ? Severity.WARN : episode.severity(), from, until, y);
            if (episode.pageUs() > episode.beginUs()) {
                bar(svg, episode, Severity.PAGE, x(episode.pageUs()), until, y);
            }
            boolean room = until < WIDTH - 220;
            svg.raw(tag("<text class=\"label\" text-anchor=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>", room ? "start" : "end",
                    room ? Math.max(until, from + 3) + 5 : from - 5, y + 13, Html.escape(lane(episode))));
        }
    }

    private static void bar(Html svg, Episode episode, Severity severity, double from, double until, int y) {
        svg.raw(tag("<rect class=\"alert %s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"11\" rx=\"2\"><title>%s</title></rect>",
                severity.label(), from, y + 4, Math.max(3, until - from), Html.escape(lane(episode) + ": " + episode.summary())));
    }

    private static String lane(Episode episode) {
        return episode.rule() + " on " + episode.subject() + " (" + episode.severity().label() + ")";
    }

    private double x(long atUs) {
        double share = (atUs - chart.fromUs()) / (double) Math.max(1, chart.untilUs() - chart.fromUs());
        return LEFT + Math.max(0, Math.min(1, share)) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return TOP + HEIGHT * (1 - Math.min(1, value / top));
    }

    private long stepMinutes() {
        long minutes = chart.values().size();
        for (long step : TICKS_MIN) {
            if (minutes / step <= TICKS) {
                return step;
            }
        }
        return TICKS_MIN[TICKS_MIN.length - 1];
    }

    private static String time(long minutes) {
        String sign = minutes < 0 ? "−" : minutes > 0 ? "+" : "";
        long distance = Math.abs(minutes);
        if (minutes == 0) {
            return "0";
        }
        if (distance < 60) {
            return sign + distance + " min";
        }
        return distance % 1_440 == 0 ? sign + distance / 1_440 + " d"
                : distance % 60 == 0 ? sign + distance / 60 + " h" : sign + tag("%d:%02d h", distance / 60, distance % 60);
    }

    private static double round(double value) {
        double magnitude = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
        for (double step : new double[] {1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10}) {
            if (value <= step * magnitude) {
                return step * magnitude;
            }
        }
        return value;
    }

    private static String figure(double value) {
        return value >= 1_000 ? tag("%,.0f", value) : value == Math.rint(value) ? tag("%.0f", value) : tag("%.2f", value);
    }

    private static String tag(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
