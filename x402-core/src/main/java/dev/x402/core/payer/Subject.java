package dev.x402.core.payer;

import java.util.Locale;

/** What a line of a {@link BuyerPolicy} speaks of. */
public enum Subject {
    /** Networks: {@code mainnet}, {@code testnet}, a namespace, a name, a CAIP-2 identifier or {@code eip155:*}. */
    NETWORK,
    /** Assets: a symbol, or an identifier such as {@code eip155:8453/0x8335…}. */
    ASSET,
    /** Assets that stand for a currency, by its ISO 4217 code. */
    CURRENCY,
    /** Schemes by their names on the wire. */
    SCHEME,
    /** Accounts that are paid: as the network writes them, or with the network before them as in CAIP-10. */
    PAYEE,
    /** Hosts that ask: a name, {@code *.example.com} for every name below it, or either with a port. */
    HOST,
    /** Flows of payment: {@code authorization}, {@code upfront}, {@code escrow}. */
    FLOW;

    /** The word of the language. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
