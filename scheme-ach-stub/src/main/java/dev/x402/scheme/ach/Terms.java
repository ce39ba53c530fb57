package dev.x402.scheme.ach;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Verification;
import java.util.Optional;

/**
 * What an offer asks, in the rail's words.
 *
 * @param payTo a role or an account token
 * @param cents 1 to 9,999,999,999
 * @param originator who will debit; empty before the offer is completed
 * @param funding where the money comes from
 */
record Terms(String payTo, long cents, String originator, Funding funding) {
    /** The one of the two that came out. */
    sealed interface Read {
        /** The offer can be paid here. */
        record Sound(Terms terms) implements Read {}

        /** It cannot, whoever pays. */
        record Refused(Verification.Invalid why) implements Read {}
    }

    static Read read(PaymentRequirements offer) {
        if (!offer.network().equals(Ach.NETWORK)) {
            return refused(ErrorCode.INVALID_NETWORK, "network: expected " + Ach.NETWORK + ", saw " + offer.network());
        }
        if (!offer.scheme().equals(Ach.SCHEME)) {
            return refused(ErrorCode.INVALID_SCHEME, "scheme: expected exact, saw another");
        }
        if (!offer.asset().equals(Ach.USD)) {
            return refused("asset: expected USD on " + Ach.NETWORK + ", saw another");
        }
        String digits = offer.amount().toString();
        if (offer.amount().isZero() || digits.length() > 10) {
            return refused("amount: expected 1 to " + Ach.MOST_CENTS + " cents, saw "
                    + (offer.amount().isZero() ? "0" : "more"));
        }
        if (!Ach.isPayee(offer.payTo())) {
            return refused(
                    "payTo: expected a role such as merchant or an account token such as acct_…, saw another text");
        }
        Json.Obj extra = offer.extraOrEmpty();
        Optional<Funding> funding =
                member(extra, Ach.FUNDING, Funding.DEBIT.word()).flatMap(Funding::find);
        if (funding.isEmpty()) {
            return refused("extra.funding: expected prefunded, guaranteed or debit, saw another");
        }
        Optional<String> originator =
                member(extra, Ach.ORIGINATOR, "").filter(text -> text.isEmpty() || Ach.isOriginator(text));
        if (originator.isEmpty()) {
            return refused("extra.originator: expected 10 capital letters or digits, saw another");
        }
        return new Read.Sound(new Terms(offer.payTo(), Long.parseLong(digits), originator.get(), funding.get()));
    }

    /** Empty when it is no text. */
    private static Optional<String> member(Json.Obj extra, String name, String absent) {
        Optional<Json> value = extra.find(name).filter(there -> there != Json.Null.NULL);
        return value.isPresent() ? extra.text(name) : Optional.of(absent);
    }

    private static Read refused(String message) {
        return refused(ErrorCode.INVALID_PAYMENT_REQUIREMENTS, message);
    }

    private static Read refused(ErrorCode code, String message) {
        return new Read.Refused(new Verification.Invalid(code, message, false));
    }
}
