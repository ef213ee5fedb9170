package org.bitcoinwatchdog.deploy.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The watchdog's version. A build of a commit that is no release names the commit and its time: {@code 0.1.0~git20261128112602.0342dcd12345}. */
public final class Version {
    public static final String TEXT = read();

    private Version() {
    }

    private static String read() {
        try (InputStream resource = Version.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(resource);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
