package org.bitcoinwatchdog.deploy.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.deploy.console.SampleChains;
import org.bitcoinwatchdog.events.ChainStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainPageIT {
    private static final Path PAGE = Path.of("..", "deposits.md");

    @TempDir
    private Path folder;
    private ServedConsole console;
    private String url;

    @BeforeEach
    void serve() throws IOException {
        console = ServedConsole.open();
        url = console.url();
    }

    @AfterEach
    void close() {
        console.close();
    }

    private String get(String path) throws IOException {
        Request.Response answer = Request.get(console.address(), path).send();
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void servesTheVerdictOfANetworkAndOfAll() throws IOException {
        console.chains().fold(SampleChains.hold(Instant.now()));

        assertThat(get("/chain?network=main")).startsWith("{\"network\":\"main\",\"verdict\":\"hold\",\"confirmations\":36");
        assertThat(get("/chain")).startsWith("[{\"network\":\"main\"");
        assertThat(get("/chain?network=signet")).contains("\"verdict\":\"unknown\"", "no verdict about this network");
        assertThat(Request.get(console.address(), "/chain?network=%zz").send().status()).isEqualTo(400);
    }

    @Test
    void isUnknownOnceTheDetectorsWriteNoMore() throws IOException {
        console.chains().fold(SampleChains.ok(Instant.now().minus(ChainStatus.VALID).minusSeconds(1)));

        assertThat(get("/chain?network=main")).contains("\"verdict\":\"unknown\"", "Check that they run");
    }

    @Test
    void theDocumentedExampleHoldsDeposits() throws IOException, InterruptedException {
        for (String program : new String[] {"bash", "curl", "jq"}) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin", program)), program + " is not installed");
        }
        assertThat(mayCredit(6)).as("no verdict yet").isEqualTo(1);
        console.chains().fold(SampleChains.ok(Instant.now()));
        assertThat(mayCredit(6)).isZero();
        assertThat(mayCredit(5)).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("out"))).as("why").contains("ok: needs 6 confirmations, seen by one of: alice");
        console.chains().fold(SampleChains.hold(Instant.now()));
        assertThat(mayCredit(100)).isEqualTo(1);
        console.server().close();
        assertThat(mayCredit(100)).as("no watchdog").isNotZero();
    }

    private int mayCredit(int confirmations) throws IOException, InterruptedException {
        Matcher example = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(example.find()).isTrue();
        assertThat(example.group(1).lines()).hasSizeLessThanOrEqualTo(10);
        Path script = Files.writeString(folder.resolve("may-credit"), example.group(1));
        ProcessBuilder run = new ProcessBuilder("bash", script.toString(), Integer.toString(confirmations))
                .redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile());
        run.environment().put("WATCHDOG", url);
        int status = run.start().waitFor();
        assertThat(Files.readString(folder.resolve("out"), StandardCharsets.UTF_8)).doesNotContain("jq: error", "syntax");
        return status;
    }
}
