package org.bitcoinwatchdog.detectors.evaluation.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.evaluation.benign.BenignCases;
import org.bitcoinwatchdog.detectors.evaluation.benign.BenignCases.BenignCase;
import org.bitcoinwatchdog.detectors.evaluation.measure.BenignTrial.BenignOutcome;
import org.bitcoinwatchdog.detectors.evaluation.measure.Trial.Observer;
import org.junit.jupiter.api.Test;

class SplitDayTest {
    @Test
    void aFifthOfTheOutboundPeersThatLeavesAtASplitFiresNoRuleAboutPeers() {
        BenignCase split = BenignCases.ALL.stream().filter(each -> each.name().startsWith("a fifth")).findFirst().orElseThrow();
        BenignOutcome outcome = (BenignOutcome) BenignTrial.hard(split, 42, Observer.NONE).run(new Playback(DetectorSettings.defaults()));
        assertThat(outcome.episodes()).extracting(AlertLog.Episode::rule).contains("ForkBranch")
                .doesNotContain("OutboundTurnover", "OutboundLoss", "Eclipse");
    }
}
