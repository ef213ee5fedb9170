/** Turns records of the kernel into events, and decodes P2P messages. */
package org.bitcoinwatchdog.agent.decode;
