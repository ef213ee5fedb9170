package org.bitcoinwatchdog.deploy.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bitcoinwatchdog.deploy.doctor.Doctor;
import org.bitcoinwatchdog.deploy.doctor.DoctorFinding;
import org.bitcoinwatchdog.events.SafeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "doctor", mixinStandardHelpOptions = true,
        description = "Checks what can be traced on this machine. Lists each problem with its remedy. Exits with 1 if there is one.")
final class DoctorCommand implements Callable<Integer> {
    private static final int LONGEST_ROW = 70;

    @Option(names = "--bitcoind", paramLabel = "PATH", description = "Checks this executable instead of the running nodes.")
    private Optional<Path> bitcoind;

    @Option(names = "--json", description = "Prints the findings as JSON.")
    private boolean json;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        List<DoctorFinding> findings = new Doctor(config.read(), bitcoind).examine();
        boolean healthy = findings.stream().noneMatch(finding -> finding.health() == DoctorFinding.Health.OBSTACLE);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(findings, healthy));
        } else {
            findings.forEach(finding -> out.println(SafeText.lines(row(finding))));
            findings.stream().filter(finding -> !finding.remedy().isEmpty() || finding.detail().length() > LONGEST_ROW)
                    .forEach(finding -> out.println(SafeText.lines("\n" + finding.subject() + ": " + finding.detail()
                            + (finding.remedy().isEmpty() ? "" : "\n    -> " + finding.remedy()))));
            out.println();
            out.println(healthy ? "no obstacle found" : "fix the items marked OBSTACLE");
        }
        out.flush();
        return healthy ? WatchdogCommand.DONE : WatchdogCommand.FAILED;
    }

    /** One line. Longer details follow below all rows. */
    private static String row(DoctorFinding finding) {
        String detail = finding.detail();
        return String.format(Locale.ROOT, "%-8s  %-34s  %s", finding.health(), finding.subject(),
                detail.length() <= LONGEST_ROW ? detail : detail.substring(0, LONGEST_ROW - 1) + "…");
    }

    private static String json(List<DoctorFinding> findings, boolean healthy) throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode report = mapper.createObjectNode().put("healthy", healthy);
        ArrayNode list = report.putArray("findings");
        findings.forEach(finding -> list.addObject()
                .put("subject", finding.subject())
                .put("health", finding.health().name().toLowerCase(Locale.ROOT))
                .put("detail", finding.detail())
                .put("remedy", finding.remedy()));
        return mapper.writeValueAsString(report);
    }
}
