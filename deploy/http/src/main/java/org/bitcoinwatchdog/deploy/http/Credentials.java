package org.bitcoinwatchdog.deploy.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Who may open the console, and the metrics if they are protected. Without a file it is everyone on loopback. With one it is
 * a request with the token (as bearer token, or as the password of any user, which a browser asks for) or with a user's password.
 */
public final class Credentials {
    private static final int MINIMUM_LENGTH = 12;

    private final List<byte[]> tokens = new ArrayList<>();
    private final List<byte[]> users = new ArrayList<>();

    /** @throws IllegalArgumentException if other machines could open the console, or a file can't be used; says what to do */
    public Credentials(HttpSettings settings) {
        settings.tokenFile().ifPresent(file -> lines("http.token-file", file).forEach(token -> tokens.add(digest(longEnough(file, token)))));
        settings.basicAuthFile().ifPresent(file -> lines("http.basic-auth-file", file).forEach(line -> addUser(file, line)));
        if (!isLoopback(settings.host()) && !required()) {
            throw new IllegalArgumentException("http.listen: " + settings.listen() + " can be reached from other machines: set "
                    + "http.token-file or http.basic-auth-file to protect the console, or listen on 127.0.0.1");
        }
    }

    public boolean required() {
        return !tokens.isEmpty() || !users.isEmpty();
    }

    public boolean open(Optional<String> authorization) {
        return !required() || authorization.filter(this::isValid).isPresent();
    }

    private boolean isValid(String authorization) {
        int space = authorization.indexOf(' ');
        String scheme = space < 0 ? "" : authorization.substring(0, space);
        String value = authorization.substring(space + 1).strip();
        if (scheme.equalsIgnoreCase("Bearer")) {
            return isOneOf(tokens, value);
        }
        return scheme.equalsIgnoreCase("Basic") && basic(value);
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private boolean basic(String base64) {
        String userAndPassword;
        try {
            userAndPassword = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return false;
        }
        String password = userAndPassword.substring(userAndPassword.indexOf(':') + 1);
        // Both are always compared, so that the time reveals nothing.
        return isOneOf(users, userAndPassword) | isOneOf(tokens, password);
    }

    private void addUser(Path file, String line) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("http.basic-auth-file: " + file + " has a line that is not user:password");
        }
        longEnough(file, line.substring(colon + 1));
        users.add(digest(line));
    }

    private static String longEnough(Path file, String secret) {
        if (secret.length() < MINIMUM_LENGTH) {
            throw new IllegalArgumentException(
                    file + " holds a secret of fewer than " + MINIMUM_LENGTH + " characters: it could be guessed");
        }
        return secret;
    }

    private static List<String> lines(String key, Path file) {
        try {
            List<String> lines = Files.readAllLines(file).stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
            if (lines.isEmpty()) {
                throw new IllegalArgumentException(key + ": " + file + " is empty");
            }
            return lines;
        } catch (IOException e) {
            throw new IllegalArgumentException(key + ": " + file + " can't be read: " + e.getClass().getSimpleName(), e);
        }
    }

    /** Digests have one length, so a comparison in constant time does not reveal the secret's length. */
    private static boolean isOneOf(List<byte[]> digests, String candidate) {
        byte[] its = digest(candidate);
        boolean found = false;
        for (byte[] digest : digests) {
            found |= MessageDigest.isEqual(digest, its);
        }
        return found;
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
