package org.bitcoinwatchdog.deploy.console.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * A request that a stranger might send, the same for each seed. It is often nearly valid, since invalid requests are
 * refused early.
 */
final class RandomRequest {
    private static final String[] METHODS = {"GET", "GET", "GET", "POST", "POST", "DELETE", "HEAD", "PUT", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "", "G\0T"};
    private static final String[] VERSIONS = {"HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/9.9", ""};
    private static final String[] HOSTS = {"localhost", "localhost", "localhost", "127.0.0.1:1", "[::1]", "evil.example", "", "a b", "[", "localhost:99999999"};
    private static final String[] PARAMETERS = {"node", "stream", "peer", "id", "", "%6eode"};
    private static final String[] VALUES = {"alice", "1", "7", "-1", "99999999999999999999", "%zz", "%", "%00", "%ff%fe", "a%0d%0aX: y", "..", "<script>",
        "%F0%9F%92%A5", "${jndi:x}", "' or 1=1"};
    private static final String[] PATH_TAILS = {"/", "//", "/..", "/%2e%2e/x", ";a=b", "%00", "?", "#x", "/.", "%2f", "\\", "%"};
    private static final String[] HEADERS = {"Origin: http://localhost", "Origin: https://evil.example", "Origin: http://[", "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: cross-site", "Authorization: Basic !!", "Authorization: Bearer x", "Authorization:", "Content-Type: application/json", "Content-Encoding: gzip",
        "Content-Type: multipart/form-data; boundary=", "Expect: 100-continue", "Expect: tea", "Range: bytes=0-,9-1", "If-None-Match: *", "Accept-Encoding: gzip, \0",
        "Upgrade: websocket", "Upgrade: h2c\r\nHTTP2-Settings: x", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: identity",
        "Content-Length: -1", "Content-Length: 5, 6", "Content-Length: 99999999999999999999", "Content-Length: 3", "Cookie: a=b; $Version=1; c=\"", " folded", "No-Colon",
        "Host: second", "X-Forwarded-For: 1.2.3.4", "X-Http-Method-Override: DELETE", "Connection: upgrade, keep-alive", ": empty", "X: \u00e9\u0080"};
    private static final String MATCHER = "{\"label\":\"node\",\"operator\":\"=\",\"value\":\"alice\"}";
    private static final String[] JSON = {"null", "{}", "[]", "[null]", "\"x\"", "-1", "1e999", "3600", "99999999999999999999", "true", "\"\"", "\"\\ud800\"", "{\"label\":null}",
        "[" + MATCHER + "]", MATCHER, "[" + MATCHER + ",null]", "[{\"label\":\"a\",\"operator\":\"=~\",\"value\":\"(((((\"}]", "\"ann\"", "\"upgrade\""};
    private static final String[] FIELDS = {"matchers", "author", "comment", "durationS"};
    private static final String[] PLAUSIBLE = {"[" + MATCHER + "]", "\"ann\"", "\"upgrade\"", "3600"};

    private final Random random;
    private final List<String> paths;

    RandomRequest(long seed, List<String> paths) {
        this.random = new Random(seed);
        this.paths = paths;
    }

    byte[] bytes() {
        byte[] body = body();
        StringBuilder head = new StringBuilder();
        head.append(oneOf(METHODS)).append(' ').append(target()).append(' ').append(oneOf(VERSIONS)).append("\r\n");
        if (random.nextInt(20) > 0) {
            head.append("Host: ").append(oneOf(HOSTS)).append("\r\n");
        }
        if (random.nextInt(3) > 0) {
            head.append(Guard.WRITE_HEADER).append(": 1\r\n");
        }
        for (int more = random.nextInt(4); more > 0; more--) {
            head.append(random.nextInt(4) == 0 ? oneOf(HEADERS) : "X-More: 1").append("\r\n");
        }
        if (random.nextInt(30) == 0) {
            head.append("X-Long: ").append("x".repeat(random.nextInt(20_000))).append("\r\n");
        }
        if (body.length > 0 && random.nextInt(10) > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("Connection: close\r\n\r\n");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        return random.nextInt(20) == 0 ? spoilt(request.toByteArray()) : request.toByteArray();
    }

    private String target() {
        StringBuilder target = new StringBuilder(random.nextInt(20) == 0 ? "http://localhost" : "");
        target.append(random.nextInt(30) == 0 ? noise(40) : paths.get(random.nextInt(paths.size())));
        if (random.nextInt(6) == 0) {
            target.append(oneOf(PATH_TAILS));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            target.append(target.indexOf("?") < 0 ? '?' : '&').append(oneOf(PARAMETERS)).append('=')
                    .append(random.nextInt(5) == 0 ? noise(20) : oneOf(VALUES));
        }
        return target.toString();
    }

    private byte[] body() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> new byte[0];
            case 2 -> noise(3_000).getBytes(StandardCharsets.ISO_8859_1);
            case 3 -> "[".repeat(random.nextInt(16_000)).getBytes(StandardCharsets.US_ASCII);
            case 4 -> new byte[random.nextInt(100_000)];
            default -> silence().getBytes(StandardCharsets.UTF_8);
        };
    }

    private String silence() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < FIELDS.length; i++) {
            if (random.nextInt(8) > 0) {
                json.append(json.length() > 1 ? "," : "").append('"').append(FIELDS[i]).append("\":")
                        .append(random.nextInt(4) == 0 ? oneOf(JSON) : PLAUSIBLE[i]);
            }
        }
        return json + (random.nextInt(10) == 0 ? "" : "}");
    }

    private byte[] spoilt(byte[] request) {
        for (int i = 0; i < 3 && request.length > 0; i++) {
            request[random.nextInt(request.length)] = (byte) random.nextInt(256);
        }
        return request;
    }

    private String noise(int most) {
        StringBuilder noise = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            noise.append((char) random.nextInt(256));
        }
        return noise.toString();
    }

    private String oneOf(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
