package org.bitcoinwatchdog.alerts;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key with its certificate, made by the JDK's keytool. */
public record TestCertificate(Path keyStore, Path pem) {
    private static final String ALIAS = "key";
    private static final String PASSWORD = "changeit";

    /** A self-signed certificate. */
    public static TestCertificate of(Path directory, String name, String subjectAlternative, String... extras) throws Exception {
        TestCertificate made = new TestCertificate(directory.resolve(name + ".p12"), directory.resolve(name + ".pem"));
        made.keytool("-genkeypair", List.of("-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=" + subjectAlternative,
                "-storetype", "PKCS12"), extras);
        Certificate certificate = made.read().getCertificate(ALIAS);
        Files.writeString(made.pem, "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n");
        return made;
    }

    /**
     * The same key with a certificate for loopback that an authority signed.
     *
     * @param extras such as {@code -startdate -2d -validity 1}
     */
    public TestCertificate signedBy(TestCertificate authority, String... extras) throws Exception {
        Path request = Path.of(pem + ".request");
        Path signed = Path.of(pem + ".signed");
        keytool("-certreq", List.of("-file", request.toString()));
        authority.keytool("-gencert", List.of("-rfc", "-infile", request.toString(), "-outfile", signed.toString(),
                "-ext", "san=ip:127.0.0.1"), extras);
        KeyStore keys = read();
        Key key = keys.getKey(ALIAS, PASSWORD.toCharArray());
        try (InputStream in = Files.newInputStream(signed); OutputStream out = Files.newOutputStream(keyStore)) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            keys.setKeyEntry(ALIAS, key, PASSWORD.toCharArray(),
                    new Certificate[] {certificate, authority.read().getCertificate(ALIAS)});
            keys.store(out, PASSWORD.toCharArray());
        }
        return this;
    }

    public SSLContext serverContext() throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(read(), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore read() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private void keytool(String what, List<String> how, String... extras) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1", what, "-alias", ALIAS, "-keystore", keyStore.toString(), "-storepass", PASSWORD));
        command.addAll(how);
        command.addAll(List.of(extras));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool: " + output);
        }
    }
}
