package org.bitcoinwatchdog.detectors.evaluation.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.detectors.evaluation.measure.InjectionRow;

/** The 48 inbound captures at a glance: shares across, groups down, one square for each ramp. */
final class CaptureMatrix {
    private static final String FAMILY = "inbound capture over ";

    private CaptureMatrix() {
    }

    static boolean holds(InjectionRow row) {
        return row.injection().family().startsWith(FAMILY);
    }

    static String html(List<InjectionRow> all) {
        Map<String, Map<String, Map<String, InjectionRow>>> byRamp = new LinkedHashMap<>();
        for (InjectionRow row : all) {
            if (holds(row)) {
                String[] strength = row.injection().strength().split(" by ");
                byRamp.computeIfAbsent(row.injection().family(), key -> new LinkedHashMap<>())
                        .computeIfAbsent(strength[1], key -> new LinkedHashMap<>()).put(strength[0], row);
            }
        }
        Html html = new Html().raw("<div class=\"matrices\">");
        byRamp.forEach((ramp, groups) -> square(html, ramp, groups));
        return html.raw("</div>").toString();
    }

    private static void square(Html html, String ramp, Map<String, Map<String, InjectionRow>> groups) {
        html.raw("<table class=\"matrix\">").element("caption", ramp).raw("<tr><th></th>");
        groups.values().iterator().next().keySet().forEach(share -> html.element("th", share));
        html.raw("</tr>");
        groups.forEach((group, shares) -> {
            html.raw("<tr>").element("th", group);
            shares.values().forEach(row -> html.element("td", "class=\"" + style(row) + "\"",
                    row.detected() + "/" + row.trials() + (row.injection().must() ? " !" : "")));
            html.raw("</tr>");
        });
        html.raw("</table>");
    }

    private static String style(InjectionRow row) {
        if (row.trials() == 0 || row.detected() == 0) {
            return row.missed() ? "bad" : "none";
        }
        return row.detected() >= row.trials() ? "good" : row.missed() ? "bad" : "some";
    }
}
