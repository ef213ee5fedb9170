package org.bitcoinwatchdog.deploy.tail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MessageOrBuilder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An event as one JSON object with the contract's field names. Bytes are hex as the event has them (hashes little-endian),
 * unsigned numbers are unsigned, and enums have their names in small letters without the type's.
 */
final class EventJson {
    /** What is not ASCII is escaped: a peer's text can't give orders to a terminal. */
    private static final JsonFactory FACTORY = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private EventJson() {
    }

    static String of(MessageOrBuilder event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            write(event, json);
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be written", e);
        }
        return text.toString();
    }

    static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    /** As people write hashes. */
    static String hash(ByteString littleEndian) {
        byte[] reversed = new byte[littleEndian.size()];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = littleEndian.byteAt(reversed.length - 1 - i);
        }
        return HexFormat.of().formatHex(reversed);
    }

    /** {@code CONNECTION_TYPE_ADDR_FETCH} of {@code ConnectionType} is {@code addr-fetch}. */
    static String name(EnumValueDescriptor constant) {
        String type = prefix(constant.getType().getName());
        String name = constant.getName();
        return (name.startsWith(type) ? name.substring(type.length()) : name).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String prefix(String type) {
        StringBuilder words = new StringBuilder(type.length() + 8);
        for (int i = 0; i < type.length(); i++) {
            char letter = type.charAt(i);
            if (i > 0 && Character.isUpperCase(letter) && Character.isLowerCase(type.charAt(i - 1))) {
                words.append('_');
            }
            words.append(Character.toUpperCase(letter));
        }
        return words.append('_').toString();
    }

    private static void write(MessageOrBuilder message, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            json.writeFieldName(field.getKey().getName());
            if (field.getValue() instanceof List<?> list) {
                json.writeStartArray();
                for (Object each : list) {
                    value(field.getKey(), each, json);
                }
                json.writeEndArray();
            } else {
                value(field.getKey(), field.getValue(), json);
            }
        }
        json.writeEndObject();
    }

    private static void value(FieldDescriptor field, Object value, JsonGenerator json) throws IOException {
        switch (field.getType()) {
            case MESSAGE -> write((MessageOrBuilder) value, json);
            case ENUM -> json.writeString(name((EnumValueDescriptor) value));
            case BYTES -> json.writeString(hex((ByteString) value));
            case BOOL -> json.writeBoolean((Boolean) value);
            case STRING -> json.writeString((String) value);
            case UINT64, FIXED64 -> json.writeNumber(Long.toUnsignedString((Long) value));
            case UINT32, FIXED32 -> json.writeNumber(Integer.toUnsignedLong((Integer) value));
            default -> json.writeNumber(value.toString());
        }
    }
}
