package org.bitcoinwatchdog.deploy.console.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium, controlled by its DevTools protocol. */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");

    private final Path profile;
    private final Process process;
    private final DevTools devTools;

    private Browser(Path profile, Process process, DevTools devTools) {
        this.profile = profile;
        this.process = process;
        this.devTools = devTools;
    }

    /** The path of the program, if it is on this machine. */
    static Optional<Path> program() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Browser start(Path program) throws IOException {
        Path profile = Files.createTempDirectory("browser");
        Process process = new ProcessBuilder(program.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader errors = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        URI address = address(errors);
        Thread drain = new Thread(() -> errors.lines().forEach(line -> { }), "browser-errors");
        drain.setDaemon(true);
        drain.start();
        return new Browser(profile, process, DevTools.connect(HttpClient.newHttpClient(), address));
    }

    /** A new tab of that size, in CSS pixels. */
    Tab tab(int width, int height) {
        return Tab.open(devTools, width, height);
    }

    @Override
    public void close() throws InterruptedException {
        devTools.close();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI address(BufferedReader errors) throws IOException {
        StringBuilder said = new StringBuilder();
        String line;
        while ((line = errors.readLine()) != null) {
            said.append(line).append('\n');
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                return URI.create(listening.group(1));
            }
        }
        throw new IOException("the browser ended: " + said);
    }
}
