package org.bitcoinwatchdog.deploy.broker;

/** The embedded broker did not start. The message ends with the last error in its log. */
public final class BrokerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean addressInUse;

    BrokerFailure(String what, BrokerFiles files) {
        super(what + "; its log is " + files.log() + lastError(files));
        this.addressInUse = files.tail().contains("Address already in use");
    }

    boolean addressInUse() {
        return addressInUse;
    }

    private static String lastError(BrokerFiles files) {
        return files.tail().lines()
                .filter(line -> line.contains("ERROR") || line.contains("Exception"))
                .reduce((earlier, later) -> later)
                .map(line -> "\n  " + line)
                .orElse("");
    }
}
