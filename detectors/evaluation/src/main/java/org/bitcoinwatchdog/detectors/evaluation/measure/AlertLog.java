package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;

/** Turns alert records into episodes. */
public final class AlertLog {
    /**
     * One alert from its start to its end, in true time.
     *
     * @param rule     name of the alert or of the baseline
     * @param subject  node or fleet
     * @param severity the highest that the alert reached
     * @param pageUs   time of the first page, -1 if it never paged
     * @param endUs    time at which it resolved, -1 if it fired until the end of the run
     * @param summary  the alert's summary at its highest severity
     */
    public record Episode(
            String rule, String subject, Severity severity, long beginUs, long pageUs, long endUs, String summary,
            boolean baseline) {
        public boolean resolved() {
            return endUs >= 0;
        }
    }

    private final Map<String, Episode> firing = new LinkedHashMap<>();
    private final List<Episode> ended = new ArrayList<>();

    /** A record as the detectors write it. */
    public void alert(Alert alert, long nowUs) {
        String subject = alert.labels().getOrDefault(Alert.NODE, alert.labels().get(Alert.FLEET));
        String summary = alert.annotations().getOrDefault(Alert.SUMMARY, "");
        if (alert.firing()) {
            fires(alert.fingerprint(), alert.labels().get(Alert.ALERTNAME), subject, alert.severity(), summary, false, nowUs);
        } else {
            ends(alert.fingerprint(), nowUs);
        }
    }

    /** A baseline went on or off. */
    public void alarm(String rule, String node, boolean on, long nowUs) {
        String key = rule + "/" + node;
        if (on) {
            fires(key, rule, node, Severity.WARN, "", true, nowUs);
        } else {
            ends(key, nowUs);
        }
    }

    /** The resolved episodes, then the firing ones. */
    public List<Episode> episodes() {
        List<Episode> all = new ArrayList<>(ended);
        all.addAll(firing.values());
        return all;
    }

    private void fires(
            String key, String rule, String subject, Severity severity, String summary, boolean baseline, long nowUs) {
        Episode known = firing.get(key);
        if (known == null) {
            long pageUs = severity == Severity.PAGE ? nowUs : -1;
            firing.put(key, new Episode(rule, subject, severity, nowUs, pageUs, -1, summary, baseline));
        } else if (severity.compareTo(known.severity()) > 0) {
            firing.put(key, new Episode(rule, subject, severity, known.beginUs(),
                    severity == Severity.PAGE ? nowUs : -1, -1, summary, baseline));
        }
    }

    private void ends(String key, long nowUs) {
        Episode known = firing.remove(key);
        if (known != null) {
            ended.add(new Episode(known.rule(), known.subject(), known.severity(), known.beginUs(), known.pageUs(), nowUs,
                    known.summary(), known.baseline()));
        }
    }
}
