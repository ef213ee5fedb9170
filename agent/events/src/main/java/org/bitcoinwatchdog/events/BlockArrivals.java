package org.bitcoinwatchdog.events;

import com.google.protobuf.ByteString;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * The blocks that one node connected, from a file of lines "height,hash,UNIX milliseconds". The lines may be in any order, plain or gzip,
 * with or without a header line. A fourth column names the node; a file without one is of a single node, named after the file. A
 * hash that occurs twice counts once, with its earliest time. {@link ConnectOrder} finds the order of the blocks.
 *
 * @param connected      in the order in which the node connected them
 * @param neverConnected blocks that the node saw beside its chain
 */
public record BlockArrivals(String node, List<BlockArrival> connected, List<BlockArrival> neverConnected) {
    private static final String SUFFIX = ".csv";
    private static final String GZIP_SUFFIX = ".csv.gz";
    private static final int HASH_BYTES = 32;
    private static final long NS_PER_MS = 1_000_000;
    /** Time of the first block. */
    private static final long GENESIS_MS = 1_231_006_505_000L;
    private static final int GZIP_MAGIC = 0x1f8b;

    public BlockArrivals {
        connected = List.copyOf(connected);
        neverConnected = List.copyOf(neverConnected);
    }

    /** @param hash in the order of the wire */
    public record BlockArrival(int height, ByteString hash, long atNs) {
    }

    /**
     * What a file holds.
     *
     * @param nodes  in the order in which the file names them
     * @param lines  that were used
     * @param broken lines that were skipped
     */
    public record ArrivalsFile(List<BlockArrivals> nodes, long lines, long broken) {
        public ArrivalsFile {
            nodes = List.copyOf(nodes);
        }
    }

    public static boolean isNamedLike(String file) {
        return file.endsWith(SUFFIX) || file.endsWith(GZIP_SUFFIX);
    }

    /**
     * @param network  of the node
     * @param problems gets a sentence for each line that is skipped
     * @throws IOException if the file can't be read; the message names it
     */
    public static ArrivalsFile read(Path file, Network network, Consumer<String> problems) throws IOException {
        Lines lines = new Lines(file, problems);
        try (InputStream bytes = unzipped(new BufferedInputStream(Files.newInputStream(file)));
                BufferedReader reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.take(line);
            }
        } catch (IOException e) {
            throw new IOException("block arrivals can't be read from " + file + ": " + e, e);
        }
        List<BlockArrivals> nodes = new ArrayList<>();
        lines.nodes.forEach((node, arrivals) -> nodes.add(ConnectOrder.of(node, arrivals.values(), network)));
        return new ArrivalsFile(nodes, lines.used, lines.broken);
    }

    private static InputStream unzipped(BufferedInputStream bytes) throws IOException {
        bytes.mark(2);
        int magic = bytes.read() << 8 | bytes.read();
        bytes.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(bytes) : bytes;
    }

    /** The lines of a file, by node and hash. */
    private static final class Lines {
        private final Map<String, Map<ByteString, BlockArrival>> nodes = new LinkedHashMap<>();
        private final Path file;
        private final String only;
        private final Consumer<String> problems;
        private long number;
        private long used;
        private long broken;

        Lines(Path file, Consumer<String> problems) {
            this.file = file;
            this.problems = problems;
            only = file.getFileName().toString().replaceFirst("(\\.csv)?(\\.gz)?$", "");
        }

        void take(String line) {
            number++;
            String text = line.replace("\ufeff", "").replace("\"", "").strip();
            boolean header = number == 1 && text.matches("[^0-9,]+,.*");
            if (text.isEmpty() || text.startsWith("#") || header) {
                return;
            }
            try {
                add(text.split("\\s*,\\s*", -1));
                used++;
            } catch (IllegalArgumentException | ArithmeticException e) {
                broken++;
                problems.accept(file + ": line " + number + " is not a block arrival such as \"820232,0000…9d9b,1702022714000\": "
                        + e.getMessage());
            }
        }

        private void add(String[] fields) {
            if (fields.length != 3 && fields.length != 4) {
                throw new IllegalArgumentException("it has " + fields.length + " fields instead of height, hash, milliseconds");
            }
            BlockArrival arrival = new BlockArrival(height(fields[0]), hash(fields[1]), atNs(fields[2]));
            String node = fields.length == 4 && !fields[3].isEmpty() ? fields[3] : only;
            Map<ByteString, BlockArrival> known = nodes.computeIfAbsent(node, name -> new LinkedHashMap<>());
            BlockArrival before = known.get(arrival.hash());
            if (before != null && before.height() != arrival.height()) {
                throw new IllegalArgumentException("the same hash has height " + before.height() + " in an earlier line");
            }
            if (before == null || arrival.atNs() < before.atNs()) {
                known.put(arrival.hash(), arrival);
            }
        }

        private static int height(String text) {
            int height = Integer.parseInt(text);
            if (height < 0) {
                throw new IllegalArgumentException("the height is negative");
            }
            return height;
        }

        private static ByteString hash(String text) {
            if (text.length() != 2 * HASH_BYTES) {
                throw new IllegalArgumentException("the hash does not have 64 hex digits");
            }
            byte[] shown = HexFormat.of().parseHex(text);
            byte[] wire = new byte[HASH_BYTES];
            for (int i = 0; i < HASH_BYTES; i++) {
                wire[i] = shown[HASH_BYTES - 1 - i];
            }
            return ByteString.copyFrom(wire);
        }

        private static long atNs(String text) {
            long ms = Long.parseLong(text);
            if (ms < GENESIS_MS) {
                throw new IllegalArgumentException("the time is before the first block of 2009; it must be in UNIX milliseconds");
            }
            return Math.multiplyExact(ms, NS_PER_MS);
        }
    }
}
