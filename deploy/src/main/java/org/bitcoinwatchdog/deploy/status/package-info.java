/** Whether everything is watched, and whether a person would be notified. */
package org.bitcoinwatchdog.deploy.status;
