package org.bitcoinwatchdog.deploy.console.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Chromium's DevTools protocol over its web socket: calls with their answers, and events by session. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final Map<String, Consumer<JsonNode>> sessions = new ConcurrentHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private volatile WebSocket socket;

    static DevTools connect(HttpClient client, URI address) {
        DevTools devTools = new DevTools();
        devTools.socket = client.newWebSocketBuilder().buildAsync(address, devTools).join();
        return devTools;
    }

    void listen(String session, Consumer<JsonNode> events) {
        sessions.put(session, events);
    }

    /** @param session null for the browser itself */
    JsonNode call(String session, String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        if (session != null) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        synchronized (this) {
            socket.sendText(message.toString(), true).join();
        }
        return answer.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            String message = text.toString();
            text.setLength(0);
            take(message);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private void take(String message) {
        JsonNode json;
        try {
            json = JSON.readTree(message);
        } catch (IOException e) {
            throw new IllegalStateException("the browser said no JSON", e);
        }
        if (!json.has("id")) {
            sessions.getOrDefault(json.path("sessionId").asText(), event -> { }).accept(json);
            return;
        }
        CompletableFuture<JsonNode> answer = waiting.remove(json.get("id").asInt());
        if (json.has("error")) {
            answer.completeExceptionally(new IllegalStateException(json.get("error").toString()));
        } else {
            answer.complete(json.get("result"));
        }
    }
}
