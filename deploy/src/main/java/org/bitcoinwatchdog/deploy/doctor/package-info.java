/** Examines what can be traced here and what prevents it. */
package org.bitcoinwatchdog.deploy.doctor;
