package org.bitcoinwatchdog.agent.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bitcoinwatchdog.agent.kernel.ElfNotes.UsdtNote;
import org.bitcoinwatchdog.agent.kernel.OperandParser.OperandException;

/**
 * The sites in one executable that fire the chosen tracepoints. A tracepoint is left out as a whole if it is missing or
 * one of its sites can't be read: the calls of its other sites would look complete but are not.
 */
final class ProbeSites {
    /**
     * A site that fires a tracepoint, ready to attach to.
     *
     * @param number    key in the map {@code places}, and the cookie of the site's calls
     * @param offset    in the file, bytes
     * @param semaphore in the file, bytes; 0 if there is none
     */
    record ProbeSite(int number, long offset, long semaphore, List<Operand> operands) {
        ProbeSite {
            operands = List.copyOf(operands);
        }
    }

    /** A compiler copies a tracepoint with the function that it inlines. Real builds have up to a dozen copies. */
    private static final int MOST_PLACES = 1024;

    private final Map<Tracepoint, List<ProbeSite>> places = new EnumMap<>(Tracepoint.class);
    private final Map<Tracepoint, String> obstacles = new EnumMap<>(Tracepoint.class);
    private final OperandParser parser = new OperandParser(Architecture.here());
    private int count;

    ProbeSites(List<UsdtNote> notes, Set<Tracepoint> chosen) {
        for (Tracepoint tracepoint : chosen) {
            List<UsdtNote> own = notes.stream().filter(note -> note.fullName().equals(tracepoint.fullName())).toList();
            if (own.isEmpty()) {
                obstacles.put(tracepoint, "the executable does not have it");
            } else if (own.size() > MOST_PLACES) {
                obstacles.put(tracepoint, own.size() + " sites fire it, more than " + MOST_PLACES);
            } else {
                read(tracepoint, own);
            }
        }
    }

    /** The tracepoints whose sites can be read. */
    Set<Tracepoint> tracepoints() {
        return places.keySet();
    }

    List<ProbeSite> of(Tracepoint tracepoint) {
        return places.get(tracepoint);
    }

    Collection<ProbeSite> all() {
        return places.values().stream().flatMap(List::stream).toList();
    }

    /** Why the tracepoint is left out. */
    Optional<String> obstacle(Tracepoint tracepoint) {
        return Optional.ofNullable(obstacles.get(tracepoint));
    }

    private void read(Tracepoint tracepoint, List<UsdtNote> notes) {
        List<ProbeSite> own = new ArrayList<>();
        for (UsdtNote note : notes) {
            try {
                own.add(new ProbeSite(count + own.size(), note.offset(), note.semaphore(), parser.parse(note.arguments())));
            } catch (OperandException e) {
                obstacles.put(tracepoint, e.getMessage());
                return;
            }
        }
        count += own.size();
        places.put(tracepoint, List.copyOf(own));
    }
}
