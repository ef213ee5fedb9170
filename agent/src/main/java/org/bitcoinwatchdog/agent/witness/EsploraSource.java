package org.bitcoinwatchdog.agent.witness;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.Map;
import org.bitcoinwatchdog.events.Network;

/** The HTTP interface of the block explorer Esplora, which others have too: API.md in its source. */
final class EsploraSource implements HeaderSource {
    private static final int MOST_BYTES = 65_536;
    /** consensus.hashGenesisBlock in Core's kernel/chainparams.cpp. */
    private static final Map<Network, String> FIRST_BLOCKS = Map.of(
            Network.MAIN, "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
            Network.TEST, "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943",
            Network.TESTNET4, "00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043",
            Network.SIGNET, "00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6",
            Network.REGTEST, "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206");

    private final WitnessHttp http;
    private final Network network;
    private boolean networkKnown;

    EsploraSource(WitnessHttp http, Network network) {
        this.http = http;
        this.network = network;
    }

    @Override
    public ByteString tip() throws IOException {
        if (!networkKnown) {
            String first = Answers.ascii(http.get("/block-height/0", MOST_BYTES));
            if (!first.equals(FIRST_BLOCKS.get(network.baseChain()))) {
                throw new WitnessFault("it follows another network than " + network);
            }
            networkKnown = true;
        }
        return Answers.hash(Answers.ascii(http.get("/blocks/tip/hash", MOST_BYTES)), "its tip");
    }

    @Override
    public int height(ByteString tip) throws IOException {
        return Answers.height(Answers.json(http.get("/block/" + Answers.text(tip), MOST_BYTES), "its block").path("height"),
                "its tip's height");
    }

    @Override
    public byte[] header(ByteString hash) throws IOException {
        return Answers.hex(http.get("/block/" + Answers.text(hash) + "/header", MOST_BYTES), "its header");
    }

    @Override
    public void close() {
        http.close();
    }
}
