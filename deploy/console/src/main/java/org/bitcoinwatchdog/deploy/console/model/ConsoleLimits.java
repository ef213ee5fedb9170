package org.bitcoinwatchdog.deploy.console.model;

/** Limits of the console's memory. Peers choose addresses, types and texts, so all of these are limited. */
final class ConsoleLimits {
    static final int NODES = 512;
    /** Open peers of one node. Core's default is 125 connections, its limit with -maxconnections is set by the host. */
    static final int PEERS = 1_024;
    /** Peers of one node that a page is given. */
    static final int LISTED_PEERS = 256;
    /** Rules whose scores are kept for one node. */
    static final int RULES = 64;
    static final int TRACEPOINTS = 64;
    /** Forks of a network, the newest ones, and sides of one fork. */
    static final int FORKS = 8;
    static final int SIDES = 8;
    /** Deployments of one node, and unknown version bits. */
    static final int DEPLOYMENTS = 16;
    /** Names of software that announced a branch. */
    static final int SOFTWARE = 8;
    /** Newest blocks of a node's chain. */
    static final int RECENT_BLOCKS = 64;
    /** Alerts, firing ones and the latest of the resolved ones. */
    static final int ALERTS = 2_000;
    /** Changes of severity that are kept of one alert. */
    static final int ALERT_CHANGES = 16;
    static final int LABELS = 32;
    /** Peers, netgroups or blocks that an alert's evidence lists. */
    static final int EVIDENCE = 64;
    /** Lines of the message stream that are kept of each node for who looks next. */
    static final int RECENT_LINES = 100;
    /** Lines that wait for one reader of a message stream. */
    static final int WAITING_LINES = 400;

    /** Names, addresses, user agents. Core itself allows 256 bytes of user agent. */
    static final int TEXT = 256;
    /** Summaries and descriptions of alerts. */
    static final int PROSE = 4_000;

    private ConsoleLimits() {
    }
}
