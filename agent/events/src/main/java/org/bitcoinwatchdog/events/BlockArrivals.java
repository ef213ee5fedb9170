package org.bitcoinwatchdog.events;

import com.google.protobuf.ByteString;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * When blocks arrived at one node: a file of lines "height,hash,UNIX milliseconds" in any order, gzip where its name ends in .gz.
 * Of several blocks at one height the first to arrive counts, since the file does not tell whether the others were ever
 * connected; so there are no reorganizations in it.
 *
 * @param node     named after the file, without what tells its form
 * @param arrivals by height, none earlier than the one before
 * @param lines    that are an arrival
 * @param broken   lines that are none
 */
public record BlockArrivals(String node, List<BlockArrival> arrivals, long lines, long broken) {
    private static final String SUFFIX = ".csv";
    private static final String GZIP_SUFFIX = ".csv.gz";
    private static final int HASH_BYTES = 32;
    private static final long NS_PER_MS = 1_000_000;

    public BlockArrivals {
        arrivals = List.copyOf(arrivals);
    }

    /** @param hash in the order of the wire */
    public record BlockArrival(int height, ByteString hash, long atNs) {
    }

    public static boolean isNamedLike(String file) {
        return file.endsWith(SUFFIX) || file.endsWith(GZIP_SUFFIX);
    }

    /**
     * @param problems told of each line that is no arrival
     * @throws IOException where the file can't be read; the message names it
     */
    public static BlockArrivals read(Path file, Consumer<String> problems) throws IOException {
        Map<Integer, BlockArrival> first = new TreeMap<>();
        long lines = 0;
        long broken = 0;
        long number = 0;
        try (InputStream bytes = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                Optional<BlockArrival> arrival = parse(line);
                if (arrival.isPresent()) {
                    lines++;
                    first.merge(arrival.get().height(), arrival.get(), (a, b) -> b.atNs() < a.atNs() ? b : a);
                } else if (!line.isBlank()) {
                    broken++;
                    problems.accept(file + ": line " + number + " is no block arrival (height,hash,milliseconds)");
                }
            }
        } catch (IOException e) {
            throw new IOException("block arrivals can't be read from " + file + ": " + e, e);
        }
        return new BlockArrivals(nameOf(file), inOrder(first), lines, broken);
    }

    private static Optional<BlockArrival> parse(String line) {
        String[] fields = line.split(",", 4);
        if (fields.length != 3 || fields[1].length() != 2 * HASH_BYTES) {
            return Optional.empty();
        }
        try {
            byte[] hash = HexFormat.of().parseHex(fields[1]);
            for (int i = 0; i < hash.length / 2; i++) {
                byte high = hash[i];
                hash[i] = hash[hash.length - 1 - i];
                hash[hash.length - 1 - i] = high;
            }
            int height = Integer.parseInt(fields[0].trim());
            long atNs = Math.multiplyExact(Long.parseLong(fields[2].trim()), NS_PER_MS);
            return height < 0 || atNs <= 0 ? Optional.empty() : Optional.of(new BlockArrival(height, ByteString.copyFrom(hash), atNs));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty(); // told and counted by the caller
        }
    }

    private static List<BlockArrival> inOrder(Map<Integer, BlockArrival> byHeight) {
        List<BlockArrival> arrivals = new ArrayList<>(byHeight.size());
        long lastNs = 0;
        for (BlockArrival arrival : byHeight.values()) {
            lastNs = Math.max(lastNs, arrival.atNs());
            arrivals.add(new BlockArrival(arrival.height(), arrival.hash(), lastNs));
        }
        return arrivals;
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.replaceFirst("(\\.csv)?(\\.gz)?$", "");
    }
}
