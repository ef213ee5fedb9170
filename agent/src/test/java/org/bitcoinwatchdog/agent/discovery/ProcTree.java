package org.bitcoinwatchdog.agent.discovery;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.agent.kernel.SampleElf;

/** A folder that looks like /proc. The executables are files of their own. */
final class ProcTree {
    private final Path proc;
    private final List<Path> links = new ArrayList<>();

    ProcTree(Path proc) throws IOException {
        this.proc = proc;
        Files.writeString(proc.resolve("stat"), "cpu 1 2 3\nbtime 1795361000\n");
        Files.createDirectory(proc.resolve("sys"));
    }

    /** A look without a time limit, because a machine may be slow. */
    static List<SeenProcess> look(BitcoindProcesses processes) {
        processes.look();
        await().until(() -> {
            processes.look();
            return processes.isComplete();
        });
        return processes.look();
    }

    static List<BitcoindProcess> nodes(BitcoindProcesses processes) {
        return look(processes).stream().flatMap(process -> process.node().stream()).toList();
    }

    /** A process that runs an executable with tracepoints. */
    Path node(int pid, Path executable, List<String> arguments, Path root) throws IOException {
        return process(pid, executable, SampleElf.ofNode(), arguments, root);
    }

    /**
     * @param executable target of {@code /proc/PID/exe}, which may end with {@code " (deleted)"}; written if it does
     *                   not exist
     */
    Path process(int pid, Path executable, byte[] contents, List<String> arguments, Path root) throws IOException {
        if (!Files.exists(executable)) {
            Files.createDirectories(executable.getParent());
            Files.write(executable, contents);
        }
        Path process = Files.createDirectory(proc.resolve(Integer.toString(pid)));
        links.add(Files.createSymbolicLink(process.resolve("exe"), executable));
        links.add(Files.createSymbolicLink(process.resolve("cwd"), Path.of("/srv")));
        links.add(Files.createSymbolicLink(process.resolve("root"), root));
        Files.writeString(process.resolve("status"), "Name:\tx\nUid:\t" + pid + "\t0\t0\t0\n");
        Files.writeString(process.resolve("cmdline"), String.join("\0", arguments) + "\0", StandardCharsets.ISO_8859_1);
        Files.writeString(process.resolve("environ"), "PATH=/bin\0HOME=/home/alice\0");
        Files.writeString(process.resolve("stat"), pid + " (b-http) worker) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 "
                + pid * 100 + " 1 1 1\n");
        return process;
    }

    /** The process ends. */
    void end(int pid) throws IOException {
        Path process = proc.resolve(Integer.toString(pid));
        for (String name : List.of("exe", "cwd", "root", "status", "cmdline", "environ", "stat")) {
            Files.delete(process.resolve(name));
        }
        Files.delete(process);
    }

    /** Deletes links to the outside first, so that deleting the folder does not warn of them. */
    void removeLinks() throws IOException {
        for (Path link : links) {
            Files.deleteIfExists(link);
        }
    }

    /** Like a thread of the kernel: a process without an executable. */
    void kernelThread(int pid) throws IOException {
        Files.createDirectory(proc.resolve(Integer.toString(pid)));
    }
}
