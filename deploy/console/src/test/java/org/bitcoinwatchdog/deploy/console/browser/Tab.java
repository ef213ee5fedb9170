package org.bitcoinwatchdog.deploy.console.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** One page of a browser, with all its errors and requests. */
final class Tab implements AutoCloseable {
    private final DevTools devTools;
    private final String target;
    private final String session;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private Tab(DevTools devTools, String target, String session) {
        this.devTools = devTools;
        this.target = target;
        this.session = session;
    }

    static Tab open(DevTools devTools, int width, int height) {
        String target = devTools.call(null, "Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
        String session = devTools.call(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true)).get("sessionId").asText();
        Tab tab = new Tab(devTools, target, session);
        devTools.listen(session, tab::event);
        for (String domain : List.of("Runtime", "Log", "Page", "Network")) {
            tab.call(domain + ".enable", Map.of());
        }
        tab.call("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        return tab;
    }

    void go(String url) {
        call("Page.navigate", Map.of("url", url));
    }

    /** The value of a script in the page; a promise is awaited. */
    JsonNode evaluate(String script) {
        JsonNode result = call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(result.get("exceptionDetails").toString());
        }
        return result.get("result").path("value");
    }

    /** The text that a person reads on the page. */
    String text() {
        return evaluate("document.body?.innerText ?? ''").asText();
    }

    void press(String key) {
        call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key, "text", key.length() == 1 ? key : ""));
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    void emulate(String feature, String value) {
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    /** Exceptions, errors on the console, and what the content security policy stopped. */
    List<String> problems() {
        return problems;
    }

    /** Every requested address. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        devTools.call(null, "Target.closeTarget", Map.of("targetId", target));
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        return devTools.call(session, method, parameters);
    }

    private void event(JsonNode event) {
        JsonNode about = event.get("params");
        switch (event.path("method").asText()) {
            case "Runtime.exceptionThrown" -> problems.add(about.get("exceptionDetails").toString());
            case "Runtime.consoleAPICalled" -> problems.add(about.toString());
            case "Log.entryAdded" -> problems.add(about.get("entry").get("text").asText());
            case "Network.requestWillBeSent" -> requests.add(about.get("request").get("url").asText());
            default -> {
                // Other events of the protocol are ignored.
            }
        }
    }
}
