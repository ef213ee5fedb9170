package org.bitcoinwatchdog.detectors.evaluation.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.evaluation.injection.Injection;
import org.bitcoinwatchdog.detectors.evaluation.injection.Injections;
import org.bitcoinwatchdog.detectors.evaluation.measure.Trial.Observer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InjectionTrialTest {
    private static final Set<String> RULES = Experiment.alertnames(DetectorSettings.defaults());

    /** Those that take no more than a few hours, so that a run takes about a second. */
    static Stream<Injection> thatMustBeFound() {
        return Injections.ALL.stream()
                .filter(Injection::must)
                .filter(injection -> injection.alertnames().stream().anyMatch(RULES::contains))
                .filter(injection -> injection.lasts().compareTo(Duration.ofHours(6)) <= 0);
    }

    @ParameterizedTest
    @MethodSource("thatMustBeFound")
    void whatIsAtOrAboveAThresholdIsFound(Injection injection) {
        try (AsmapOfPlan asmap = AsmapOfPlan.write()) {
            Playback playback = new Playback(DetectorSettings.defaults().withAsmap(asmap.file()));
            Trial trial = new InjectionTrial(injection, 42, Observer.NONE, Duration.ofHours(1), true);

            InjectionTrial.InjectionOutcome result = (InjectionTrial.InjectionOutcome) trial.run(playback);

            assertThat(result.visible()).isTrue();
            assertThat(result.detections()).isNotEmpty();
        }
    }

    @Test
    void everyCaseOfTheSpecificationIsListedOnce() {
        assertThat(Injections.ALL.stream().map(Injection::name)).doesNotHaveDuplicates();
        assertThat(Injections.ALL.stream().filter(each -> each.family().startsWith("inbound capture"))).hasSize(48);
        assertThat(Injections.ALL.stream().map(Injection::family).distinct()).contains("address flood",
                "slow address flood", "outbound capture by one AS", "starved of blocks", "slow chain", "headers withheld",
                "ping flood", "connection flood", "clock off", "chain split", "eclipse");
    }

    @Test
    void everyPictureIsOfACaseThatExists() {
        assertThat(ChartSpec.ALL).allMatch(ChartSpec::exists);
    }
}
