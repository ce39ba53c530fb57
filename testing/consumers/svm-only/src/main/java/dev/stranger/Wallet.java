package dev.stranger;

import dev.x402.scheme.exact.svm.LocalSvmSigner;
import dev.x402.scheme.exact.svm.SvmSigner;
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

/** Signs for dollars on a test network, without a node of its own. */
public final class Wallet {
    static final Kind KIND = new Kind("exact", Network.parse("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1"));

    private final String key;

    /** A wallet with a local key, in base 58. */
    public Wallet(String key) {
        this.key = key;
    }

    /** One dollar for a payee, when somebody else pays the fee. */
    public static PaymentRequirements dollarTo(String payee, String feePayer, String blockhash) {
        try (Plugins plugins = Plugins.builder().discover().build()) {
            Asset dollar = plugins.assets(KIND.network()).get(0);
            return PaymentRequirements.of(
                    KIND,
                    dollar.toAtomic(BigDecimal.ONE),
                    dollar.id().reference(),
                    payee,
                    60,
                    Json.Obj.EMPTY.with("feePayer", feePayer).with("recentBlockhash", blockhash));
        }
    }

    /** The proof of an offer. */
    public SchemePayload pay(PaymentRequirements offer) {
        try (Plugins plugins = Plugins.builder()
                .discover()
                .port(SvmSigner.class, LocalSvmSigner.parse(key))
                .build()) {
            return plugins.client(KIND).pay(offer, new PayContext(Json.Obj.EMPTY, offer.amount(), Instant.EPOCH));
        }
    }

    @Override
    public String toString() {
        return "a wallet on " + KIND.network();
    }
}
