/** Follows the nodes of this host, from discovery to publication. */
package org.bitcoinwatchdog.agent;
