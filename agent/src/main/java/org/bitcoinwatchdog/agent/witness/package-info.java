/** Follows the best chain as others see it: REST interfaces of other nodes, and block explorers. Nothing asks a watched node. */
package org.bitcoinwatchdog.agent.witness;
