package org.bitcoinwatchdog.alerts.inhibition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.InhibitSettings;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;

class InhibitionTest {
    private final Inhibition inhibition = new Inhibition(AlertSettings.defaults().inhibit());
    private final Alert flood = Alerts.firing("alice");
    private final Alert silent = Alerts.labelled(flood, Map.of(Alert.ALERTNAME, "NodeSilent"));
    private final Alert fleet = Alerts.labelled(flood, Map.of(Alert.NODE, "", Alert.FLEET, "eu"));

    @Test
    void aSilentNodeHidesItsOtherAlertsAndNoOtherNodes() {
        assertThat(inhibition.inhibits(flood)).isFalse();
        inhibition.accept(silent);
        assertThat(inhibition.inhibits(flood)).isTrue();
        assertThat(inhibition.inhibits(Alerts.firing("bob"))).isFalse();
        assertThat(inhibition.inhibits(silent)).as("itself").isFalse();
    }

    @Test
    void anAlertOfTheFleetHidesTheSameOfItsNodesOnTheSameNetwork() {
        inhibition.accept(fleet);
        assertThat(inhibition.inhibits(flood)).isTrue();
        assertThat(inhibition.inhibits(Alerts.labelled(flood, Map.of(Alert.NETWORK, "test")))).isFalse();
        assertThat(inhibition.inhibits(Alerts.labelled(flood, Map.of(Alert.ALERTNAME, "FleetLag")))).isFalse();
    }

    @Test
    void peopleAreNotifiedWhenNothingMutesTheAlertAnyMore() {
        inhibition.accept(silent);
        inhibition.accept(fleet);
        assertThat(inhibition.accept(Alerts.resolved(silent))).isTrue();
        assertThat(inhibition.inhibits(flood)).isTrue();
        assertThat(inhibition.remove(fleet.fingerprint())).isTrue();
        assertThat(inhibition.inhibits(flood)).isFalse();
        assertThat(inhibition.accept(Alerts.resolved(silent))).as("a second time").isFalse();
    }

    @Test
    void noAlertMutesAMoreSevereOne() {
        inhibition.accept(fleet);
        assertThat(inhibition.accept(Alerts.withSeverity(fleet, Severity.WARN))).isTrue();
        assertThat(inhibition.inhibits(flood)).isFalse();
        assertThat(inhibition.inhibits(Alerts.withSeverity(flood, Severity.WARN))).isTrue();
    }

    @Test
    void alertsThatMatchBothSidesDoNotMuteEachOther() {
        Inhibition mutual = new Inhibition(List.of(
                InhibitSettings.of(List.of("alertname=~\"NodeSilent|AddressFlood\""), List.of("node!=\"\""), "node")));
        mutual.accept(silent);
        mutual.accept(flood);
        assertThat(mutual.inhibits(flood)).isFalse();
        assertThat(mutual.inhibits(silent)).isFalse();
        assertThat(mutual.inhibits(Alerts.labelled(flood, Map.of(Alert.ALERTNAME, "FleetLag")))).isTrue();
    }

    @Test
    void withoutRulesNothingIsHidden() {
        Inhibition none = new Inhibition(List.of());
        none.accept(silent);
        assertThat(none.inhibits(flood)).isFalse();
    }

    @Test
    void refusesAnInvalidRule() {
        assertThatIllegalArgumentException().isThrownBy(() -> InhibitSettings.of(List.of(), List.of("node!=\"\"")));
        assertThatIllegalArgumentException().isThrownBy(() -> InhibitSettings.of(List.of("node"), List.of("node!=\"\"")))
                .withMessageContaining("'node' is not a matcher");
    }
}
