package dev.x402.scheme.exact.evm;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemePayload;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The payer's side: signs only for tokens whose domain is known here, never for one that an offer dictates. */
final class ExactEvmClient implements SchemeClient {
    /** The longest that a signature lives, whatever the offer asks. */
    static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

    private final EvmSigner signer;
    private final Address payer;
    private final Clock clock;
    private final SecureRandom random;
    private final Recovery recovery = Recovery.fastest();
    private final Judge judge;

    ExactEvmClient(EvmSigner signer, SchemeContext context) {
        this.signer = signer;
        this.payer = Address.find(signer.address())
                .orElseThrow(
                        () -> new IllegalArgumentException("EvmSigner.address: expected 0x and 40 hexadecimal digits"));
        this.clock = context.clock();
        this.random = context.random();
        this.judge = new Judge(context, recovery);
    }

    @Override
    public boolean canPay(PaymentRequirements offer) {
        return token(offer).isPresent();
    }

    @Override
    public SchemePayload pay(PaymentRequirements offer, PayContext context) {
        Token token = token(offer)
                .orElseThrow(() -> new IllegalArgumentException(
                        "offer on " + offer.network() + ": expected one that canPay said yes to, saw another"));
        if (offer.amount().compareTo(context.ceiling()) > 0) {
            throw new IllegalArgumentException(
                    "offer.amount: expected at most " + context.ceiling() + ", saw " + offer.amount());
        }
        byte[] nonce = new byte[Hex.WORD];
        random.nextBytes(nonce);
        Duration asked = Duration.ofSeconds(offer.maxTimeoutSeconds());
        Instant liveUntil = Instant.ofEpochSecond(clock.instant().getEpochSecond())
                .plus(asked.compareTo(LONGEST_LIFE) > 0 ? LONGEST_LIFE : asked);
        Authorization authorization = new Authorization(
                payer,
                Address.find(offer.payTo()).orElseThrow(),
                offer.amount().value(),
                BigInteger.ZERO, // a chain's clock may be behind ours
                BigInteger.valueOf(liveUntil.getEpochSecond()),
                new Word(nonce));
        Signature signature = Digests.sign(signer, token.digest(authorization), recovery);
        Json.Obj payload = Json.Obj.EMPTY
                .with("signature", Hex.of(signature.toBytes()))
                .with("authorization", authorization.toJson());
        return new SchemePayload(payload, Json.Obj.EMPTY, liveUntil);
    }

    private Optional<Token> token(PaymentRequirements offer) {
        if (!offer.scheme().equals(ExactEvmScheme.NAME)
                || Judge.terms(offer).isPresent()
                || Address.find(offer.payTo()).equals(Optional.of(payer))) {
            return Optional.empty();
        }
        return judge.token(offer)
                .filter(token -> agrees(offer, Token.NAME, token.name()))
                .filter(token -> agrees(offer, Token.VERSION, token.version()));
    }

    private static boolean agrees(PaymentRequirements offer, String member, String known) {
        return offer.extraOrEmpty()
                .find(member)
                .filter(value -> value != Json.Null.NULL)
                .map(Json.of(known)::equals)
                .orElse(true);
    }
}
