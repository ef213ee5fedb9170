/** Makes text that others chose safe to show. */
package org.bitcoinwatchdog.alerts.text;
