package org.bitcoinwatchdog.agent.witness;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.io.IOException;
import org.bitcoinwatchdog.events.Network;

/** Bitcoin Core's REST interface: doc/REST-interface.md in its source. */
final class RestSource implements HeaderSource {
    private static final String CHAIN_INFO = "/rest/chaininfo.json";
    private static final int MOST_CHAIN_INFO_BYTES = 65_536;
    private static final int MOST_HEADER_BYTES = 4_096;

    private final WitnessHttp http;
    private final Network chain;
    private int height;

    RestSource(WitnessHttp http, Network network) {
        this.http = http;
        this.chain = network.baseChain();
    }

    @Override
    public ByteString tip() throws IOException {
        JsonNode info = Answers.json(http.get(CHAIN_INFO, MOST_CHAIN_INFO_BYTES), "its chaininfo");
        if (!info.path("chain").asText().equals(chain.name())) {
            throw new WitnessFault("it follows another network than " + chain);
        }
        if (info.path("initialblockdownload").asBoolean()) {
            throw new WitnessFault("it is in initial block download");
        }
        height = Answers.height(info.path("blocks"), "its chaininfo's blocks");
        return Answers.hash(info.path("bestblockhash").asText(), "its chaininfo's bestblockhash");
    }

    @Override
    public int height(ByteString tip) {
        return height;
    }

    /** By the path that versions before 24 have too. */
    @Override
    public byte[] header(ByteString hash) throws IOException {
        return http.get("/rest/headers/1/" + Answers.text(hash) + ".bin", MOST_HEADER_BYTES);
    }

    @Override
    public void close() {
        http.close();
    }
}
