/** Converts recorded tracepoint calls to the kernel's records and back, and to the events of a live agent. */
package org.bitcoinwatchdog.agent.recording;
