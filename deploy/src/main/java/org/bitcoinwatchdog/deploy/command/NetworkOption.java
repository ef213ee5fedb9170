package org.bitcoinwatchdog.deploy.command;

import org.bitcoinwatchdog.events.Network;
import org.bitcoinwatchdog.events.Spelling;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A network's name on the command line. */
final class NetworkOption implements ITypeConverter<Network> {
    @Override
    public Network convert(String text) {
        return Network.parse(text).orElseThrow(() -> new TypeConversionException("unknown network '" + text + "'"
                + Spelling.nearest(text, Network.CHAINS.stream().map(Network::name).toList())
                        .map(nearest -> ", did you mean " + nearest + "?").orElse(".") + " Use " + Network.KNOWN));
    }
}
