package org.bitcoinwatchdog.agent.recording;

import java.util.List;
import org.bitcoinwatchdog.agent.recording.RecordWriter.BadCallException;

/**
 * The arguments of a recorded call by number, from 0 as in bpf/programs. Each must have the type that its tracepoint
 * passes.
 */
final class CallArguments {
    private final List<Object> args;

    CallArguments(List<Object> args, int expected) throws BadCallException {
        if (args.size() != expected) {
            throw new BadCallException(args.size() + " arguments instead of " + expected);
        }
        this.args = args;
    }

    /** int64, or uint64 as its two's complement. */
    long int64(int number) throws BadCallException {
        if (args.get(number) instanceof Long value) {
            return value;
        }
        throw bad(number, "integer");
    }

    int int32(int number) throws BadCallException {
        long value = int64(number);
        if (value != (int) value) {
            throw bad(number, "int32");
        }
        return (int) value;
    }

    int uint32(int number) throws BadCallException {
        long value = int64(number);
        if (value >>> 32 != 0) {
            throw bad(number, "uint32");
        }
        return (int) value;
    }

    int bool(int number) throws BadCallException {
        if (args.get(number) instanceof Boolean value) {
            return value ? 1 : 0;
        }
        throw bad(number, "bool");
    }

    String text(int number) throws BadCallException {
        if (args.get(number) instanceof String value) {
            return value;
        }
        throw bad(number, "string");
    }

    BadCallException bad(int number, String expected) {
        return new BadCallException("argument " + (number + 1) + " must be of type " + expected);
    }
}
