package org.bitcoinwatchdog.deploy.console.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.http.Credentials;
import org.bitcoinwatchdog.deploy.http.HostNames;
import org.bitcoinwatchdog.deploy.http.WebAnswer;
import org.bitcoinwatchdog.deploy.http.WebExchange;
import org.bitcoinwatchdog.deploy.http.WebServer.WebEndpoint;

/** Stands before every page of the console: headers that bind the browser, the Host header, the password, and writes. */
final class Guard {
    /** The page's scripts send it with every write. Another site's form can't, and its script may not without our consent. */
    static final String WRITE_HEADER = "X-Watchdog-Console";

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";
    private static final Map<String, String> BINDING = Map.of(
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
            "Cache-Control", "no-store");

    private final HostNames hostNames;
    private final Credentials credentials;

    Guard(HostNames hostNames, Credentials credentials) {
        this.hostNames = hostNames;
        this.credentials = credentials;
    }

    WebEndpoint before(WebEndpoint page) {
        return exchange -> {
            BINDING.forEach(exchange::with);
            Optional<WebAnswer> refusal = refusal(exchange);
            if (refusal.isPresent()) {
                exchange.send(refusal.get());
            } else {
                page.handle(exchange);
            }
        };
    }

    private Optional<WebAnswer> refusal(WebExchange exchange) {
        if (exchange.header("Host").filter(hostNames::known).isEmpty()) {
            return Optional.of(WebAnswer.text(421, "the console is not served under this name: add it to http.hosts"));
        }
        if (!credentials.open(exchange.header("Authorization"))) {
            exchange.with("WWW-Authenticate", "Basic realm=\"watchdog\", charset=\"UTF-8\"");
            return Optional.of(WebAnswer.text(401, "user and password, or the token as password"));
        }
        if (!exchange.reads() && !fromTheConsole(exchange)) {
            return Optional.of(WebAnswer.text(403, "only the console's own page writes"));
        }
        return Optional.empty();
    }

    private static boolean fromTheConsole(WebExchange exchange) {
        String host = exchange.header("Host").orElseThrow();
        return exchange.header(WRITE_HEADER).isPresent()
                && exchange.header("Sec-Fetch-Site").map("same-origin"::equals).orElse(true)
                && exchange.header("Origin").map(origin -> sameHost(origin, host)).orElse(true);
    }

    private static boolean sameHost(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
