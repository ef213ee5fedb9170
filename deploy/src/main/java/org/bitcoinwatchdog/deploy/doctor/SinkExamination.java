package org.bitcoinwatchdog.deploy.doctor;

import java.util.List;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.SinkProbe;

/** Whether each sink's secrets can be read and its host can be connected to. */
final class SinkExamination implements Examination {
    private final AlertSettings settings;

    SinkExamination(AlertSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Finding> findings() {
        if (settings.sinks().isEmpty()) {
            return List.of(Finding.warn("sinks", "none: nobody is told of an alert", "see alerts.sinks"));
        }
        return new SinkProbe(settings).reach().stream().map(SinkExamination::finding).toList();
    }

    private static Finding finding(SinkProbe.Answer answer) {
        String subject = "sink " + answer.sink();
        return answer.good()
                ? Finding.ok(subject, "can be reached")
                : Finding.obstacle(subject, answer.detail(), "see alerts.sinks");
    }
}
