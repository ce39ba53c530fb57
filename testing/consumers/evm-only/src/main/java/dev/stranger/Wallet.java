package dev.stranger;

import dev.x402.scheme.exact.evm.EvmSigner;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.PayContext;
import dev.x402.spi.SchemePayload;
import dev.x402.spi.plugins.Plugins;
import java.math.BigDecimal;
import java.time.Instant;

/** Signs for one dollar on a test network; nothing is sent. */
public final class Wallet {
    private static final Network NETWORK = Network.parse("eip155:84532");

    private final String key;

    /** A wallet with a local key, in hex. */
    public Wallet(String key) {
        this.key = key;
    }

    /** The proof for a payee. */
    public SchemePayload dollarTo(String payee) {
        try (Plugins plugins = Plugins.builder()
                .discover()
                .port(EvmSigner.class, LocalEvmSigner.parse(key))
                .build()) {
            Asset dollar = plugins.assets(NETWORK).get(0);
            Kind kind = new Kind("exact", NETWORK);
            PaymentRequirements offer = PaymentRequirements.of(
                    kind, dollar.toAtomic(BigDecimal.ONE), dollar.id().reference(), payee, 60, dollar.extra());
            return plugins.client(kind).pay(offer, new PayContext(Json.Obj.EMPTY, offer.amount(), Instant.EPOCH));
        }
    }

    @Override
    public String toString() {
        return "a wallet on " + NETWORK;
    }
}
