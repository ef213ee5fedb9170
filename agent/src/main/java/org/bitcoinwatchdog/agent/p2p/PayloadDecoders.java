package org.bitcoinwatchdog.agent.p2p;

/** The decoder of each message type. */
public final class PayloadDecoders {
    private final PayloadDecoder version = new VersionDecoder();
    private final PayloadDecoder addresses = new AddressesDecoder(new LegacyAddressEntries());
    private final PayloadDecoder addressesV2 = new AddressesDecoder(new Bip155AddressEntries());
    private final PayloadDecoder inventory;
    private final BlockPayloads blocks;

    /**
     * @param network      the chain, which sets the proof of work limit; an unknown one has no limit
     * @param captureBytes the most bytes of an inventory's payload that the kernel captures
     */
    public PayloadDecoders(String network, int captureBytes) {
        inventory = new InventoryDecoder(captureBytes);
        blocks = new BlockPayloads(new BlockHeaderReader(ProofOfWork.of(network)));
    }

    /** Null if only the name and the size of the message matter. */
    public PayloadDecoder of(String messageType) {
        return switch (messageType) {
            case "version" -> version;
            case "addr" -> addresses;
            case "addrv2" -> addressesV2;
            case "inv", "getdata", "notfound" -> inventory;
            case "headers" -> blocks::headers;
            case "block" -> blocks::block;
            case "cmpctblock" -> blocks::compactBlock;
            case "ping", "pong" -> ShortPayloads::nonce;
            case "feefilter" -> ShortPayloads::feeFilter;
            case "sendcmpct" -> ShortPayloads::sendCompact;
            case "getblocktxn" -> BlockTransactionPayloads::requested;
            case "blocktxn" -> BlockTransactionPayloads::sent;
            case "getheaders", "getblocks" -> ShortPayloads::getHeaders;
            default -> null;
        };
    }
}
