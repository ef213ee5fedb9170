package org.bitcoinwatchdog.alerts.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.bitcoinwatchdog.alerts.DeliverySettings;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;

/** Connects to the host of a URL as a notification does, and closes the connection. */
record Reach(AddressGuard guard, SSLSocketFactory tlsSockets, DeliverySettings settings) {
    private static final SendOutcome CONNECTED = new SendOutcome.Answered(200, Optional.empty(), "");

    SendOutcome connect(URI url) {
        boolean tls = url.getScheme().equalsIgnoreCase("https");
        int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
        try {
            InetAddress address = guard.resolve(url.getHost())[0];
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), (int) settings.connectTimeout().toMillis());
                if (tls) {
                    shakeHands(socket, url.getHost(), port);
                }
                return CONNECTED;
            }
        } catch (AddressGuard.InternalAddressException e) {
            return new SendOutcome.Refused(e.getMessage());
        } catch (IOException e) {
            return new SendOutcome.Unreachable(FailureText.of(e, url.getHost()));
        }
    }

    private void shakeHands(Socket socket, String host, int port) throws IOException {
        socket.setSoTimeout((int) settings.connectTimeout().toMillis());
        try (SSLSocket tls = (SSLSocket) tlsSockets.createSocket(socket, host, port, true)) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.startHandshake();
        }
    }
}
