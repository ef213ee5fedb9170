package org.bitcoinwatchdog.detectors.broker;

import java.io.IOException;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** The broker's process: formats its directory, runs, and ends with its standard input. */
final class BrokerMain {
    private BrokerMain() {
    }

    public static void main(String[] args) {
        int formatted = StorageTool.execute(
                new String[] {"format", "--cluster-id", Uuid.randomUuid().toString(), "--config", args[0]}, System.out);
        if (formatted != 0) {
            System.exit(formatted);
        }
        Thread parent = new Thread(BrokerMain::endWithInput, "parent-watch");
        parent.setDaemon(true);
        parent.start();
        Kafka.main(args);
    }

    private static void endWithInput() {
        try {
            System.in.transferTo(System.out);
        } catch (IOException e) {
            System.err.println("standard input broke: " + e);
        }
        Runtime.getRuntime().halt(0);
    }
}
