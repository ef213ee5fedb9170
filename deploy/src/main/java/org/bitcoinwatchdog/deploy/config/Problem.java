package org.bitcoinwatchdog.deploy.config;

/**
 * One thing that is wrong in a configuration file.
 *
 * @param line    counted from 1; 0 where the file as a whole is meant
 * @param message names the key by its full path
 */
public record Problem(int line, String message) {
    @Override
    public String toString() {
        return line == 0 ? message : "line " + line + ": " + message;
    }
}
