package org.bitcoinwatchdog.deploy.tail;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MessageOrBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.deploy.console.model.MessageText;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.SafeText;

/** An event as a line for people. What peers chose is made fit for a terminal. */
final class EventText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int HASH_BYTES = 32;
    /** An addr message has a thousand entries. */
    private static final int SHOWN_ENTRIES = 3;

    private EventText() {
    }

    static String of(NodeEvent event) {
        String when = TIME.format(Instant.ofEpochSecond(0, event.getObservedAtNs()));
        String what = message(event).map(message -> message(event, message))
                .or(() -> body(event).map(body -> body.getName() + " " + fields((MessageOrBuilder) event.getField(body))))
                .orElse("an event of a newer agent");
        return SafeText.of(when + "  " + event.getNode() + "  " + what);
    }

    static Optional<Message> message(NodeEvent event) {
        return event.hasInboundMessage() ? Optional.of(event.getInboundMessage())
                : event.hasOutboundMessage() ? Optional.of(event.getOutboundMessage()) : Optional.empty();
    }

    /** What is set of the contract's {@code oneof body}. */
    static Optional<FieldDescriptor> body(NodeEvent event) {
        return Optional.ofNullable(event.getOneofFieldDescriptor(
                NodeEvent.getDescriptor().getOneofs().get(0)));
    }

    private static String message(NodeEvent event, Message message) {
        return (event.hasInboundMessage() ? "<- " : "-> ") + message.getType() + " " + message.getSizeBytes() + " bytes, peer "
                + message.getPeer().getId() + " " + message.getPeer().getAddress() + "  " + MessageText.of(message);
    }

    private static String fields(MessageOrBuilder message) {
        return message.getAllFields().entrySet().stream()
                .map(field -> field.getKey().getName() + "=" + value(field.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String value(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().limit(SHOWN_ENTRIES).map(EventText::value).collect(Collectors.joining(", ", "[",
                    list.size() > SHOWN_ENTRIES ? ", " + (list.size() - SHOWN_ENTRIES) + " more]" : "]"));
        }
        if (value instanceof ByteString bytes) {
            return bytes.size() == HASH_BYTES ? EventJson.hash(bytes) : EventJson.hex(bytes);
        }
        if (value instanceof EnumValueDescriptor constant) {
            return EventJson.name(constant);
        }
        return value instanceof MessageOrBuilder message ? "{" + fields(message) + "}" : String.valueOf(value);
    }
}
