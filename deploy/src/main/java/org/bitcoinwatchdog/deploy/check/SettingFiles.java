package org.bitcoinwatchdog.deploy.check;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bitcoinwatchdog.alerts.sinks.Exec;
import org.bitcoinwatchdog.alerts.sinks.SinkSettings;
import org.bitcoinwatchdog.deploy.config.ConfigurationFile.SettingsFinding;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;

/** The files that keys ending in {@code -file} name: each is there, and a secret is not readable by everybody. */
final class SettingFiles {
    private static final Set<String> PUBLIC = Set.of("caFile", "pidFile");

    private SettingFiles() {
    }

    static List<SettingsFinding> findings(WatchdogConfiguration configuration) {
        List<SettingsFinding> findings = new ArrayList<>(of(configuration.http()));
        for (SinkSettings sink : configuration.alerts().sinks()) {
            findings.addAll(of((Record) sink));
            if (sink instanceof Exec exec && !(Files.isRegularFile(exec.program()) && Files.isExecutable(exec.program()))) {
                findings.add(SettingsFinding.error(sink, exec.program() + " is not an executable file", "program"));
            }
        }
        return findings;
    }

    private static List<SettingsFinding> of(Record settings) {
        List<SettingsFinding> findings = new ArrayList<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            if (component.getName().endsWith("File") && !component.getName().equals("pidFile")) {
                Object value = read(component, settings);
                Object file = value instanceof Optional<?> optional ? optional.orElse(null) : value;
                if (file instanceof Path path) {
                    problem(settings, component.getName(), path).ifPresent(findings::add);
                }
            }
        }
        return findings;
    }

    private static Optional<SettingsFinding> problem(Record settings, String component, Path file) {
        String key = component.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
        if (!Files.exists(file)) {
            return Optional.of(SettingsFinding.error(settings, file + " does not exist", key));
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return Optional.of(SettingsFinding.error(settings, file + " is not a file that can be read here", key));
        }
        return !PUBLIC.contains(component) && readableByAll(file)
                ? Optional.of(SettingsFinding.warning(settings, "every user of this machine can read " + file + ". Run: chmod o-r " + file, key))
                : Optional.empty();
    }

    private static boolean readableByAll(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // not known, so nothing is said
        }
    }

    private static Object read(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " can't be read", e);
        }
    }
}
