package dev.x402.tck.reference;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemePayload;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Signs with the purse. */
final class LedgerClient implements SchemeClient {
    private final SchemeContext context;
    private final Purse purse;
    private final Flaw flaw;
    private final LedgerRail rail = new LedgerRail();

    LedgerClient(SchemeContext context, Purse purse, Flaw flaw) {
        this.context = context;
        this.purse = purse;
        this.flaw = flaw;
    }

    @Override
    public boolean canPay(PaymentRequirements offer) {
        return offer.scheme().equals("ledger")
                && rail.canonicalAccount(offer.network(), offer.payTo()).isPresent()
                && context.asset(offer.assetId()).isPresent();
    }

    @Override
    public SchemePayload pay(PaymentRequirements offer, PayContext terms) {
        if (!canPay(offer)) {
            throw new IllegalArgumentException("offer: expected ledger on mem:1, saw " + offer.kind());
        }
        if (offer.amount().compareTo(terms.ceiling()) > 0) {
            throw new IllegalArgumentException("amount: expected at most the ceiling");
        }
        byte[] nonce = new byte[16];
        context.random().nextBytes(nonce);
        Instant until = context.clock().instant().plusSeconds(offer.maxTimeoutSeconds());
        Optional<String> payee = rail.canonicalAccount(offer.network(), offer.payTo());
        Authorization right = new Authorization(
                        offer.network(),
                        purse.account(),
                        payee.orElseThrow(),
                        rail.canonicalAsset(offer.network(), offer.asset()).orElseThrow(),
                        offer.amount(),
                        HexFormat.of().formatHex(nonce),
                        until.getEpochSecond(),
                        "")
                .signed(purse.secret());
        return new SchemePayload(right.payload(), Json.Obj.EMPTY, Instant.ofEpochSecond(until.getEpochSecond()));
    }
}
