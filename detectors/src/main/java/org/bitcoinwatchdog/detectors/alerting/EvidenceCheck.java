package org.bitcoinwatchdog.detectors.alerting;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;

/**
 * Checks that a finding does not contradict itself. {@link AlertWriter} asserts it, so every test that raises an alert
 * checks it. A person who compares the text, the measured values and the lists must not find two figures for one thing.
 *
 * <ol>
 * <li>A value is finite and not negative. A share is at most 1. A number of things is whole.
 * <li>A list with a measured value of the same name has as many entries as the value, or is cut. It has no duplicates.
 * <li>The text of a firing alert has every measured value that has a threshold, and the threshold.
 * <li>Each number of the summary is in the description or in the evidence.
 * </ol>
 */
final class EvidenceCheck {
    private static final Set<String> SIGNED = Set.of("deviations");
    private static final Set<String> COUNTS = Set.of("peers", "nodes", "groups", "rules", "blocks", "entries", "messages");
    private static final int NEVER_CUT = 5;
    /** Values that texts write as words: no peer, any peer. */
    private static final double IN_WORDS = 1;

    private final Finding finding;
    private final Evidence evidence;
    private final List<String> found = new ArrayList<>();

    private EvidenceCheck(Finding finding) {
        this.finding = finding;
        this.evidence = finding.evidence();
    }

    /** @return the contradictions, or empty */
    static List<String> contradictions(Finding finding, boolean firing) {
        EvidenceCheck check = new EvidenceCheck(finding);
        check.evidence.measurements().forEach(check::value);
        check.evidence.subjects().forEach(check::list);
        if (firing) {
            check.thresholds();
        }
        check.summary();
        return check.found;
    }

    private void value(Measurement each) {
        if (!Double.isFinite(each.value()) || each.value() < 0 && !SIGNED.contains(each.unit())) {
            found.add(each.name() + " is " + each.value());
        }
        if (each.name().endsWith("share") && each.value() > 1) {
            found.add("the share " + each.name() + " is " + each.value());
        }
        boolean mean = each.name().contains("-per-") || each.name().startsWith("expected");
        if (COUNTS.contains(each.unit()) && !mean && each.value() != Math.rint(each.value())) {
            found.add("the number " + each.name() + " is " + each.value());
        }
    }

    private void list(String kind, List<String> list) {
        for (Measurement each : evidence.measurements()) {
            int different = new HashSet<>(list).size();
            boolean fits = different == list.size() && different <= each.value() && different >= Math.min(each.value(), NEVER_CUT);
            if (each.name().equals(kind) && !fits) {
                found.add(kind + " are " + each.value() + ", and " + list.size() + " are named: " + list);
            }
        }
    }

    private void thresholds() {
        List<StatedNumber> text = StatedNumber.in(finding.summary() + "; " + finding.description());
        for (Measurement each : evidence.measurements()) {
            boolean listed = evidence.subjects().values().stream().anyMatch(list -> list.size() == each.value());
            if (each.threshold() != null && !listed) {
                require(each.name(), each.value(), text);
                require("the threshold of " + each.name(), each.threshold(), text);
            }
        }
    }

    private void require(String name, double value, List<StatedNumber> text) {
        if (value > IN_WORDS && text.stream().noneMatch(figure -> figure.writes(value))
                || value <= IN_WORDS && value != Math.rint(value) && text.stream().noneMatch(figure -> figure.writes(value))) {
            found.add(name + ", " + value + ", is not in the text");
        }
    }

    private void summary() {
        List<StatedNumber> description = StatedNumber.in(finding.description());
        for (StatedNumber figure : StatedNumber.in(finding.summary())) {
            boolean known = description.stream().anyMatch(other -> other.value() == figure.value())
                    || evidence.measurements().stream().anyMatch(each -> figure.writes(each.value()))
                    || evidence.subjects().values().stream().anyMatch(list -> figure.writes(list.size()));
            if (!known) {
                found.add(figure + " of the summary is neither in the description nor in the evidence");
            }
        }
    }

    /**
     * A number as a text writes it: whole, rounded, in percent or as a span of time.
     *
     * @param step value of one unit of its last digit
     */
    private record StatedNumber(double value, double step) {
        private static final Pattern SPAN = Pattern.compile("\\b(?=\\d+ (?:h|min|s)\\b)(?:(\\d+) h\\b)?(?: ?(\\d+) min\\b)?(?: ?(\\d+) s\\b)?");
        /** {@link Words#list} */
        private static final Pattern CUT = Pattern.compile("and \\d+ more\\b");
        /** Not inside a name, an address, a version or another number. */
        private static final Pattern NUMBER =
                Pattern.compile("(?<![\\w.:/\\[-])(\\d[\\d,]*)(?:\\.(\\d+))?(?![\\w:/]|[.,-]\\w)( %)?");

        static List<StatedNumber> in(String whole) {
            List<StatedNumber> figures = new ArrayList<>();
            String text = CUT.matcher(whole).replaceAll(" ");
            Matcher spans = SPAN.matcher(text);
            while (spans.find()) {
                double seconds = 3600 * number(spans.group(1)) + 60 * number(spans.group(2)) + number(spans.group(3));
                figures.add(new StatedNumber(seconds, spans.group(1) == null ? 1 : 60));
            }
            Matcher numbers = NUMBER.matcher(SPAN.matcher(text).replaceAll(" "));
            while (numbers.find()) {
                String decimals = numbers.group(2) == null ? "" : numbers.group(2);
                double percent = numbers.group(3) == null ? 1 : 0.01;
                double value = Double.parseDouble(numbers.group(1).replace(",", "") + "." + decimals + "0");
                figures.add(new StatedNumber(percent * value, percent * Math.pow(10, -decimals.length())));
            }
            return figures;
        }

        private static double number(String group) {
            return group == null ? 0 : Double.parseDouble(group);
        }

        /** Rounded or cut off. */
        boolean writes(double exact) {
            boolean rounded = exact != Math.rint(exact) || step > 1;
            return value == exact || rounded && Math.abs(value - exact) < step;
        }
    }
}
