package org.bitcoinwatchdog.events;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Plain protobuf without framing. An unreadable record is a {@link SerializationException}, which Kafka Streams hands
 * to its deserialization exception handler with the record's bytes. A record without a value stays null.
 */
abstract class ProtobufSerde<T extends MessageLite> implements Serde<T> {
    private final Parser<T> parser;
    private final String name;

    ProtobufSerde(Parser<T> parser, String name) {
        this.parser = parser;
        this.name = name;
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, message) -> message == null ? null : message.toByteArray();
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(topic, bytes);
    }

    private T read(String topic, byte[] bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new SerializationException("unreadable " + name + " in a record of " + topic, e);
        }
    }
}
