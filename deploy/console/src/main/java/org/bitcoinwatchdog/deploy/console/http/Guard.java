package org.bitcoinwatchdog.deploy.console.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.Set;

/** Stands before every page of the console: headers that bind the browser, the name asked under, the password, and writes. */
final class Guard extends Filter {
    /** What the page's scripts send with every write. No other site's form can, and its script may not without our consent. */
    static final String WRITE_HEADER = "X-Watchdog-Console";

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";
    private static final Set<String> READS = Set.of("GET", "HEAD");

    private final HostNames hostNames;
    private final Credentials credentials;

    Guard(HostNames hostNames, Credentials credentials) {
        this.hostNames = hostNames;
        this.credentials = credentials;
    }

    @Override
    public String description() {
        return "the console's guard";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        bind(exchange.getResponseHeaders());
        Headers asked = exchange.getRequestHeaders();
        if (!hostNames.known(asked.getFirst("Host"))) {
            Answer.text(421, "the console is not served under this name; http.hosts may allow it").send(exchange);
        } else if (!credentials.open(asked.getFirst("Authorization"))) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"watchdog\", charset=\"UTF-8\"");
            Answer.text(401, "user and password, or the token as password").send(exchange);
        } else if (!READS.contains(exchange.getRequestMethod()) && !fromTheConsole(asked)) {
            Answer.text(403, "only the console's own page writes").send(exchange);
        } else {
            chain.doFilter(exchange);
        }
    }

    private static void bind(Headers headers) {
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        headers.set("Cache-Control", "no-store");
    }

    private static boolean fromTheConsole(Headers asked) {
        String site = asked.getFirst("Sec-Fetch-Site");
        String origin = asked.getFirst("Origin");
        return asked.containsKey(WRITE_HEADER)
                && (site == null || site.equals("same-origin"))
                && (origin == null || sameHost(origin, asked.getFirst("Host")));
    }

    private static boolean sameHost(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
