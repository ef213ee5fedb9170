package org.bitcoinwatchdog.deploy.config;

import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The path of a key in the file.
 *
 * @param path {@code alerts.sinks[2].url}; empty for the whole document
 */
record KeyPath(String path) {
    static final KeyPath ROOT = new KeyPath("");

    KeyPath key(String key) {
        return new KeyPath(path.isEmpty() ? key : path + "." + key);
    }

    KeyPath element(int index) {
        return new KeyPath(path + "[" + index + "]");
    }

    String in(String message) {
        return path.isEmpty() ? message : path + ": " + message;
    }

    /** Counted from 1; 0 if the parser left no mark. */
    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
