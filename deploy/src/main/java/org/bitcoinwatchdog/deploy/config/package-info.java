/** Binds a YAML file to the settings of the parts. */
package org.bitcoinwatchdog.deploy.config;
