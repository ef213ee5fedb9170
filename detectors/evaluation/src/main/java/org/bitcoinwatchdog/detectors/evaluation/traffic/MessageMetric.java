package org.bitcoinwatchdog.detectors.evaluation.traffic;

/** The message types whose hourly figures were measured. */
public enum MessageMetric {
    INV, TX, GETDATA, PING, ADDRV2, ADDR, VERSION, HEADERS, CMPCTBLOCK, GETBLOCKTXN
}
