package org.bitcoinwatchdog.alerts.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;

/** Why an exchange failed, for people. Of the URL, it contains only the host. */
public final class FailureText {
    private FailureText() {
    }

    public static String of(IOException failure, String host) {
        if (failure instanceof UnknownHostException) {
            return "the name " + host + " can't be resolved";
        }
        if (failure instanceof ConnectTimeoutException || failure instanceof SocketTimeoutException) {
            return host + " did not answer in time";
        }
        if (failure instanceof java.net.ConnectException) {
            return "no connection to " + host;
        }
        if (failure instanceof SSLException) {
            return "TLS with " + host + " failed: " + failure.getClass().getSimpleName();
        }
        if (failure instanceof ConnectionClosedException || failure.getCause() instanceof HttpException) {
            return host + " closed the connection or did not answer with HTTP";
        }
        return "the exchange with " + host + " failed: " + failure.getClass().getSimpleName();
    }
}
