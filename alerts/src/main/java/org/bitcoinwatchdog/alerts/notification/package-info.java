/** What a sink receives. */
package org.bitcoinwatchdog.alerts.notification;
