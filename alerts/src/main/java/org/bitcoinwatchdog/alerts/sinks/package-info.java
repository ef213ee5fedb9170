/** Slack, PagerDuty, Alertmanager, webhooks, e-mail. */
package org.bitcoinwatchdog.alerts.sinks;
