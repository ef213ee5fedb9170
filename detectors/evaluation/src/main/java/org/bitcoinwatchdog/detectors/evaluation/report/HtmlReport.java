package org.bitcoinwatchdog.detectors.evaluation.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.detectors.evaluation.EvaluationSettings;
import org.bitcoinwatchdog.detectors.evaluation.RealTraffic.TrafficKind;
import org.bitcoinwatchdog.detectors.evaluation.measure.BenignRow;
import org.bitcoinwatchdog.detectors.evaluation.measure.Findings;
import org.bitcoinwatchdog.detectors.evaluation.measure.InjectionRow;
import org.bitcoinwatchdog.detectors.evaluation.measure.Chart;

/** One self-contained page: figures first, then charts, then tables. */
public final class HtmlReport {
    private final EvaluationSettings settings;
    private final Findings findings;

    public HtmlReport(EvaluationSettings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    public String page() {
        Html page = new Html();
        page.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
                + "<title>Watchdog evaluation</title><style>").raw(style()).raw("</style></head><body><main>\n");
        page.element("h1", "How good are the detectors?");
        headline(page);
        if (!findings.charts().isEmpty()) {
            page.element("h2", "A few cases");
            page.raw("<p class=\"note\">Read from the simulated node, not from the rules; the shaded span is the attack, the bars below"
                    + " are the alerts of the rules.</p>");
            findings.charts().forEach(chart -> figure(page, chart));
        }
        attacks(page);
        benign(page);
        method(page);
        return page.raw("</main></body></html>\n").toString();
    }

    private void headline(Html page) {
        page.raw("<section class=\"tiles\">");
        if (!findings.benign().isEmpty()) {
            BenignRow all = findings.allBenign();
            tile(page, "pages per node-month, simulated", Cells.number("%.3f", all.pagesPerNodeMonth().value()),
                    interval(all.pagesPerNodeMonth()) + ", budget 0.1", all.pagesPerNodeMonth().value() <= 0.1);
            tile(page, "warnings per node-week, simulated", Cells.number("%.3f", all.warningsPerNodeWeek().value()),
                    interval(all.warningsPerNodeWeek()) + ", budget 1", all.warningsPerNodeWeek().value() <= 1);
            findings.real(TrafficKind.ARRIVALS).ifPresent(real -> tile(page, "pages per node-month, real arrivals",
                    Cells.number("%.3f", real.pagesPerNodeMonth().value()), interval(real.pagesPerNodeMonth()) + ", budget 0.1",
                    real.pagesPerNodeMonth().value() <= 0.1));
            tile(page, "benign node-years", Cells.number("%.1f", all.nodeYears()),
                    Cells.number("%,d events in all", findings.events()), true);
        }
        List<InjectionRow> missed = findings.missed();
        int must = findings.required().size();
        if (must > 0) {
            tile(page, "attacks always found", (must - missed.size()) + " of " + must,
                    findings.foundOfRequired().map(Cells::share).orElse(""), missed.isEmpty());
        }
        page.raw("</section>");
        page.raw("<p>").text("Rules that exist: " + String.join(", ", findings.rules()) + ". Seeds of the "
                + settings.half().name().toLowerCase(java.util.Locale.ROOT) + " half.").raw("</p>\n");
    }

    private static String interval(org.bitcoinwatchdog.detectors.evaluation.measure.Rate rate) {
        return Cells.number("95 %% interval %.3f to %.3f", rate.lower(), rate.upper());
    }

    private static void tile(Html page, String name, String value, String note, boolean good) {
        page.raw("<div class=\"tile " + (good ? "good" : "bad") + "\">").element("span", "class=\"name\"", name)
                .element("strong", value).element("span", "class=\"note\"", note).raw("</div>");
    }

    private static void figure(Html page, Chart chart) {
        page.raw("<figure><figcaption>").element("strong", chart.title()).text(" ").text(chart.caption())
                .text(" (" + chart.unit() + ")").raw("</figcaption>").raw(new Plot(chart).svg()).raw("</figure>\n");
    }

