package org.bitcoinwatchdog.alerts.sinks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.notification.Sink;

/**
 * A program on this machine that reads the notification from its standard input. The input is the body of a webhook. The
 * program runs without a shell and with an empty environment.
 *
 * @param program   absolute path of the executable
 * @param arguments arguments of the program, passed unchanged
 * @param timeout   the program and all processes that it started are killed after this time. Default: delivery.exchange-timeout
 */
public record Exec(String name, Path program, Optional<List<String>> arguments, Optional<Duration> timeout)
        implements SinkSettings {
    public Exec {
        SinkSettings.requireName(name);
        arguments = arguments.map(List::copyOf);
        if (!program.isAbsolute()) {
            throw new IllegalArgumentException("program must be an absolute path");
        }
        if (timeout.isPresent() && (timeout.get().isNegative() || timeout.get().isZero()
                || timeout.get().compareTo(Duration.ofMinutes(2)) > 0)) {
            throw new IllegalArgumentException("timeout must be more than zero and at most 2m");
        }
    }

    /** The watchdog itself makes no connection. */
    @Override
    public Optional<Boolean> allowPrivate() {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "Exec[" + name + "]";
    }

    @Override
    public Sink open(Sinks sinks) {
        return new ExecSink(program, arguments.orElse(List.of()), timeout.orElse(sinks.delivery().exchangeTimeout()));
    }

    /**
     * Exit status 0 is delivered. The statuses of sysexits.h that say that another attempt would fail as well, and 126 and
     * 127 (not executable, not found), are final. All others are tried again.
     */
    private record ExecSink(Path program, List<String> arguments, Duration timeout) implements Sink {
        private static final int OK = 200;
        private static final int BAD_REQUEST = 400;
        private static final int UNAVAILABLE = 503;
        /** EX_USAGE, EX_DATAERR, EX_NOINPUT, EX_NOUSER, EX_NOHOST, EX_NOPERM, EX_CONFIG, and the shells' own two. */
        private static final Set<Integer> FINAL = Set.of(64, 65, 66, 67, 68, 77, 78, 126, 127);

        @Override
        public SendOutcome send(Notification notification) {
            List<String> command = new ArrayList<>();
            command.add(program.toString());
            command.addAll(arguments);
            ProgramRun run = ProgramRun.of(command, WebhookBody.of(notification), timeout);
            if (run.failure().isPresent()) {
                return run.started() ? new SendOutcome.Unreachable(run.failure().get()) : new SendOutcome.Refused(run.failure().get());
            }
            int status = run.exitStatus() == 0 ? OK : FINAL.contains(run.exitStatus()) ? BAD_REQUEST : UNAVAILABLE;
            return new SendOutcome.Answered(status, Optional.empty(),
                    run.exitStatus() == 0 ? "" : "exit status " + run.exitStatus() + " " + run.output());
        }

        @Override
        public SendOutcome reach() {
            return Files.isExecutable(program)
                    ? new SendOutcome.Answered(OK, Optional.empty(), "")
                    : new SendOutcome.Refused(program + " can't be executed");
        }

        @Override
        public boolean takesGroups() {
            return true;
        }

        @Override
        public void close() {
            // each run ends with its attempt
        }
    }
}
