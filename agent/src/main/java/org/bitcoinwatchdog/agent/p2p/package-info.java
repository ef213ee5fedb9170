/** Decodes the payloads of P2P messages. They come from peers, so every length and count may be a lie. */
package org.bitcoinwatchdog.agent.p2p;
