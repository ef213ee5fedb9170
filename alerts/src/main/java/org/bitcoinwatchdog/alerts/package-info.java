/** The alert worker and its settings. */
package org.bitcoinwatchdog.alerts;
