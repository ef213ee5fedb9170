package org.bitcoinwatchdog.agent.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that the agent knows, kept in a file of its state directory. So a node keeps its name after every restart,
 * and each of its epochs is later than the one before, even if the clock is set back. Thread-safe.
 */
public final class NodeRegister {
    private static final Logger LOG = LoggerFactory.getLogger(NodeRegister.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_NODES = 1_000;
    private static final int MOST_BYTES = 8 << 20;

    private final Optional<Path> file;
    private final Map<String, RegisteredNode> nodes = new TreeMap<>();
    private Optional<String> fault = Optional.empty();

    private NodeRegister(Optional<Path> file) {
        this.file = file;
    }

    /** A register that is not kept on disk. */
    public static NodeRegister inMemory() {
        return new NodeRegister(Optional.empty());
    }

    /** Opens the file. An unreadable file is moved aside, and all nodes in it are new. */
    public static NodeRegister open(Path file) {
        NodeRegister register = new NodeRegister(Optional.of(file));
        try {
            if (Files.exists(file)) {
                register.read(file);
            }
        } catch (IOException | IllegalArgumentException e) {
            register.nodes.clear();
            Path aside = file.resolveSibling(file.getFileName() + ".damaged");
            LOG.error("{} can't be read and is moved to {}. Nodes without a name in agent.nodes may get other names. {}",
                    file, aside, e.toString().lines().findFirst().orElse(""));
            register.putAside(file, aside);
        }
        return register;
    }

    /** By name. */
    synchronized List<RegisteredNode> all() {
        return List.copyOf(nodes.values());
    }

    synchronized Optional<RegisteredNode> get(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    /** Keeps the node under its name, in place of a former node of this name. Epochs go on. */
    synchronized void remember(RegisteredNode node) {
        RegisteredNode before = nodes.get(node.name());
        RegisteredNode now = before == null ? node : node.withEpoch(Math.max(before.epoch(), node.epoch()));
        if (!now.equals(before)) {
            nodes.put(now.name(), now);
            if (nodes.size() > MOST_NODES) {
                nodes.values().remove(nodes.values().stream().min(Comparator.comparingLong(RegisteredNode::epoch)).orElseThrow());
            }
            save();
        }
    }

    /**
     * The epoch of a process that is about to be traced. It is on disk before this returns.
     *
     * @param nowNs UNIX nanoseconds
     * @return {@code nowNs}, or the first epoch later than the node's last one
     */
    public synchronized long nextEpoch(String name, String network, long nowNs) {
        RegisteredNode known = nodes.getOrDefault(name, new RegisteredNode(name, name, "any", "", network, 0));
        long epoch = Math.max(nowNs, known.epoch() + 1);
        nodes.put(name, known.withEpoch(epoch));
        save();
        return epoch;
    }

    /** The names of nodes that this configuration no longer matches. */
    public synchronized Map<String, String> networksOfUnfollowed(Collection<NodeSettings> configured) {
        Map<String, String> unfollowed = new TreeMap<>();
        List<NodeSettings> meaning = configured.isEmpty() ? List.of(NodeSettings.defaults()) : List.copyOf(configured);
        nodes.values().stream().filter(node -> !node.isMeantBy(meaning))
                .forEach(node -> unfollowed.put(node.name(), node.network()));
        return unfollowed;
    }

    /** Removes the node. */
    public synchronized void forget(String name) {
        if (nodes.remove(name) != null) {
            save();
        }
    }

    /** Why names and epochs may be lost at the end of this process. */
    public synchronized Optional<String> fault() {
        return fault;
    }

    private void read(Path from) throws IOException {
        if (Files.size(from) > MOST_BYTES) {
            throw new IOException("it has more than " + MOST_BYTES + " bytes");
        }
        JsonNode root = JSON.readTree(Files.readAllBytes(from));
        if (root == null || !root.path("nodes").isArray()) {
            throw new IOException("it has no list of nodes");
        }
        for (JsonNode node : root.path("nodes")) {
            if (!node.path("name").isTextual() || node.path("name").textValue().isEmpty() || !node.path("epoch").isIntegralNumber()) {
                throw new IOException("a node in it has no name or no epoch");
            }
            nodes.put(node.path("name").textValue(), new RegisteredNode(node.path("name").textValue(),
                    node.path("configuredAs").asText(), node.path("selector").asText(), node.path("dataDirectory").asText(),
                    node.path("network").asText(), node.path("epoch").longValue()));
        }
    }

    private void putAside(Path from, Path aside) {
        try {
            Files.move(from, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            fault = Optional.of(from + " can't be read or replaced: " + e);
        }
    }

    /** Writes the file as a whole or not at all. It is on disk when this returns. */
    private void save() {
        if (file.isEmpty()) {
            return;
        }
        try {
            Path target = file.get();
            Path part = target.resolveSibling(target.getFileName() + ".new");
            Files.createDirectories(target.toAbsolutePath().getParent());
            write(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json()));
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel directory = FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
            fault = Optional.empty();
        } catch (IOException e) {
            if (fault.isEmpty()) {
                LOG.error("{} can't be written, so names and epochs of nodes may be lost at the end of this process: {}", file.get(), e.toString());
            }
            fault = Optional.of("the names of the nodes can't be kept in " + file.get() + ": " + e);
        }
    }

    private static void write(Path part, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(part,
                StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private ObjectNode json() {
        ObjectNode root = JSON.createObjectNode();
        List<RegisteredNode> all = new ArrayList<>(nodes.values());
        all.forEach(node -> root.withArray("nodes").addObject()
                .put("name", node.name())
                .put("configuredAs", node.configuredAs())
                .put("selector", node.selector())
                .put("dataDirectory", node.dataDirectory())
                .put("network", node.network())
                .put("epoch", node.epoch()));
        return root;
    }
}
