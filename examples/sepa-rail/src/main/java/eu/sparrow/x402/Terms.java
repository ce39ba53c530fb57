package eu.sparrow.x402;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Verification;
import java.math.BigInteger;
import java.util.Optional;

/** What an offer on this rail must be, whoever pays it. */
final class Terms {
    /** The largest instant transfer and the largest debit, in cents. */
    static final BigInteger MOST = BigInteger.valueOf(99_999_999_999L);

    private Terms() {}

    /** What is wrong with an offer, with the member's name; empty when it can be paid. */
    static Optional<Verification.Invalid> refusal(PaymentRequirements offer) {
        if (!offer.scheme().equals(SepaScheme.NAME)) {
            return refused(ErrorCode.INVALID_SCHEME, "scheme: expected exact, saw another");
        }
        if (!offer.network().equals(SepaRail.NETWORK)) {
            return refused(ErrorCode.INVALID_NETWORK, "network: expected sepa:eu, saw " + offer.network());
        }
        if (!offer.asset().equals(SepaRail.EURO)) {
            return terms("asset: expected EUR, saw another");
        }
        if (offer.amount().isZero() || offer.amount().value().compareTo(MOST) > 0) {
            return terms("amount: expected 1 to " + MOST + " cents, saw another amount");
        }
        if (Iban.find(offer.payTo()).isEmpty()) {
            return terms("payTo: expected an IBAN whose check digits hold, saw another text");
        }
        return Speed.of(offer).isEmpty()
                ? terms("extra.speed: expected instant or next-day, saw another")
                : Optional.empty();
    }

    static Optional<Verification.Invalid> refused(ErrorCode code, String message) {
        return Optional.of(new Verification.Invalid(code, message, false));
    }

    private static Optional<Verification.Invalid> terms(String message) {
        return refused(ErrorCode.INVALID_PAYMENT_REQUIREMENTS, message);
    }
}
