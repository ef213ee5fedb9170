package org.bitcoinwatchdog.detectors.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeOptions;

/**
 * The runs of bitcoind: when each was started, when and how it ended, and what it received last. A restart of the agent
 * begins no run.
 */
public final class ProcessRuns implements Stateful {
    /** The largest number of starts that a rule can ask for. */
    public static final int REMEMBERED = 32;

    /**
     * One process of bitcoind.
     *
     * @param startedAtNs when the agent saw it first
     * @param startSeen   whether the agent followed another process of the node before; otherwise it may have run for
     *                    long
     * @param endedAtNs   0 while it runs, and if its end was not seen
     * @param closedPeers whether it closed all its connections before its end, as bitcoind does unless it is killed or
     *                    crashes; false if it had none
     * @param last        the last message that it received
     * @param block       the last message with a block, or a part of one
     */
    public record ProcessRun(long startedAtNs, boolean startSeen, long endedAtNs, boolean closedPeers, Optional<LastMessage> last,
            Optional<LastMessage> block) {
        public boolean endSeen() {
            return endedAtNs != 0;
        }
    }

    /**
     * A message from a peer.
     *
     * @param handled whether bitcoind went on to the mempool with it, so that it did not end while it checked a transaction
     */
    public record LastMessage(String type, String peer, long atNs, boolean handled) {
    }

    private final Deque<ProcessRun> ended = new ArrayDeque<>();
    private boolean begun;
    private long startedAtNs;
    private boolean startSeen;
    private long endedAtNs;
    private Optional<NodeOptions> options = Optional.empty();
    /** For the present run. Not saved, since a write for each message would cost too much. */
    private Message last;
    private long lastAtNs;
    private boolean handled;
    private Message block;
    private long blockAtNs;

    /** The runs in their order; the last one may not have ended. */
    public List<ProcessRun> all() {
        return Stream.concat(ended.stream(), begun && endedAtNs == 0 ? Stream.of(present(0, false)) : Stream.empty()).toList();
    }

    /** The same without the present one. */
    public List<ProcessRun> before() {
        return List.copyOf(ended);
    }

    /** The options of the present process; empty if the agent does not report them. */
    public Optional<NodeOptions> options() {
        return options;
    }

    /**
     * Must be called before the peers take the event.
     *
     * @return whether the state changed
     */
    boolean on(NodeEvent event, Continuity continuity, Peers peers) {
        boolean changed = !begun || continuity.restarted();
        if (changed) {
            begin(continuity);
        }
        switch (event.getBodyCase()) {
            case INBOUND_MESSAGE -> received(event.getInboundMessage(), continuity.nowNs());
            case MEMPOOL_ADDED, MEMPOOL_REJECTED -> handled = true;
            case NODE_STARTED -> {
                options = event.getNodeStarted().hasOptions() ? Optional.of(event.getNodeStarted().getOptions()) : Optional.empty();
                return true;
            }
            case NODE_STOPPED -> {
                return end(continuity, peers) || changed;
            }
            default -> { }
        }
        return changed;
    }

    private void begin(Continuity continuity) {
        if (begun && endedAtNs == 0) {
            remember(present(0, false));
        }
        startSeen = begun;
        begun = true;
        startedAtNs = continuity.nowNs();
        endedAtNs = 0;
        last = null;
        block = null;
    }

    private boolean end(Continuity continuity, Peers peers) {
        if (!continuity.stopped() || endedAtNs != 0) {
            return false; // the agent stopped, or the end was already reported
        }
        endedAtNs = continuity.nowNs();
        remember(present(endedAtNs, last != null && peers.open().isEmpty()));
        return true;
    }

    private void remember(ProcessRun run) {
        ended.addLast(run);
        if (ended.size() > REMEMBERED) {
            ended.removeFirst();
        }
    }

    private void received(Message message, long nowNs) {
        last = message;
        lastAtNs = nowNs;
        handled = false;
        if (carriesBlock(message.getType())) {
            block = message;
            blockAtNs = nowNs;
        }
    }

    private static boolean carriesBlock(String type) {
        return type.equals("block") || type.equals("cmpctblock") || type.equals("blocktxn");
    }

    private ProcessRun present(long endNs, boolean closedPeers) {
        return new ProcessRun(startedAtNs, startSeen, endNs, closedPeers, received(last, lastAtNs, handled), received(block, blockAtNs, false));
    }

    private static Optional<LastMessage> received(Message message, long atNs, boolean handled) {
        return message == null ? Optional.empty() : Optional.of(new LastMessage(message.getType(),
                message.getPeer().getAddress() + " (peer " + message.getPeer().getId() + ")", atNs, handled));
    }

    @Override
    public String section() {
        return "process-runs";
    }

    @Override
    public void save(StateWriter out) {
        out.version(1).flag(begun).number(startedAtNs).flag(startSeen).number(endedAtNs);
        out.bytes(options.map(NodeOptions::toByteString).orElse(ByteString.EMPTY)).flag(options.isPresent());
        out.each(ended, (run, to) -> {
            to.number(run.startedAtNs()).flag(run.startSeen()).number(run.endedAtNs()).flag(run.closedPeers());
            save(run.last(), to);
            save(run.block(), to);
        });
    }

    private static void save(Optional<LastMessage> message, StateWriter out) {
        out.each(message.stream().toList(), (each, to) -> to.text(each.type()).text(each.peer()).number(each.atNs()).flag(each.handled()));
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        begun = in.flag();
        startedAtNs = in.number();
        startSeen = in.flag();
        endedAtNs = in.number();
        NodeOptions stored = options(in.byteString());
        options = in.flag() ? Optional.of(stored) : Optional.empty();
        in.each(from -> ended.addLast(new ProcessRun(from.number(), from.flag(), from.number(), from.flag(), message(from), message(from))));
    }

    private static NodeOptions options(ByteString stored) {
        try {
            return NodeOptions.parseFrom(stored);
        } catch (InvalidProtocolBufferException e) {
            throw new StateReader.Unreadable("options that are no NodeOptions");
        }
    }

    private static Optional<LastMessage> message(StateReader in) {
        LastMessage[] message = new LastMessage[1];
        in.each(from -> message[0] = new LastMessage(from.text(), from.text(), from.number(), from.flag()));
        return Optional.ofNullable(message[0]);
    }
}
