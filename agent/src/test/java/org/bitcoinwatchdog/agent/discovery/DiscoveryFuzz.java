package org.bitcoinwatchdog.agent.discovery;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bitcoinwatchdog.agent.kernel.SampleElf;

/** Rounds of random processes, for {@link DiscoveryFuzzTest}. It throws if a limit is exceeded. */
final class DiscoveryFuzz {
    static final int HEAP_MEBIBYTES = 64;
    private static final int ROUNDS = 100;
    private static final int HOSTILE = 6;
    private static final int GOOD = 7;
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);
    /** Some of the looks wait for processes that block, and the machine may be busy. */
    private static final int MOST_LOOKS = 200;
    private static final List<String> OPTIONS = List.of("datadir", "conf", "chain", "regtest", "signet", "testnet",
            "includeconf", "noconf", "noincludeconf", "signetchallenge", "nosignetchallenge", "main.datadir");

    private final Random random;
    private final Path directory;
    private final List<Path> toDevice = new ArrayList<>();

    private DiscoveryFuzz(Path directory, long seed) {
        this.directory = directory;
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) throws Exception {
        DiscoveryFuzz fuzz = new DiscoveryFuzz(Path.of(arguments[0]), Long.parseLong(arguments[1]));
        for (int round = 0; round < ROUNDS; round++) {
            try {
                fuzz.round(Files.createDirectory(fuzz.directory.resolve("round" + round)));
            } catch (Exception e) {
                throw new IllegalStateException("round " + round, e);
            }
        }
        System.exit(0); // blocked threads do not end by themselves
    }

    private void round(Path place) throws Exception {
        Path root = Files.createDirectory(place.resolve("root"));
        ProcTree tree = new ProcTree(Files.createDirectory(place.resolve("proc")));
        tree.node(GOOD, place.resolve("bin/bitcoind"), List.of("bitcoind", "-regtest", "-datadir=/good"), root);
        for (int i = 0; i < HOSTILE; i++) {
            hostile(100 + i, place, root, tree);
        }
        BitcoindProcesses processes = new BitcoindProcesses(place.resolve("proc"));
        for (int look = 1; ; look++) {
            long beganNs = System.nanoTime();
            List<SeenProcess> seen = processes.look();
            Duration took = Duration.ofNanos(System.nanoTime() - beganNs);
            if (took.compareTo(LONGEST_LOOK) > 0) {
                throw new IllegalStateException("a look took " + took);
            }
            if (isGoodFound(seen)) {
                break;
            }
            if (look == MOST_LOOKS) {
                throw new IllegalStateException("the node is not found: " + seen);
            }
            Thread.sleep(50);
        }
        tree.removeLinks();
        for (Path link : toDevice) {
            Files.delete(link);
        }
        toDevice.clear();
    }

    private static boolean isGoodFound(List<SeenProcess> seen) {
        return seen.stream().flatMap(process -> process.node().stream()).anyMatch(process -> process.pid() == GOOD
                && process.network().equals("regtest") && process.dataDirectory().toString().equals("/good"));
    }

    private void hostile(int pid, Path place, Path root, ProcTree tree) throws Exception {
        Path executable = named(place, bytes(1 + random.nextInt(100)).replace("/", "x").replace("\0", "x"));
        Path process = tree.process(pid, executable, elf(), List.of(), random.nextInt(4) > 0 ? root : Path.of("/"));
        Files.writeString(process.resolve("cmdline"), arguments(), StandardCharsets.ISO_8859_1);
        Files.writeString(process.resolve("environ"), random.nextBoolean() ? bytes(2000) : "HOME=/" + bytes(9000),
                StandardCharsets.ISO_8859_1);
        Files.writeString(process.resolve("status"), "Uid:\t" + random.nextInt(3) + "\t0\n" + bytes(100), StandardCharsets.ISO_8859_1);
        if (random.nextInt(4) == 0) {
            String name = "(" + bytes(15) + ") S " + random.nextInt() + bytes(random.nextInt(100));
            Files.writeString(process.resolve("stat"), pid + " " + name, StandardCharsets.ISO_8859_1);
        }
        if (random.nextInt(20) == 0) {
            Path blocked = process.resolve(random.nextBoolean() ? "cmdline" : "environ");
            Files.delete(blocked);
            fifo(blocked);
        }
        configuration(root.resolve("f" + random.nextInt(8)));
    }

    private byte[] elf() {
        byte[] elf = SampleElf.ofNode();
        for (int change = random.nextInt(3); change > 0; change--) {
            elf[random.nextInt(elf.length)] = (byte) random.nextInt();
        }
        return elf;
    }

    private String arguments() {
        StringBuilder arguments = new StringBuilder("bitcoind\0");
        for (int i = random.nextInt(6); i >= 0; i--) {
            arguments.append("-".repeat(random.nextInt(4))).append(option()).append('\0');
        }
        return random.nextInt(20) == 0 ? arguments + "-\0".repeat(500_000) : arguments.toString();
    }

    private void configuration(Path file) throws Exception {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        switch (random.nextInt(9)) {
            case 0 -> fifo(file);
            case 1 -> Files.createDirectory(file);
            case 2 -> toDevice.add(Files.createSymbolicLink(file, Path.of("/dev/zero")));
            case 3 -> Files.createSymbolicLink(file, Path.of("/f" + random.nextInt(8)));
            case 4 -> sparse(file);
            case 5 -> Files.writeString(file, "includeconf=/f1\n".repeat(60_000));
            case 6 -> Files.writeString(file, ("[x" + random.nextInt(9) + "]\nregtest=1\n").repeat(70_000));
            default -> Files.writeString(file, settings(), StandardCharsets.ISO_8859_1);
        }
    }

    private String settings() {
        StringBuilder settings = new StringBuilder();
        for (int i = random.nextInt(50); i >= 0; i--) {
            settings.append(random.nextInt(5) == 0 ? "[" + bytes(5) + "]" : option()).append('\n');
        }
        return settings.toString();
    }

    private String option() {
        String name = random.nextInt(5) == 0 ? bytes(10) : OPTIONS.get(random.nextInt(OPTIONS.size()));
        return name + switch (random.nextInt(7)) {
            case 0 -> "";
            case 1 -> "=/f" + random.nextInt(8);
            case 2 -> "=" + bytes(random.nextInt(200));
            case 3 -> "=/dev/zero";
            case 4 -> "=/" + "../".repeat(random.nextInt(3000));
            case 5 -> "=/proc/self/" + (random.nextBoolean() ? "mem" : "fd/0");
            default -> "=" + random.nextInt();
        };
    }

    private String bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Path named(Path place, String bytes) {
        StringBuilder uri = new StringBuilder(place.toUri().toString()).append("/bin/");
        bytes.chars().forEach(each -> uri.append("%%%02x".formatted(each)));
        return Path.of(URI.create(uri.toString()));
    }

    private static void sparse(Path file) throws IOException {
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(1L << 32);
        }
    }

    private static void fifo(Path path) throws IOException, InterruptedException {
        if (new ProcessBuilder("mkfifo", path.toString()).start().waitFor() != 0) {
            throw new IOException("no FIFO can be made");
        }
    }
}
