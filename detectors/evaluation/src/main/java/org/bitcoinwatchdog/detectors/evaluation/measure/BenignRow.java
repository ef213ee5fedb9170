package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.bitcoinwatchdog.detectors.evaluation.measure.AlertLog.Episode;
import org.bitcoinwatchdog.events.Severity;

/**
 * All trials of one benign case together. Every alert in it is false.
 *
 * @param pages by rule
 * @param examples summary of the first alert of each rule
 */
public record BenignRow(
        String name,
        double nodeYears,
        Map<String, Integer> pages,
        Map<String, Integer> warnings,
        Map<String, Integer> infos,
        Map<String, Integer> baselines,
        Map<String, String> examples) {
    private static final double MONTHS = 12;
    private static final double WEEKS = 365.25 / 7;

    static BenignRow of(String name, List<BenignTrial.BenignOutcome> results) {
        List<Episode> episodes = new ArrayList<>();
        double nodeYears = 0;
        for (BenignTrial.BenignOutcome result : results) {
            nodeYears += result.nodeYears();
            result.episodes().stream().filter(episode -> !result.truthful().contains(episode.rule())).forEach(episodes::add);
        }
        return of(name, nodeYears, episodes);
    }

    /** @param episodes the false alerts */
    static BenignRow of(String name, double nodeYears, List<Episode> episodes) {
        Map<String, String> examples = new TreeMap<>();
        episodes.stream().filter(episode -> !episode.baseline())
                .forEach(episode -> examples.putIfAbsent(episode.rule(), episode.subject() + ": " + episode.summary()));
        return new BenignRow(name, nodeYears,
                count(episodes, episode -> !episode.baseline() && episode.severity() == Severity.PAGE),
                count(episodes, episode -> !episode.baseline() && episode.severity() == Severity.WARN),
                count(episodes, episode -> !episode.baseline() && episode.severity() == Severity.INFO),
                count(episodes, Episode::baseline), examples);
    }

    /** The sum of several rows. */
    static BenignRow total(String name, List<BenignRow> rows) {
        BenignRow total = new BenignRow(name, rows.stream().mapToDouble(BenignRow::nodeYears).sum(), new TreeMap<>(),
                new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (BenignRow row : rows) {
            row.pages.forEach((rule, count) -> total.pages.merge(rule, count, Integer::sum));
            row.warnings.forEach((rule, count) -> total.warnings.merge(rule, count, Integer::sum));
            row.infos.forEach((rule, count) -> total.infos.merge(rule, count, Integer::sum));
            row.baselines.forEach((rule, count) -> total.baselines.merge(rule, count, Integer::sum));
            row.examples.forEach(total.examples::putIfAbsent);
        }
        return total;
    }

    public Rate pagesPerNodeMonth() {
        return new Rate(sum(pages), nodeYears * MONTHS);
    }

    public Rate warningsPerNodeWeek() {
        return new Rate(sum(warnings), nodeYears * WEEKS);
    }

    public Rate perNodeMonth(int count) {
        return new Rate(count, nodeYears * MONTHS);
    }

    public Rate perNodeWeek(int count) {
        return new Rate(count, nodeYears * WEEKS);
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<String, Integer> count(List<Episode> episodes, Predicate<Episode> which) {
        Map<String, Integer> counts = new TreeMap<>();
        episodes.stream().filter(which).forEach(episode -> counts.merge(episode.rule(), 1, Integer::sum));
        return counts;
    }
}
