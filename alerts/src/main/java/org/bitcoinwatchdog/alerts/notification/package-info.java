/** What a sink gets and returns. */
package org.bitcoinwatchdog.alerts.notification;