    private void attacks(Html page) {
        if (findings.injections().isEmpty()) {
            return;
        }
        page.element("h2", "Attacks");
        if (findings.injections().stream().anyMatch(CaptureMatrix::holds)) {
            page.raw("<p class=\"note\">Captures of inbound slots, trials found; “!” marks those that must be.</p>")
                    .raw(CaptureMatrix.html(findings.injections()));
        }
        page.raw("<div class=\"scroll\"><table>").row("th", "attack", "", "found", "paged", "delay, median", "delay, 90 %", "delay, worst", "page, median",
                "resolved after its end", "by", "baselines that alarmed");
        for (InjectionRow row : findings.injections()) {
            page.raw("<tr class=\"" + (row.missed() ? "bad" : row.ruleExists() ? "" : "none") + "\">");
            page.element("td", row.injection().name()).element("td", Cells.verdict(row))
                    .element("td", row.detected() + "/" + row.trials()).element("td", String.valueOf(row.paged()))
                    .element("td", Cells.seconds(row.delayS(.5))).element("td", Cells.seconds(row.delayS(.9)))
                    .element("td", Cells.seconds(row.delayS(1))).element("td", Cells.seconds(row.pageDelayS(.5)))
                    .element("td", row.unresolved() > 0 ? row.unresolved() + " still firing" : Cells.seconds(row.resolveS(.5)))
                    .element("td", Cells.counts(row.byRule()))
                    .element("td", Cells.counts(row.baselines()).replace("baseline: ", ""));
            page.raw("</tr>\n");
        }
        page.raw("</table></div>");
    }

    private void benign(Html page) {
        List<BenignRow> rows = new ArrayList<>(findings.benign());
        findings.real().forEach(row -> rows.add(row.alerts()));
        if (rows.isEmpty()) {
            return;
        }
        page.element("h2", "Benign and real traffic");
        page.raw("<div class=\"scroll\"><table>").row("th", "case", "node-years", "pages per node-month", "warnings per node-week",
                "pages", "warnings", "infos");
        for (BenignRow row : rows) {
            page.raw(row.pages().isEmpty() ? "<tr>" : "<tr class=\"bad\">")
                    .element("td", row.name()).element("td", Cells.number("%.2f", row.nodeYears()))
                    .element("td", Cells.rate(row.pagesPerNodeMonth())).element("td", Cells.rate(row.warningsPerNodeWeek()))
                    .element("td", Cells.counts(row.pages())).element("td", Cells.counts(row.warnings()))
                    .element("td", Cells.counts(row.infos())).raw("</tr>\n");
        }
        page.raw("</table></div>");
        examples(page, rows);
        rates(page);
    }

    private static void examples(Html page, List<BenignRow> rows) {
        page.raw("<ul>");
        rows.forEach(row -> row.examples().forEach((rule, example) ->
                page.raw("<li>").element("em", row.name()).text(": " + rule + ", " + example).raw("</li>")));
        page.raw("</ul>");
    }

    private void rates(Html page) {
        page.element("h2", "False alerts by rule").raw("<p class=\"note\">With 95 % intervals. Simulated and real traffic are never"
                + " summed. Below the rules are those of other tools on the same traffic; bands: mean ± 2σ of a day, widened by 1.5,"
                + " counts of five minutes.</p>");
        page.raw("<table>").row("th", RateTable.HEAD.toArray(String[]::new));
        RateTable.of(findings).forEach(row -> page.row("td", row.toArray(String[]::new)));
        page.raw("</table>");
    }

    private static void method(Html page) {
        page.element("h2", "What is simulated, and what is not");
        page.raw("<p>").text("Message rates follow the medians, 95th percentiles and variation measured on real nodes in early 2025;"
                + " peers the distribution of reachable nodes over autonomous systems. The fast form makes up one of 250 tx, inv,"
                + " getdata and mempool calls, one heartbeat of ten, and of nine in ten inbound peers only each second ping; the"
                + " row “at full rate” leaves nothing of these out. Not simulated at all: verack, sendcmpct and other"
                + " messages that no rule reads, replaced and rejected transactions, peers of Tor, I2P and IPv6"
                + " (their addresses are gossiped), and peers that send getaddr answers unasked.").raw("</p>");
        page.raw("<p>").text("Intervals are exact Poisson ones (Garwood 1936). An attack is found when a rule that is meant for it"
                + " begins to fire on its victim between its begin and an hour after its end.").raw("</p>");
    }

    private static String style() {
        try (InputStream style = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(style.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the style sheet that comes with the report", e);
        }
    }
}
