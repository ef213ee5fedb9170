package org.bitcoinwatchdog.alerts;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key with a certificate that it signed itself, made by the JDK's keytool. */
public record TestCertificate(Path keyStore, Path pem) {
    public static final String PASSWORD = "changeit";

    /** @param extras such as {@code -startdate -2d -validity 1} */
    public static TestCertificate of(Path directory, String name, String subjectAlternative, String... extras) throws Exception {
        Path keyStore = directory.resolve(name + ".p12");
        Path pem = directory.resolve(name + ".pem");
        List<String> generate = new ArrayList<>(List.of("-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname", "CN=" + name,
                "-ext", "san=" + subjectAlternative, "-keystore", keyStore.toString(), "-storetype", "PKCS12",
                "-storepass", PASSWORD));
        generate.addAll(List.of(extras));
        keytool(generate);
        keytool(List.of("-exportcert", "-rfc", "-alias", "key", "-keystore", keyStore.toString(), "-storepass", PASSWORD,
                "-file", pem.toString()));
        return new TestCertificate(keyStore, pem);
    }

    /** The same key with a certificate that an authority signed. */
    public TestCertificate signedBy(TestCertificate authority, String... extras) throws Exception {
        String request = pem + ".request";
        String certificate = pem + ".signed";
        keytool(List.of("-certreq", "-alias", "key", "-keystore", keyStore.toString(), "-storepass", PASSWORD, "-file", request));
        List<String> sign = new ArrayList<>(List.of("-gencert", "-rfc", "-alias", "key", "-keystore", authority.keyStore().toString(),
                "-storepass", PASSWORD, "-infile", request, "-outfile", certificate, "-ext", "san=ip:127.0.0.1"));
        sign.addAll(List.of(extras));
        keytool(sign);
        keytool(List.of("-importcert", "-noprompt", "-alias", "authority", "-keystore", keyStore.toString(), "-storepass", PASSWORD,
                "-file", authority.pem().toString()));
        keytool(List.of("-importcert", "-noprompt", "-alias", "key", "-keystore", keyStore.toString(), "-storepass", PASSWORD,
                "-file", certificate));
        return this;
    }

    public SSLContext serverContext() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool: " + output);
        }
    }
}
