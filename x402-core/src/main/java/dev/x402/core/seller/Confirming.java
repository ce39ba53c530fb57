package dev.x402.core.seller;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.plugins.Plugins;
import java.util.Optional;

/** Confirms the claim for the payer that was verified: nobody pays himself. */
final class Confirming implements Step {
    private static final ErrorCode SELF_PAYMENT = new ErrorCode("self_payment");

    private final Plugins plugins;
    private final Claims claims;

    Confirming(Plugins plugins, Claims claims) {
        this.plugins = plugins;
        this.claims = claims;
    }

    @Override
    public Optional<Decision> take(Walk walk) {
        if (walk.askedBefore()) {
            return Optional.empty();
        }
        PaymentRequirements offer = walk.payment().requirements();
        Optional<String> payer =
                plugins.canonicalAccount(offer.network(), walk.payer().orElseThrow());
        if (!payer.equals(Optional.of(offer.payTo()))) {
            return Optional.empty();
        }
        claims.forget(walk);
        return Optional.of(walk.challenge(
                SELF_PAYMENT, "payer: expected another account than the payee's, saw the payee", Optional.empty()));
    }
}
