/** What the console shows, folded from events, digests and alerts. */
package org.bitcoinwatchdog.deploy.console.model;
