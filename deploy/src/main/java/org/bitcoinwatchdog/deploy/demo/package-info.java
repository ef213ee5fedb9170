/** The demo: a recorded flood raises an alert at a local webhook. */
package org.bitcoinwatchdog.deploy.demo;
