package org.bitcoinwatchdog.agent.discovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.events.Network;
import org.bitcoinwatchdog.events.NodeOptions;

/** Reads the arguments and the bitcoin.conf of one process, to find its data directory, its chain, and its options about peers. */
final class NodeConfiguration {
    private static final String MAIN = Network.MAIN.name();
    private static final int MOST_INCLUDED = 100;

    private final ProcessTable processes;
    private final int pid;
    private final BitcoinOptions arguments;
    /** For all files together. */
    private int bytesLeft = ProcessTable.MOST_BYTES;
    private Optional<String> caveat = Optional.empty();

    /**
     * @param options what was read about its peers; empty if a file could not be read
     * @param caveat what could not be read, as the end of a sentence. The network or the data directory may then be
     *               wrong
     */
    record Summary(ProcessPath dataDirectory, String network, Optional<NodeOptions> options, Optional<String> caveat) {
    }

    NodeConfiguration(ProcessTable processes, int pid, List<String> arguments) {
        this.processes = processes;
        this.pid = pid;
        this.arguments = BitcoinOptions.ofArguments(arguments);
    }

    /** @throws IOException if the process has ended, or its arguments can't be read */
    Summary read() throws IOException {
        ProcessPath directory = arguments.value("datadir").isPresent()
                ? absolute(arguments.value("datadir").get()) : defaultDirectory();
        BitcoinOptions file = files(directory);
        String chain = arguments.chain().or(file::chain).orElse(MAIN);
        if (Network.CHAINS.stream().noneMatch(known -> known.name().equals(chain))) {
            throw new IOException("its chain is unknown: " + ProcessPath.text(chain.substring(0, Math.min(20, chain.length()))));
        }
        Optional<String> moved = file.value("datadir", chain);
        boolean isMoved = arguments.value("datadir").isEmpty() && moved.isPresent();
        Optional<NodeOptions> options = caveat.isEmpty() ? Optional.of(PeerOptions.of(arguments, file, chain)) : Optional.empty();
        return new Summary(isMoved ? absolute(moved.get()) : directory, BitcoinOptions.network(arguments, file).name(), options,
                caveat);
    }

    private ProcessPath absolute(String path) throws IOException {
        ProcessPath named = ProcessPath.of(path);
        return (named.isAbsolute() ? named : processes.workingDirectory(pid).resolve(named)).normalized();
    }

    private ProcessPath defaultDirectory() throws IOException {
        String home = processes.variable(pid, "HOME").filter(value -> value.startsWith("/")).orElse("/");
        return ProcessPath.of(home).resolve(ProcessPath.of(".bitcoin")).normalized();
    }

    private BitcoinOptions files(ProcessPath directory) {
        if (arguments.value("noconf").isPresent()) {
            return BitcoinOptions.ofFile("");
        }
        BitcoinOptions first = file(directory, arguments.value("conf").orElse("bitcoin.conf"));
        BitcoinOptions options = first;
        if (arguments.value("noincludeconf").isEmpty()) {
            String chain = arguments.chain().or(first::chain).orElse(MAIN);
            for (String included : first.included(chain).stream().limit(MOST_INCLUDED).toList()) {
                options = options.then(file(directory, included));
            }
        }
        return options;
    }

    private BitcoinOptions file(ProcessPath directory, String name) {
        ProcessPath path = directory.resolve(ProcessPath.of(name));
        try {
            byte[] contents = processes.file(pid, path, bytesLeft);
            bytesLeft -= contents.length;
            return BitcoinOptions.ofFile(new String(contents, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return BitcoinOptions.ofFile(""); // bitcoind runs without one
        } catch (IOException e) {
            caveat = Optional.of(path + " can't be read: " + e.getMessage());
            return BitcoinOptions.ofFile("");
        }
    }
}
