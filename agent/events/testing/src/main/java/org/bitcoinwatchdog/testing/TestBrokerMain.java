package org.bitcoinwatchdog.testing;

import java.io.IOException;
import kafka.Kafka;
import kafka.tools.StorageTool;

/** The broker's process. It formats its directory the first time, and ends with its standard input. */
final class TestBrokerMain {
    private TestBrokerMain() {
    }

    /** @param args the properties file and the cluster's id */
    public static void main(String[] args) {
        int formatted = StorageTool.execute(
                new String[] {"format", "--ignore-formatted", "--cluster-id", args[1], "--config", args[0]}, System.out);
        if (formatted != 0) {
            System.exit(formatted);
        }
        Thread parent = new Thread(TestBrokerMain::endWithInput, "parent-watch");
        parent.setDaemon(true);
        parent.start();
        Kafka.main(new String[] {args[0]});
    }

    private static void endWithInput() {
        try {
            System.in.transferTo(System.out);
        } catch (IOException e) {
            System.err.println("standard input broke, which is its end as well: " + e);
        }
        Runtime.getRuntime().halt(0);
    }
}
