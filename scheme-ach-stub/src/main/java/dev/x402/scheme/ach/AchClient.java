package dev.x402.scheme.ach;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Bytes;
import dev.x402.spi.PayContext;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemePayload;
import java.time.Instant;
import java.util.Optional;

/** The payer's side: signs what a mandate of the wallet covers, and nothing else. */
final class AchClient implements SchemeClient {
    /** The longest that a signature lives, whatever the offer asks. */
    private static final int LONGEST_SECONDS = 600;

    private final AchWallet wallet;
    private final SchemeContext context;

    AchClient(AchWallet wallet, SchemeContext context) {
        this.wallet = wallet;
        this.context = context;
    }

    @Override
    public boolean canPay(PaymentRequirements offer) {
        return covered(offer).isPresent();
    }

    @Override
    public SchemePayload pay(PaymentRequirements offer, PayContext terms) {
        Covered covered = covered(offer)
                .orElseThrow(() -> new IllegalArgumentException(
                        "offer on " + offer.network() + ": expected one that canPay said yes to, saw another"));
        if (offer.amount().compareTo(terms.ceiling()) > 0) {
            throw new IllegalArgumentException(
                    "offer.amount: expected at most " + terms.ceiling() + ", saw " + offer.amount());
        }
        byte[] nonce = new byte[Authorization.NONCE_BYTES];
        context.random().nextBytes(nonce);
        Instant validUntil = Instant.ofEpochSecond(
                context.clock().instant().getEpochSecond() + Math.min(offer.maxTimeoutSeconds(), LONGEST_SECONDS));
        Authorization authorization = new Authorization(
                covered.mandate().id(),
                covered.mandate().account(),
                covered.terms().originator(),
                covered.terms().payTo(),
                covered.terms().cents(),
                covered.terms().funding(),
                Bytes.of(nonce),
                validUntil);
        SignedAuthorization signed = new SignedAuthorization(authorization, wallet.sign(authorization.toBytes()));
        return new SchemePayload(signed.toJson(), Json.Obj.EMPTY, validUntil);
    }

    private Optional<Covered> covered(PaymentRequirements offer) {
        if (!(Terms.read(offer) instanceof Terms.Read.Sound sound)
                || sound.terms().originator().isEmpty()
                || context.asset(offer.assetId()).isEmpty()) {
            return Optional.empty();
        }
        Terms terms = sound.terms();
        return wallet.mandate(terms.originator(), terms.payTo())
                .filter(mandate -> mandate.isInForce(context.clock().instant()))
                .filter(mandate -> terms.cents() <= mandate.maximum())
                .map(mandate -> new Covered(terms, mandate));
    }

    private record Covered(Terms terms, Mandate mandate) {}
}
