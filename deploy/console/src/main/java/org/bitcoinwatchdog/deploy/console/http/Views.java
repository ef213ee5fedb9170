package org.bitcoinwatchdog.deploy.console.http;

import java.time.Clock;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.console.model.AlertBook;
import org.bitcoinwatchdog.deploy.console.model.ChainStatuses;
import org.bitcoinwatchdog.deploy.console.model.Fleet;
import org.bitcoinwatchdog.deploy.console.model.NodeView;
import org.bitcoinwatchdog.deploy.console.silence.SilenceBook;

/** What the pages show. */
public record Views(Fleet fleet, AlertBook alerts, ChainStatuses chains, SilenceBook silences, Clock clock) {
    Optional<NodeView> node(String name) {
        return fleet.node(name, clock.instant());
    }
}
