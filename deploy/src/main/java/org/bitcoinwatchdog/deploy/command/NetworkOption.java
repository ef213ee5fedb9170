package org.bitcoinwatchdog.deploy.command;

import org.bitcoinwatchdog.deploy.config.Key;
import org.bitcoinwatchdog.events.Network;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A network's name on the command line. */
final class NetworkOption implements ITypeConverter<Network> {
    @Override
    public Network convert(String text) {
        return Network.parse(text).orElseThrow(() -> new TypeConversionException("unknown network '" + text + "'"
                + Key.nearest(text, Network.CHAINS.stream().map(Network::name).toList())
                        .map(nearest -> ", did you mean " + nearest + "?").orElse("") + " Use " + Network.KNOWN));
    }
}
