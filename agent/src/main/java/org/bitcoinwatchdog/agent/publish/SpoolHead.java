package org.bitcoinwatchdog.agent.publish;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.events.Loss;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The oldest events of a spool, in memory: read from its oldest file, or taken back from Kafka. Not thread-safe. */
final class SpoolHead {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolHead.class);

    private final Deque<PendingEvent> events = new ArrayDeque<>();
    private final Map<String, EventAccount> accounts = new HashMap<>();
    /** The file that the events were read from; null if they are in memory only. */
    private SpoolFile file;

    boolean isEmpty() {
        return events.isEmpty();
    }

    PendingEvent peek() {
        return events.peek();
    }

    Collection<PendingEvent> events() {
        return events;
    }

    Optional<SpoolFile> file() {
        return Optional.ofNullable(file);
    }

    /** Bytes on disk. */
    long bytes() {
        return file == null ? 0 : file.bytes();
    }

    void prepend(List<PendingEvent> older) {
        for (int i = older.size() - 1; i >= 0; i--) {
            events.addFirst(older.get(i));
        }
    }

    /** Goes on with the next file, and with the events that were not written to it. */
    void read(SpoolFile next, List<PendingEvent> unwritten) {
        file = next;
        events.addAll(eventsOf(next));
        events.addAll(unwritten);
        deleteFileIfEmpty();
    }

    void remove() {
        events.remove();
        deleteFileIfEmpty();
    }

    void lose() {
        events.forEach(event -> event.lose(Loss.Cause.CAUSE_SPOOL_FULL));
        events.clear();
        deleteFileIfEmpty();
    }

    /** Events of this account that are read later are counted there. */
    void remember(EventAccount account) {
        accounts.putIfAbsent(key(account.node(), account.epoch()), account);
    }

    void forgetAccounts() {
        accounts.clear();
    }

    /** The events of a file. Those that can't be read are lost, and counted. */
    List<PendingEvent> eventsOf(SpoolFile written) {
        List<PendingEvent> read = List.of();
        try {
            SpoolFormat.SpooledEvents contents = SpoolFormat.read(written.read(), this::account);
            read = contents.events();
            if (contents.undamaged()) {
                return read;
            }
            LOG.warn("The spool file {} is damaged after its event {}.", written.path(), read.size());
        } catch (IOException e) {
            LOG.warn("The spool file {} can't be read: {}.", written.path(), e.toString());
        }
        Map<EventAccount, Long> missing = new HashMap<>(written.counts());
        read.forEach(event -> missing.merge(event.account(), -1L, Long::sum));
        missing.forEach((account, count) -> {
            for (long i = 0; i < count; i++) {
                account.lose(Loss.Cause.CAUSE_SPOOL_DAMAGED, account.epoch());
            }
        });
        return read;
    }

    private void deleteFileIfEmpty() {
        if (events.isEmpty() && file != null) {
            file.deleteOrLog();
            file = null;
        }
    }

    private EventAccount account(String node, long epoch) {
        return accounts.computeIfAbsent(key(node, epoch), absent -> new EventAccount(node, epoch));
    }

    private static String key(String node, long epoch) {
        return epoch + " " + node;
    }
}
