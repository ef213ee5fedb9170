package org.bitcoinwatchdog.deploy.run;

import java.util.function.Supplier;
import org.bitcoinwatchdog.alerts.pipeline.SinkState;
import org.bitcoinwatchdog.deploy.http.Readiness;

/** A sink is ready unless it has been refusing since it last accepted something. */
record SinkReadiness(Supplier<SinkState> state) implements Supplier<Readiness> {
    @Override
    public Readiness get() {
        SinkState sink = state.get();
        String success = sink.lastSuccess().map(at -> "last success " + at).orElse("no success since the start");
        return sink.failingSince()
                .map(since -> Readiness.notReady("failing since " + since + ", " + success))
                .orElse(Readiness.ready(sink.lastSuccess().isPresent() ? success : "nothing to tell it since the start"));
    }
}
