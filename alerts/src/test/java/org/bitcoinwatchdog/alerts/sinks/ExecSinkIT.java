package org.bitcoinwatchdog.alerts.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real programs, good and bad. */
@Timeout(60)
class ExecSinkIT {
    @TempDir
    Path directory;

    @Test
    void theProgramReadsTheBodyWithItsArgumentsAndAnEmptyEnvironment() throws Exception {
        SendOutcome outcome = run(Duration.ofSeconds(10), "cat > " + directory.resolve("in") + "\n/usr/bin/env > "
                + directory.resolve("env") + "\nprintf '%s' \"$1\" > " + directory.resolve("argument"), "a b; $(id) `id`");
        assertThat(outcome).isEqualTo(new SendOutcome.Answered(200, Optional.empty(), ""));
        assertThat(Files.readString(directory.resolve("in"))).startsWith("{\"version\":\"4\"").contains("\"node\":\"alice\"");
        assertThat(Files.readString(directory.resolve("argument"))).isEqualTo("a b; $(id) `id`");
        assertThat(Files.readAllLines(directory.resolve("env"))).allMatch(line -> line.matches("(PWD|SHLVL|_)=.*"));
    }

    @Test
    void theExitStatusSaysWhetherToTryAgain() throws Exception {
        assertThat(run(Duration.ofSeconds(10), "cat; echo; echo oops >&2; exit 1"))
                .isInstanceOfSatisfying(SendOutcome.Answered.class, answer -> assertThat(answer.status()).isEqualTo(503));
        assertThat(run(Duration.ofSeconds(10), "echo no such user; exit 67"))
                .isEqualTo(new SendOutcome.Answered(400, Optional.empty(), "exit status 67 no such user"));
    }

    @Test
    void aProgramThatTakesTooLongIsKilledWithItsChildProcesses() throws Exception {
        Path pids = directory.resolve("pids");
        SendOutcome outcome = run(Duration.ofSeconds(1), "sleep 60 &\necho $! >> " + pids + "\n(trap '' TERM; setsid sleep 60) &\n"
                + "echo $$ >> " + pids + "\nsleep 60");
        assertThat(outcome).isInstanceOfSatisfying(SendOutcome.Unreachable.class,
                failed -> assertThat(failed.detail()).isEqualTo("the program did not end within 1000 ms and was killed"));
        for (String pid : Files.readAllLines(pids)) {
            await().until(() -> ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isEmpty());
        }
    }

    @Test
    void childProcessesEndWithTheProgram() throws Exception {
        Path pid = directory.resolve("pid");
        assertThat(run(Duration.ofSeconds(10), "sleep 60 > /dev/null 2>&1 &\necho $! > " + pid))
                .isInstanceOfSatisfying(SendOutcome.Answered.class, answer -> assertThat(answer.status()).isEqualTo(200));
        long left = Long.parseLong(Files.readString(pid).strip());
        await().until(() -> ProcessHandle.of(left).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void endlessOutputIsReadAndNotKept() throws Exception {
        SendOutcome outcome = run(Duration.ofSeconds(20), "head -c 50000000 /dev/zero | tr '\\0' x; exit 65");
        assertThat(outcome.detail()).hasSizeLessThan(300).startsWith("status 400: exit status 65 xxx");
    }

    @Test
    void aMissingProgramIsFinal() {
        assertThat(sink(directory.resolve("gone"), Duration.ofSeconds(5))
                .send(Notifications.of(Alerts.firing("alice"))))
                .isInstanceOfSatisfying(SendOutcome.Answered.class, answer -> assertThat(answer.status()).isEqualTo(400));
        assertThat(sink(directory.resolve("gone"), Duration.ofSeconds(5)).reach())
                .isInstanceOf(SendOutcome.Refused.class);
    }

    private SendOutcome run(Duration timeout, String script, String... arguments) throws Exception {
        Path program = Files.writeString(directory.resolve("program"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return sink(program, timeout, arguments).send(Notifications.of(Alerts.firing("alice")));
    }

    private static Sink sink(Path program, Duration timeout, String... arguments) {
        return new Exec("exec", program, Optional.of(List.of(arguments)), Optional.of(timeout))
                .open(new Sinks(AlertSettings.defaults(), Clock.systemUTC()));
    }
}
