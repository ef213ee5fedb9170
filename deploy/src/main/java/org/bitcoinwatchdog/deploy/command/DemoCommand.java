package org.bitcoinwatchdog.deploy.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.bitcoinwatchdog.deploy.demo.Demo.DemoTeller;
import org.bitcoinwatchdog.deploy.demo.Demo;
import org.bitcoinwatchdog.deploy.demo.StandInNode;
import org.bitcoinwatchdog.deploy.http.HealthChecks;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.bitcoinwatchdog.deploy.http.MonitoringPages;
import org.bitcoinwatchdog.deploy.http.WebServer;
import org.bitcoinwatchdog.deploy.metrics.ProcessMetrics;
import org.bitcoinwatchdog.deploy.resource.TemporaryDirectory;
import org.bitcoinwatchdog.deploy.run.Termination;
import org.bitcoinwatchdog.deploy.text.AlertText;
import org.bitcoinwatchdog.deploy.text.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "demo", mixinStandardHelpOptions = true,
        description = "Plays a recorded address flood on this machine. The alert arrives at a local webhook.")
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--exit-after-alert",
            description = "Exits with 0 when the alert arrives, or with 1 if it does not. Default: runs until Control-C.")
    private boolean exitAfterAlert;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Termination termination = Termination.onSignals();
        DemoTeller teller = new DemoTeller(spec.commandLine().getOut());
        try (TemporaryDirectory directory = TemporaryDirectory.create("watchdog-demo");
                ProcessMetrics metrics = new ProcessMetrics(Version.TEXT);
                WebServer monitoring = monitoring(metrics);
                Demo demo = new Demo(directory.path(), StandInNode.program(), metrics, teller)) {
            monitoring.start();
            teller.tell("metrics of everything at http://127.0.0.1:" + monitoring.address().getPort() + "/metrics");
            Optional<Demo.DemoResult> outcome = run(demo, termination);
            if (outcome.isEmpty()) {
                return WatchdogCommand.FAILED; // Control-C before its end
            }
            tell(outcome.get(), teller);
            if (!exitAfterAlert) {
                teller.tell("everything goes on running; Control-C ends it");
                termination.requested().join();
            }
            return WatchdogCommand.DONE;
        }
    }

    /** At a free port: another watchdog may run on this machine. */
    private static WebServer monitoring(ProcessMetrics metrics) {
        HttpSettings settings = new HttpSettings("127.0.0.1:0");
        try {
            WebServer server = new WebServer(settings);
            new MonitoringPages(settings, metrics.registry(), new HealthChecks()).mount(server);
            return server;
        } catch (IOException e) {
            throw new CommandFailure("no port of 127.0.0.1 can be listened on: " + e.getMessage(), e);
        }
    }

    /** In a thread of its own, which Control-C interrupts. */
    private static Optional<Demo.DemoResult> run(Demo demo, Termination termination) throws InterruptedException {
        CompletableFuture<Demo.DemoResult> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                outcome.complete(demo.run());
            } catch (IOException | RuntimeException e) {
                outcome.completeExceptionally(e);
            } catch (InterruptedException e) {
                outcome.cancel(false);
            }
        }, "demo");
        thread.start();
        termination.requested().thenRun(thread::interrupt);
        thread.join();
        try {
            return outcome.isCancelled() ? Optional.empty() : Optional.of(outcome.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new CommandFailure("the demo failed: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private void tell(Demo.DemoResult outcome, DemoTeller teller) {
        teller.tell(String.format(Locale.ROOT,
                "the alert reached the webhook, its signature is valid: %.2f s after the flood's first message%s",
                outcome.delay().toMillis() / 1e3, outcome.throughBpf() ? "" : " (without the kernel)"));
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println(AlertText.of(outcome.alert()));
        out.println();
        out.flush();
    }
}
