package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.bitcoinwatchdog.detectors.evaluation.UnreadableArrivals;

/** Block arrivals at a real node, one a line: height, hash, UNIX milliseconds. Gzip where the name ends in .gz. */
final class BlockArrivalFile {
    private static final int FIELDS = 3;

    private BlockArrivalFile() {
    }

    /**
     * The first arrival at each height, in the order of heights; never earlier than that of the block before.
     *
     * @return UNIX microseconds
     * @throws UnreadableArrivals naming file and line, where it can't be read or is something else
     */
    static List<Long> read(Path file) {
        TreeMap<Integer, Long> firstAtHeight = new TreeMap<>();
        try (InputStream bytes = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    add(firstAtHeight, line, file + ", line " + number);
                }
            }
        } catch (IOException e) {
            throw new UnreadableArrivals("block arrivals can't be read from " + file + ": " + e, e);
        }
        if (firstAtHeight.isEmpty()) {
            throw new UnreadableArrivals(file + " has no block arrivals", null);
        }
        List<Long> arrivalsUs = new ArrayList<>(firstAtHeight.size());
        long last = Long.MIN_VALUE;
        for (long at : firstAtHeight.values()) {
            last = Math.max(last, at);
            arrivalsUs.add(last);
        }
        return arrivalsUs;
    }

    private static void add(TreeMap<Integer, Long> firstAtHeight, String line, String where) {
        String[] fields = line.split(",", -1);
        try {
            if (fields.length != FIELDS) {
                throw new NumberFormatException("not " + FIELDS + " fields");
            }
            firstAtHeight.merge(
                    Integer.parseInt(fields[0].trim()), Long.parseLong(fields[2].trim()) * 1_000, Math::min);
        } catch (NumberFormatException e) {
            throw new UnreadableArrivals(where + " is no block arrival (height,hash,milliseconds)", e);
        }
    }
}
