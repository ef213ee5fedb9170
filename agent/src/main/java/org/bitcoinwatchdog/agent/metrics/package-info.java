/** Counts what each node does and what the agent loses. */
package org.bitcoinwatchdog.agent.metrics;
