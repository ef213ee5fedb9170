/** Resources that are closed together. */
package org.bitcoinwatchdog.deploy.resource;
