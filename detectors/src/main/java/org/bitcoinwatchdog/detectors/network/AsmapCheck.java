package org.bitcoinwatchdog.detectors.network;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Walks every path of an asmap file once, so that a lookup never meets a corrupt instruction (SanityCheckAsmap,
 * util/asmap.cpp).
 */
final class AsmapCheck {
    private static final int ADDRESS_BITS = 128;

    private record Target(long position, int bitsLeft) {
    }

    private enum Instruction { RETURN, JUMP, MATCH, DEFAULT }

    private final AsmapBits code;
    private final Deque<Target> jumps = new ArrayDeque<>();
    private int bitsLeft = ADDRESS_BITS;
    private Instruction previous = Instruction.JUMP;
    private boolean shortMatch;

    AsmapCheck(byte[] bytes) {
        code = new AsmapBits(bytes);
    }

    /** What is wrong, or null if the map is valid. */
    String problem() {
        while (code.position < code.end()) {
            if (!jumps.isEmpty() && code.position >= jumps.peek().position()) {
                return "a jump into the middle of an instruction";
            }
            String problem = switch (code.instruction()) {
                case 0 -> afterReturn();
                case 1 -> afterJump();
                case 2 -> afterMatch();
                case 3 -> afterDefault();
                default -> "it ends within an instruction";
            };
            if (problem != null) {
                return problem.isEmpty() ? null : problem;
            }
        }
        return "it ends without an answer";
    }

    private String afterReturn() {
        if (previous == Instruction.DEFAULT) {
            return "a default that nothing uses";
        }
        if (code.as() == AsmapBits.INVALID) {
            return "it ends within an AS number";
        }
        if (jumps.isEmpty()) {
            return padding();
        }
        Target next = jumps.pop();
        if (code.position != next.position()) {
            return "code that nothing reaches";
        }
        bitsLeft = next.bitsLeft();
        previous = Instruction.JUMP;
        return null;
    }

    /** The empty string means that the end is reached and valid. */
    private String padding() {
        if (code.end() - code.position > 7) {
            return "bytes after its end";
        }
        while (code.position < code.end()) {
            if (code.bit()) {
                return "padding that is not zero";
            }
        }
        return "";
    }

    private String afterJump() {
        int jump = code.jump();
        if (jump == AsmapBits.INVALID || jump > code.end() - code.position) {
            return "a jump beyond its end";
        }
        if (bitsLeft == 0) {
            return "more bits asked for than an address has";
        }
        bitsLeft--;
        long target = code.position + jump;
        if (!jumps.isEmpty() && target >= jumps.peek().position()) {
            return "jumps that cross";
        }
        jumps.push(new Target(target, bitsLeft));
        previous = Instruction.JUMP;
        return null;
    }

    private String afterMatch() {
        int match = code.match();
        if (match == AsmapBits.INVALID) {
            return "it ends within a match";
        }
        int length = Asmap.matchLength(match);
        if (previous != Instruction.MATCH) {
            shortMatch = false;
        }
        if (length < 8 && shortMatch) {
            return "two short matches in a row";
        }
        shortMatch = length < 8;
        if (bitsLeft < length) {
            return "more bits asked for than an address has";
        }
        bitsLeft -= length;
        previous = Instruction.MATCH;
        return null;
    }

    private String afterDefault() {
        if (previous == Instruction.DEFAULT) {
            return "two defaults in a row";
        }
        previous = Instruction.DEFAULT;
        return code.as() == AsmapBits.INVALID ? "it ends within an AS number" : null;
    }
}
