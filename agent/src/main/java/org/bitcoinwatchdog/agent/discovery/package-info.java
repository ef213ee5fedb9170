/** Finds bitcoind processes through /proc and names their nodes. */
package org.bitcoinwatchdog.agent.discovery;
