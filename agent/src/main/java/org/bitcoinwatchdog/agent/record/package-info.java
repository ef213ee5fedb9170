/** Decodes the kernel's binary records (bpf/record.h) into the bodies of events. */
package org.bitcoinwatchdog.agent.record;
