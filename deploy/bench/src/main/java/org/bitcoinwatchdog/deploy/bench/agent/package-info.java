/** Measures the agent, from the probe to Kafka. */
package org.bitcoinwatchdog.deploy.bench.agent;
