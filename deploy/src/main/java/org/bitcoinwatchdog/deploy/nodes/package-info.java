/** The commands that list and forget nodes. */
package org.bitcoinwatchdog.deploy.nodes;
