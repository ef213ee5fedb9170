package org.bitcoinwatchdog.agent.p2p;

/** The decoder of each message type. */
public final class PayloadDecoders {
    private final PayloadDecoder version = new VersionDecoder();
    private final PayloadDecoder addresses = new AddressesDecoder(new LegacyAddressEntries());
    private final PayloadDecoder addressesV2 = new AddressesDecoder(new Bip155AddressEntries());
    private final PayloadDecoder inventory;
    private final PayloadDecoder headers;
    private final PayloadDecoder block;
    private final PayloadDecoder compactBlock;
    private final PayloadDecoder nonce = new NonceDecoder();
    private final PayloadDecoder feeFilter = new FeeFilterDecoder();
    private final PayloadDecoder sendCompact = new SendCompactDecoder();
    private final PayloadDecoder getBlockTransactions = new GetBlockTransactionsDecoder();
    private final PayloadDecoder blockTransactions = new BlockTransactionsDecoder();
    private final PayloadDecoder getHeaders = new GetHeadersDecoder();

    /**
     * @param network      the chain, which sets the proof of work limit; an unknown one has no limit
     * @param captureBytes the most bytes of an inventory's payload that the kernel captures
     */
    public PayloadDecoders(String network, int captureBytes) {
        inventory = new InventoryDecoder(captureBytes);
        BlockHeaderReader header = new BlockHeaderReader(ProofOfWork.of(network));
        headers = new HeadersDecoder(header);
        block = new BlockDecoder(header);
        compactBlock = new CompactBlockDecoder(header);
    }

    /** Null where only name and size are of interest. */
    public PayloadDecoder of(String messageType) {
        return switch (messageType) {
            case "version" -> version;
            case "addr" -> addresses;
            case "addrv2" -> addressesV2;
            case "inv", "getdata", "notfound" -> inventory;
            case "headers" -> headers;
            case "block" -> block;
            case "cmpctblock" -> compactBlock;
            case "ping", "pong" -> nonce;
            case "feefilter" -> feeFilter;
            case "sendcmpct" -> sendCompact;
            case "getblocktxn" -> getBlockTransactions;
            case "blocktxn" -> blockTransactions;
            case "getheaders", "getblocks" -> getHeaders;
            default -> null;
        };
    }
}
