package org.bitcoinwatchdog.deploy.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import org.bitcoinwatchdog.deploy.config.DurationText;
import org.bitcoinwatchdog.events.Severity;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Reads and checks the values of options. Each message names the option, the value and an example. */
final class OptionValues {
    /** Longer than anything that is waited for, and short enough to be added to any time. */
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final int LAST_YEAR = 9_999;

    private OptionValues() {
    }

    static CommandLine register(CommandLine command) {
        CommandLine.ITypeConverter<Integer> whole = text -> number(text, Integer::valueOf, "a whole number, such as 10");
        CommandLine.ITypeConverter<Double> number = text -> number(text, Double::valueOf, "a number, such as 2.5");
        CommandLine.ITypeConverter<Severity> severity = text -> Arrays.stream(Severity.values())
                .filter(each -> each.label().equals(text.toLowerCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not a severity. Use info, warn or page"));
        return command.registerConverter(Severity.class, severity).registerConverter(Duration.class, OptionValues::duration).registerConverter(Instant.class, OptionValues::time)
                .registerConverter(Integer.class, whole).registerConverter(int.class, whole)
                .registerConverter(Double.class, number).registerConverter(double.class, number);
    }

    private static <N> N number(String text, Function<String, N> parse, String form) {
        try {
            return parse.apply(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not " + form);
        }
    }

    private static Duration duration(String text) {
        try {
            Duration duration = DurationText.parse(text);
            if (!duration.isZero() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not a duration. Use a number with a unit, such as 30s, 10m, 2h, 7d");
        }
        throw new TypeConversionException("'" + text + "' must be longer than 0 and at most 36500d, such as 10m");
    }

    private static Instant time(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() >= 0 && time.getYear() <= LAST_YEAR) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            throw new TypeConversionException("'" + text + "' is not a time. Use date, time and zone, such as "
                    + "2026-12-01T02:00:00Z or 2026-12-01T03:00:00+01:00");
        }
        throw new TypeConversionException("'" + text + "' must be before the year 10000, such as 2026-12-01T02:00:00Z");
    }

    /** @param use what is possible, with an example: {@code a whole number from 1, such as 1000} */
    static ParameterException wrong(CommandSpec spec, String option, Object value, String use) {
        return new ParameterException(spec.commandLine(), option + ": '" + value + "' can't be used. Use " + use);
    }

    static void atLeast(CommandSpec spec, String option, double value, double least, String example) {
        if (!(value >= least && value < Double.POSITIVE_INFINITY)) {
            String text = value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
            throw wrong(spec, option, text, "a number from " + (long) least + ", such as " + example);
        }
    }

    /** The file need not exist, but the folder that it is in. */
    static void writable(CommandSpec spec, String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw wrong(spec, option, file, "a file in an existing folder: there is no folder " + folder);
        }
        if (Files.isDirectory(file)) {
            throw wrong(spec, option, file, "a file: this is a folder");
        }
    }

    static void readable(CommandSpec spec, String option, Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw wrong(spec, option, file, "a file that exists and can be read");
        }
    }
}
