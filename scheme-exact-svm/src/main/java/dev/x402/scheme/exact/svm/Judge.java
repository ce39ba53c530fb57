package dev.x402.scheme.exact.svm;

import dev.x402.scheme.exact.svm.Reading.Refusal;
import dev.x402.scheme.exact.svm.Reading.Terms;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.Verification;
import java.util.Optional;
import java.util.function.Function;

/** What can be judged without the chain: offer, bytes, form, meaning, signature, in this order. */
final class Judge {
    private static final int PAYER_PLACE = 1;

    private final Offers offers;
    private final Function<Network, Optional<FeePayers>> feePayers;
    private final TokenAccounts tokenAccounts = new TokenAccounts();

    /** @param feePayers ours on a network; empty where it is not served */
    Judge(SchemeContext context, Function<Network, Optional<FeePayers>> feePayers) {
        this.offers = new Offers(context);
        this.feePayers = feePayers;
    }

    /** The one of the two that came out. */
    sealed interface Judgement {
        /**
         * Everything but the chain's word is there.
         *
         * @param transaction as the payer sent it
         * @param shape what it moves
         */
        record Sound(WireTransaction transaction, TransferShape shape) implements Judgement {}

        /** It will not do. */
        record Refused(Verification.Invalid why) implements Judgement {}
    }

    Judgement judge(Payment payment) {
        String text;
        try {
            text = ExactPayload.text(payment.payload().payload());
        } catch (MalformedMessageException malformed) {
            return refused(new Refusal(ErrorCode.INVALID_PAYLOAD, String.valueOf(malformed.getMessage())));
        }
        PaymentRequirements offer = payment.requirements();
        Optional<Refusal> refusal = accepted(offer, payment.payload().accepted());
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        Reading reading = offers.read(offer);
        return reading instanceof Terms terms ? transaction(terms, text) : refused((Refusal) reading);
    }

    /** A transaction that was judged before; nothing is looked at again. */
    static Judgement.Sound trusted(Payment payment) {
        WireTransaction transaction = ExactPayload.parse(payment.payload().payload());
        return new Judgement.Sound(transaction, Grammar.shape(transaction.message()));
    }

    private Judgement transaction(Terms terms, String text) {
        SvmAddress feePayer = terms.feePayer();
        if (feePayer == null) {
            return refused(new Refusal(Codes.MISSING_FEE_PAYER, "extra.feePayer: expected an account, saw nothing"));
        }
        Optional<FeePayers> ours = feePayers
                .apply(terms.network())
                .filter(known -> known.accounts().contains(feePayer));
        if (ours.isEmpty()) {
            return refused(new Refusal(
                    Codes.FOREIGN_FEE_PAYER, "extra.feePayer: expected an account of this facilitator, saw another"));
        }
        WireTransaction transaction;
        try {
            transaction = ExactPayload.decode(text);
        } catch (MalformedMessageException malformed) {
            return refused(new Refusal(Codes.UNDECODABLE, String.valueOf(malformed.getMessage())));
        }
        Message message = transaction.message();
        return Grammar.refusal(message, feePayer, ours.get(), terms.memo())
                .or(() -> meaning(terms, Grammar.shape(message)))
                .or(() -> signature(transaction))
                .<Judgement>map(Judge::refused)
                .orElseGet(() -> new Judgement.Sound(transaction, Grammar.shape(message)));
    }

    private static Optional<Refusal> accepted(PaymentRequirements offer, PaymentRequirements accepted) {
        if (!accepted.scheme().equals(ExactSvmScheme.NAME)) {
            return refusal(ErrorCode.INVALID_SCHEME, "accepted.scheme: expected exact, saw another");
        }
        if (!offer.network().equals(accepted.network())) {
            return refusal(
                    ErrorCode.INVALID_NETWORK,
                    "accepted.network: expected " + offer.network() + ", saw " + accepted.network());
        }
        return offer.asset().equals(accepted.asset()) // base 58 has one spelling
                        && offer.payTo().equals(accepted.payTo())
                        && offer.amount().equals(accepted.amount())
                ? Optional.empty()
                : refusal(
                        ErrorCode.NO_MATCHING_REQUIREMENTS,
                        "accepted: expected the asset, payTo and amount of the requirements, saw others");
    }

    private Optional<Refusal> meaning(Terms terms, TransferShape shape) {
        if (!shape.mint().equals(terms.mint())) {
            return refusal(Codes.MINT, "transfer: expected the mint of the offer, saw another");
        }
        if (shape.decimals() != terms.decimals()) {
            return refusal(
                    Codes.MINT,
                    "transfer: expected " + terms.decimals() + " decimals, as the asset is registered, saw "
                            + shape.decimals());
        }
        if (!shape.amount().equals(terms.amount())) {
            return refusal(Codes.AMOUNT, "transfer: expected exactly " + terms.amount() + ", saw " + shape.amount());
        }
        if (shape.authority().equals(terms.payTo())) {
            return refusal(ErrorCode.INVALID_PAYLOAD, "transfer: expected another payer than payTo");
        }
        return shape.destination().equals(tokenAccounts.of(terms.payTo(), terms.mint(), shape.tokenProgram()))
                ? Optional.empty()
                : refusal(
                        Codes.RECIPIENT,
                        "transfer: expected the token account of payTo under the program that it asks, saw another");
    }

    private static Optional<Refusal> signature(WireTransaction transaction) {
        Message message = transaction.message();
        return Ed25519.verify(message.account(PAYER_PLACE), message.bytes(), transaction.signature(PAYER_PLACE))
                ? Optional.empty()
                : refusal(Codes.SIGNATURE, "payload.transaction: expected the payer's signature, saw another or none");
    }

    private static Judgement refused(Refusal refusal) {
        return new Judgement.Refused(refusal.verdict());
    }

    private static Optional<Refusal> refusal(ErrorCode code, String message) {
        return Optional.of(new Refusal(code, message));
    }
}
