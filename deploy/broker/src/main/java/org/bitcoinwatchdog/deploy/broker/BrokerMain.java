package org.bitcoinwatchdog.deploy.broker;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import sun.misc.Signal;

/**
 * The child JVM of {@link EmbeddedBroker}: formats the data directory on its first start, then runs Kafka's own entry
 * point until the parent closes this process's standard input, or is gone, which closes it too.
 */
public final class BrokerMain {
    private BrokerMain() {
    }

    /** @param args the properties file */
    public static void main(String[] args) throws IOException {
        Locale.setDefault(Locale.ROOT); // Kafka writes numbers into names of files
        leaveSignalsToTheParent();
        format(args[0]);
        Thread watch = new Thread(BrokerMain::exitAtEndOfInput, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        Kafka.main(args);
    }

    /**
     * Control-C and a service manager's SIGTERM reach the parent's children as well. The broker must outlive the
     * parts that flush their last records into it, so it waits for its input to end.
     */
    private static void leaveSignalsToTheParent() {
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            Signal.handle(new Signal(name), signal -> { });
        }
    }

    private static void format(String propertiesFile) throws IOException {
        Properties properties = new Properties();
        try (InputStream file = new FileInputStream(propertiesFile)) {
            properties.load(file);
        }
        Path data = Path.of(properties.getProperty("log.dirs"));
        if (Files.exists(data.resolve("meta.properties"))) {
            return; // a formatted directory keeps its cluster id
        }
        int status = StorageTool.execute(
                new String[] {"format", "--cluster-id", Uuid.randomUuid().toString(), "--config", propertiesFile}, System.out);
        if (status != 0) {
            System.exit(status);
        }
    }

    private static void exitAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever sent; only the end counts
            }
        } catch (IOException e) {
            System.err.println("standard input broke, which is its end as well: " + e);
        }
        System.exit(0);
    }
}
