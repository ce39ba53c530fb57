package com.acme.x402;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.Verification;
import java.time.Instant;
import java.util.Optional;

/**
 * What can be judged without the ledger: shape, offer, time, amount, signature, in this order.
 *
 * @param scheme its name
 * @param metered whether less than the signed amount may move
 */
record Rules(String scheme, boolean metered) {
    static final ErrorCode EXPIRED = new ErrorCode("invalid_acme_payload_valid_until");
    static final ErrorCode SIGNATURE = new ErrorCode("invalid_acme_payload_signature");
    static final ErrorCode RECIPIENT = new ErrorCode("invalid_acme_payload_recipient");
    static final ErrorCode AMOUNT = new ErrorCode("invalid_acme_payload_amount");
    static final ErrorCode SENDER = new ErrorCode("invalid_acme_payload_sender");
    static final ErrorCode USED = new ErrorCode("invalid_acme_payload_nonce_used");

    /** The member of {@code extra} that names the only account which may charge a metered payment. */
    static final String SENDER_MEMBER = "sender";

    /** Time that a payment needs to get into a block. */
    static final int MARGIN_SECONDS = 3;

    /** What is wrong with a payment; empty when only the ledger's word is missing. */
    Optional<Verification.Invalid> refusal(Payment payment, String sender, Instant now) {
        SignedAuthorization signed;
        try {
            signed = SignedAuthorization.of(payment);
        } catch (MalformedMessageException malformed) {
            return refused(ErrorCode.INVALID_PAYLOAD, String.valueOf(malformed.getMessage()));
        }
        Authorization authorization = signed.authorization();
        return offer(payment)
                .or(() -> terms(payment.requirements()))
                .or(() -> parties(authorization, payment.requirements(), sender))
                .or(() -> authorization.isExpiredAt(now.plusSeconds(MARGIN_SECONDS))
                        ? refused(EXPIRED, "payload.authorization.validUntil: expected a later time")
                        : Optional.empty())
                .or(() -> amount(authorization, payment))
                .or(() -> signed.isAuthentic()
                        ? Optional.empty()
                        : refused(SIGNATURE, "payload.signature: expected one of payload.authorization.from over it"));
    }

    /** What is wrong with the offer itself, whoever pays it. */
    Optional<Verification.Invalid> terms(PaymentRequirements terms) {
        if (!terms.scheme().equals(scheme)) {
            return refused(ErrorCode.INVALID_SCHEME, "scheme: expected " + scheme + ", saw another");
        }
        if (!terms.network().namespace().equals(AcmeRail.NAMESPACE)) {
            return refused(ErrorCode.INVALID_NETWORK, "network: expected one of acme, saw " + terms.network());
        }
        if (Hex.find(terms.payTo(), Ed25519.KEY_BYTES).isEmpty()) {
            return refused(ErrorCode.INVALID_PAYMENT_REQUIREMENTS, "payTo: expected 64 hexadecimal digits");
        }
        return terms.amount().isZero()
                ? refused(ErrorCode.INVALID_PAYMENT_REQUIREMENTS, "amount: expected 1 or more, saw 0")
                : Optional.empty();
    }

    private Optional<Verification.Invalid> offer(Payment payment) {
        PaymentRequirements terms = payment.requirements();
        PaymentRequirements accepted = payment.payload().accepted();
        boolean same = accepted.kind().equals(terms.kind())
                && accepted.asset().equals(terms.asset())
                && accepted.payTo().equalsIgnoreCase(terms.payTo())
                && (metered || accepted.amount().equals(terms.amount()));
        return same
                ? Optional.empty()
                : refused(ErrorCode.NO_MATCHING_REQUIREMENTS, "accepted: expected the seller's offer, saw another");
    }

    private Optional<Verification.Invalid> parties(
            Authorization authorization, PaymentRequirements terms, String sender) {
        if (!authorization.to().equalsIgnoreCase(terms.payTo())) {
            return refused(RECIPIENT, "payload.authorization.to: expected payTo, saw another account");
        }
        if (authorization.from().equals(authorization.to())) {
            return refused(ErrorCode.INVALID_PAYLOAD, "payload.authorization.from: expected another account than payTo");
        }
        if (!authorization.asset().equals(terms.asset())) {
            return refused(ErrorCode.INVALID_PAYLOAD, "payload.authorization.asset: expected that of the offer");
        }
        return authorization.sender().equals(metered ? sender : "")
                ? Optional.empty()
                : refused(SENDER, "payload.authorization.sender: expected " + (metered ? sender : "none"));
    }

    /** The payer signed what was accepted; what is charged is all of it, or at most all of it. */
    private Optional<Verification.Invalid> amount(Authorization authorization, Payment payment) {
        AtomicAmount charged = payment.requirements().amount();
        boolean right = authorization.amount().equals(payment.payload().accepted().amount())
                && charged.compareTo(authorization.amount()) <= 0;
        return right
                ? Optional.empty()
                : refused(AMOUNT, "payload.authorization.amount: expected "
                        + (metered ? "at least " : "exactly ") + charged + ", saw " + authorization.amount());
    }

    static Optional<Verification.Invalid> refused(ErrorCode code, String message) {
        return Optional.of(new Verification.Invalid(code, message, false));
    }
}
