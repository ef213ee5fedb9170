package org.bitcoinwatchdog.deploy.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.deploy.config.ConfigurationException;
import org.bitcoinwatchdog.deploy.config.ConfigurationFile;
import org.bitcoinwatchdog.deploy.config.DurationText;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.detectors.Register;
import org.bitcoinwatchdog.detectors.RegisteredRule;
import org.bitcoinwatchdog.detectors.evaluation.Sweep;
import org.bitcoinwatchdog.events.Spelling;

/** {@code --rule fleet-lag --sweep page=60s..300s}: the same configuration with several values of one key of a rule. */
final class SweepOption {
    private static final Pattern FORM = Pattern.compile("([a-z0-9-]+)=([^.,]+(?:\\.\\d+)?)\\.\\.([^.,]+(?:\\.\\d+)?)");
    private static final int POINTS = 5;

    private SweepOption() {
    }

    /** @throws IllegalArgumentException if there is no such rule, key or range; the message has an example */
    static Sweep parse(String ruleKey, String text, WatchdogConfiguration configuration) {
        RegisteredRule<?> rule = Register.rules().stream().filter(each -> each.rule().key().equals(ruleKey)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--rule: there is no rule " + ruleKey + Spelling
                        .nearest(ruleKey, Register.rules().stream().map(each -> each.rule().key()).toList())
                        .map(nearest -> ", did you mean " + nearest + "?").orElse("")));
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("--sweep: expected KEY=FROM..TO, such as page=60s..300s");
        }
        List<Sweep.Point> points = new ArrayList<>();
        for (String value : values(form.group(2), form.group(3))) {
            String yaml = "detectors: {%s: {%s: {%s: %s}}}".formatted(rule.family().key(), rule.key(), form.group(1), value);
            points.add(new Sweep.Point(value, changed(configuration, yaml).detectors()));
        }
        return new Sweep(rule.rule().alertname(), form.group(1), points);
    }

    /** Evenly spaced, the ends included. */
    static List<String> values(String from, String to) {
        List<String> values = new ArrayList<>();
        try {
            if (from.matches("-?[0-9.]+")) {
                BigDecimal first = new BigDecimal(from);
                BigDecimal span = new BigDecimal(to).subtract(first);
                boolean whole = first.scale() <= 0 && span.scale() <= 0;
                for (int i = 0; i < POINTS; i++) {
                    BigDecimal value = first.add(span.multiply(BigDecimal.valueOf(i)).divide(BigDecimal.valueOf(POINTS - 1), MathContext.DECIMAL32));
                    values.add(whole ? String.valueOf(Math.round(value.doubleValue())) : value.stripTrailingZeros().toPlainString());
                }
            } else {
                Duration first = DurationText.parse(from);
                Duration span = DurationText.parse(to).minus(first);
                for (int i = 0; i < POINTS; i++) {
                    Duration value = first.plus(span.multipliedBy(i).dividedBy(POINTS - 1));
                    values.add(value.toMillis() % 1_000 == 0 ? value.toSeconds() + "s" : value.toMillis() + "ms");
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--sweep: " + from + ".." + to + " is not a range of numbers or durations, such as 60s..300s", e);
        }
        return values.stream().distinct().toList();
    }

    private static WatchdogConfiguration changed(WatchdogConfiguration configuration, String yaml) {
        try {
            Path file = Files.createTempFile("watchdog-sweep", ".yaml");
            try {
                return ConfigurationFile.read(Files.writeString(file, yaml), configuration);
            } finally {
                Files.delete(file);
            }
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException("--sweep: " + yaml + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder can't be written", e);
        }
    }
}
