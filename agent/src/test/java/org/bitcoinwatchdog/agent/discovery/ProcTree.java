package org.bitcoinwatchdog.agent.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder that looks like /proc. */
final class ProcTree {
    private final Path proc;
    private final List<Path> links = new ArrayList<>();

    ProcTree(Path proc) throws IOException {
        this.proc = proc;
        Files.writeString(proc.resolve("stat"), "cpu 1 2 3\nbtime 1795361000\n");
        Files.createDirectory(proc.resolve("sys"));
    }

    /** @param link what {@code /proc/PID/exe} points to */
    Path process(int pid, String link, List<String> arguments, Path root) throws IOException {
        Path process = Files.createDirectory(proc.resolve(Integer.toString(pid)));
        links.add(Files.createSymbolicLink(process.resolve("exe"), Path.of(link)));
        links.add(Files.createSymbolicLink(process.resolve("cwd"), Path.of("/srv")));
        links.add(Files.createSymbolicLink(process.resolve("root"), root));
        Files.writeString(process.resolve("cmdline"), String.join("\0", arguments) + "\0");
        Files.writeString(process.resolve("environ"), "PATH=/bin\0HOME=/home/alice\0");
        Files.writeString(process.resolve("stat"), pid + " (b-http) worker) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 "
                + pid * 100 + " 1 1 1\n");
        return process;
    }

    /** Links to the outside go first, so that what deletes the folder need not warn of them. */
    void removeLinks() throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
    }

    /** Like a thread of the kernel: a process without an executable. */
    void kernelThread(int pid) throws IOException {
        Files.createDirectory(proc.resolve(Integer.toString(pid)));
    }
}
