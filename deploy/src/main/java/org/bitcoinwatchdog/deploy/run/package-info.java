/** What a running process consists of, from start to shutdown. */
package org.bitcoinwatchdog.deploy.run;
