package org.bitcoinwatchdog.deploy.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bitcoinwatchdog.deploy.replay.ReplaySources.Networks;
import org.bitcoinwatchdog.deploy.replay.ReplaySources.RecordingSource;
import org.bitcoinwatchdog.deploy.replay.ReplaySources;
import org.bitcoinwatchdog.detectors.evaluation.RealTraffic.TrafficKind;
import org.bitcoinwatchdog.detectors.evaluation.RealTraffic;
import org.bitcoinwatchdog.events.NodeEvent;

/** The files of real nodes that {@code evaluate} measures. */
final class RealCorpora {
    private static final int SHOWN_PROBLEMS = 10;
    /** A compressed line of arrivals stands for ten minutes of heartbeats, which cost little; one of a recording is a call. */
    private static final double EVENTS_PER_ARRIVALS_BYTE = 5;
    private static final double EVENTS_PER_RECORDING_BYTE = 0.1;

    private final Networks networks;
    private final List<String> problems = new ArrayList<>();
    private int left;

    RealCorpora(Networks networks) {
        this.networks = networks;
    }

    /**
     * Block arrivals of several nodes, which are one fleet.
     *
     * @throws CommandFailure if a file can't be read or has no arrivals
     */
    RealTraffic arrivals(List<Path> files) {
        String names = files.stream().map(file -> file.getFileName().toString().replaceFirst("(\\.csv)?(\\.gz)?$", ""))
                .collect(Collectors.joining(", "));
        if (!open(files, this::problem).hasNext()) {
            throw new CommandFailure("no block arrivals in " + files);
        }
        return new RealTraffic("real arrivals of " + names, TrafficKind.ARRIVALS, EVENTS_PER_ARRIVALS_BYTE * size(files),
                () -> stream(open(files, reported -> { })));
    }

    /** One recording. */
    RealTraffic recording(Path file) {
        return new RealTraffic("recording " + file.getFileName(), TrafficKind.RECORDING,
                EVENTS_PER_RECORDING_BYTE * size(List.of(file)), () -> stream(open(List.of(file), this::problem)));
    }

    /** What was skipped in the files, a sentence each. */
    synchronized List<String> problems() {
        List<String> shown = new ArrayList<>(problems);
        if (left > 0) {
            shown.add(left + " more lines were skipped");
        }
        return shown;
    }

    private synchronized void problem(String problem) {
        if (problems.size() < SHOWN_PROBLEMS) {
            problems.add(problem);
        } else {
            left++;
        }
    }

    private ReplaySources open(List<Path> files, Consumer<String> problems) {
        try {
            return new ReplaySources(
                    files.stream().map(file -> new RecordingSource(file.toString())).toList(), networks, problems);
        } catch (IOException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private static Stream<NodeEvent> stream(ReplaySources sources) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(sources, Spliterator.ORDERED), false).onClose(() -> {
            try {
                sources.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static long size(List<Path> files) {
        try {
            long size = 0;
            for (Path file : files) {
                size += Files.size(file);
            }
            return size;
        } catch (IOException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }
}
