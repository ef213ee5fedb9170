package org.bitcoinwatchdog.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * Parses one line of a recording. It ignores unknown members, because a later version may add some, and is strict about
 * known ones.
 */
final class CallParser {
    /** Tracepoints have at most 8 arguments; probes allow 12. */
    private static final int MAX_ARGS = 12;

    private final JsonFactory factory = new JsonFactory();
    private final Object[] args = new Object[MAX_ARGS];
    private String problem;
    private Long timeNs;
    private String node;
    private String tracepoint;
    private List<Object> arguments;

    /** The call; null if the line is broken, with the reason in {@link #problem()}. */
    RecordedCall parse(byte[] bytes, int offset, int length) {
        problem = null;
        timeNs = null;
        node = null;
        tracepoint = null;
        arguments = null;
        try (JsonParser json = factory.createParser(bytes, offset, length)) {
            return call(json);
        } catch (InputCoercionException e) {
            return fail("a number does not fit into 64 bits");
        } catch (JsonProcessingException e) {
            return fail("invalid JSON from column " + e.getLocation().getColumnNr() + " on");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    String problem() {
        return problem;
    }

    private RecordedCall call(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return fail("not a JSON object");
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (!member(json, name)) {
                return null;
            }
        }
        if (json.nextToken() != null) {
            return fail("more than one JSON object");
        }
        if (timeNs == null || node == null || tracepoint == null || arguments == null) {
            return fail("time_ns, node, tracepoint or args is missing");
        }
        return new RecordedCall(timeNs, node, tracepoint, arguments);
    }

    private boolean member(JsonParser json, String name) throws IOException {
        switch (name) {
            case "time_ns":
                if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getLongValue() < 0) {
                    fail("time_ns must be nanoseconds since 1970");
                } else if (timeNs != null) {
                    fail("time_ns occurs twice");
                } else {
                    timeNs = json.getLongValue();
                }
                break;
            case "node":
                node = name(json, name, node);
                break;
            case "tracepoint":
                tracepoint = name(json, name, tracepoint);
                break;
            case "args":
                if (arguments != null) {
                    fail("args occurs twice");
                } else if (json.currentToken() != JsonToken.START_ARRAY) {
                    fail("args must be an array");
                } else {
                    arguments = arguments(json);
                }
                break;
            default:
                json.skipChildren();
        }
        return problem == null;
    }

    private String name(JsonParser json, String member, String before) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING || json.getTextLength() == 0) {
            fail(member + " must be a name");
        } else if (before != null) {
            fail(member + " occurs twice");
        }
        return json.getText();
    }

    private List<Object> arguments(JsonParser json) throws IOException {
        int count = 0;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (count == MAX_ARGS) {
                fail("more than " + MAX_ARGS + " arguments");
                return null;
            }
            Object argument = argument(json, token);
            if (argument == null) {
                fail("argument " + (count + 1) + " must be an integer, boolean or string");
                return null;
            }
            args[count++] = argument;
        }
        return List.of(Arrays.copyOf(args, count));
    }

    private static Object argument(JsonParser json, JsonToken token) throws IOException {
        if (token == null) {
            return null;
        }
        return switch (token) {
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_STRING -> json.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        };
    }

    private RecordedCall fail(String reason) {
        if (problem == null) {
            problem = reason;
        }
        return null;
    }
}
