package com.acme.x402;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemePayload;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The payer's side: signs the offer and nothing else, in assets that the application knows. */
final class AcmeClient implements SchemeClient {
    /** The longest that a signature lives, whatever the offer asks. */
    private static final int LONGEST_SECONDS = 600;

    private final Rules rules;
    private final AcmeWallet wallet;
    private final SchemeContext context;

    AcmeClient(Rules rules, AcmeWallet wallet, SchemeContext context) {
        this.rules = rules;
        this.wallet = wallet;
        this.context = context;
    }

    @Override
    public boolean canPay(PaymentRequirements offer) {
        return rules.terms(offer).isEmpty()
                && context.asset(offer.assetId()).isPresent()
                && !offer.payTo().equalsIgnoreCase(wallet.account())
                && sender(offer).length() == (rules.metered() ? 2 * Ed25519.KEY_BYTES : 0);
    }

    @Override
    public SchemePayload pay(PaymentRequirements offer, PayContext terms) {
        if (!canPay(offer)) {
            throw new IllegalArgumentException("offer: expected one that canPay said yes to, saw another");
        }
        if (offer.amount().compareTo(terms.ceiling()) > 0) {
            throw new IllegalArgumentException(
                    "offer.amount: expected at most " + terms.ceiling() + ", saw " + offer.amount());
        }
        byte[] nonce = new byte[Authorization.NONCE_BYTES];
        context.random().nextBytes(nonce);
        long until = context.clock()
                .instant()
                .plus(Duration.ofSeconds(Math.min(offer.maxTimeoutSeconds(), LONGEST_SECONDS)))
                .getEpochSecond();
        Authorization authorization = new Authorization(
                offer.kind(),
                offer.asset(),
                wallet.account(),
                offer.payTo().toLowerCase(Locale.ROOT),
                offer.amount(),
                sender(offer),
                Hex.of(nonce),
                until);
        return new SchemePayload(
                SignedAuthorization.sign(authorization, wallet).toJson(),
                Json.Obj.EMPTY,
                Instant.ofEpochSecond(until + 1)); // the ledger takes it during the whole last second
    }

    private String sender(PaymentRequirements offer) {
        return rules.metered()
                ? offer.extraOrEmpty()
                        .text(Rules.SENDER_MEMBER)
                        .flatMap(text -> Hex.find(text, Ed25519.KEY_BYTES))
                        .orElse("")
                : "";
    }
}
