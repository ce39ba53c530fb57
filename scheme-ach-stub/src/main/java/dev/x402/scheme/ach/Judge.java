package dev.x402.scheme.ach;

import dev.x402.scheme.ach.MandateBook.Enrolment;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.Verification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What can be judged without the bank: offer, shape, terms, time, payee, signature, mandate, in this order. */
final class Judge {
    /** How much longer than the offer asks an authorization may live: clocks differ, and a longer one is only a risk. */
    private static final Duration SLACK = Duration.ofMinutes(10);

    private final AchFacilitatorConfig config;
    private final Clock clock;

    Judge(AchFacilitatorConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** The one of the two that came out. */
    sealed interface Judgement {
        /** Everything but the bank's word is there. */
        record Sound(Right right) implements Judgement {}

        /** It will not do. */
        record Refused(Verification.Invalid why) implements Judgement {}
    }

    Judgement judge(Payment payment) {
        if (Terms.read(payment.requirements()) instanceof Terms.Read.Refused refused) {
            return new Judgement.Refused(refused.why());
        }
        Terms terms = ((Terms.Read.Sound) Terms.read(payment.requirements())).terms();
        SignedAuthorization signed;
        try {
            signed = SignedAuthorization.of(payment);
        } catch (MalformedMessageException malformed) {
            return refused(ErrorCode.INVALID_PAYLOAD, String.valueOf(malformed.getMessage()));
        }
        Authorization authorization = signed.authorization();
        Optional<Verification.Invalid> refusal = echo(payment)
                .or(() -> originator(terms, authorization))
                .or(() -> agreed(terms, authorization))
                .or(() -> time(payment.requirements(), authorization));
        if (refusal.isPresent()) {
            return new Judgement.Refused(refusal.get());
        }
        Optional<String> payee = config.account(payment.tenant(), terms.payTo());
        if (payee.isEmpty()) {
            return refused(
                    ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                    "payTo: expected a payee of this tenant, saw another; have the operator add it");
        }
        Optional<Enrolment> enrolment = config.book().find(authorization.mandate());
        if (enrolment.isEmpty()) {
            return refused(
                    Codes.MANDATE_UNKNOWN,
                    "payload.authorization.mandate: expected one that was enrolled here, saw another");
        }
        Mandate mandate = enrolment.get().mandate();
        if (!signed.isSignedBy(mandate.key())) {
            return refused(
                    Codes.SIGNATURE,
                    "payload.signature: expected one of the mandate's key over these terms, saw another");
        }
        Right right = new Right(signed, mandate, payee.get());
        return bound(payment, authorization, enrolment.get())
                .or(() -> permission(right, enrolment.get()))
                .<Judgement>map(Judgement.Refused::new)
                .orElseGet(() -> new Judgement.Sound(right));
    }

    /** Why a right may not be used now, though it was signed; mandates end, and their maximum is used up. */
    Optional<Verification.Invalid> permission(Right right) {
        Authorization authorization = right.signed().authorization();
        if (!clock.instant().isBefore(authorization.validUntil())) {
            return expired();
        }
        Optional<Enrolment> enrolment = config.book().find(authorization.mandate());
        return enrolment.isEmpty()
                ? invalid(Codes.MANDATE_UNKNOWN, "payload.authorization.mandate: expected one that was enrolled here")
                : permission(right, enrolment.get());
    }

    /** The right of a payment that was judged before. */
    Right trusted(Payment payment) {
        SignedAuthorization signed = SignedAuthorization.of(payment);
        Optional<Enrolment> enrolment =
                config.book().find(signed.authorization().mandate());
        Optional<String> payee =
                config.account(payment.tenant(), payment.requirements().payTo());
        if (enrolment.isEmpty() || payee.isEmpty()) {
            throw new IllegalStateException("payment on " + Ach.NETWORK
                    + ": its mandate or payee is not known here; it was verified by another configuration");
        }
        return new Right(signed, enrolment.get().mandate(), payee.get());
    }

    private Optional<Verification.Invalid> permission(Right right, Enrolment enrolment) {
        Instant now = clock.instant();
        if (enrolment.revoked().isPresent()) {
            return invalid(
                    Codes.MANDATE_REVOKED,
                    "payload.authorization.mandate: expected one in force, saw one that was revoked");
        }
        if (enrolment.blocked().isPresent()) {
            return invalid(
                    Codes.ACCOUNT_BLOCKED,
                    "payload.authorization.account: expected one that can be debited, saw one that its bank refused");
        }
        if (!right.mandate().isInForce(now)) {
            return invalid(
                    Codes.MANDATE_EXPIRED,
                    "payload.authorization.mandate: expected one in force, saw one that "
                            + (now.isBefore(right.mandate().from()) ? "begins later" : "has ended"));
        }
        Authorization authorization = right.signed().authorization();
        long left = config.book().left(authorization.mandate(), right.signed().endToEndId(), now);
        return authorization.cents() > left
                ? invalid(
                        Codes.MANDATE_EXCEEDED,
                        "payload.authorization.amount: expected at most the " + Math.max(0, left)
                                + " cents that are left of the mandate, saw " + authorization.cents())
                : Optional.empty();
    }

    private static Optional<Verification.Invalid> echo(Payment payment) {
        PaymentRequirements asked = payment.requirements();
        PaymentRequirements accepted = payment.payload().accepted();
        if (!accepted.kind().equals(Ach.KIND)) {
            return Optional.of(new Verification.Invalid(
                    accepted.scheme().equals(Ach.SCHEME) ? ErrorCode.INVALID_NETWORK : ErrorCode.INVALID_SCHEME,
                    "accepted: expected exact on " + Ach.NETWORK + ", saw another kind",
                    false));
        }
        return accepted.asset().equals(asked.asset())
                        && accepted.payTo().equals(asked.payTo())
                        && accepted.amount().equals(asked.amount())
                ? Optional.empty()
                : Optional.of(new Verification.Invalid(
                        ErrorCode.NO_MATCHING_REQUIREMENTS,
                        "accepted: expected the asset, payTo and amount of the requirements, saw others",
                        false));
    }

    private Optional<Verification.Invalid> originator(Terms terms, Authorization authorization) {
        if (!terms.originator().equals(config.originator())) {
            return unsigned(
                    ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                    "extra.originator: expected " + config.originator() + ", saw another");
        }
        return authorization.originator().equals(config.originator())
                ? Optional.empty()
                : unsigned(
                        Codes.MANDATE_FOREIGN,
                        "payload.authorization.originator: expected " + config.originator() + ", saw another");
    }

    private static Optional<Verification.Invalid> agreed(Terms terms, Authorization authorization) {
        if (authorization.cents() != terms.cents()) {
            return unsigned(
                    Codes.AMOUNT,
                    "payload.authorization.amount: expected exactly " + terms.cents() + ", saw "
                            + authorization.cents());
        }
        if (!authorization.payTo().equals(terms.payTo())) {
            return unsigned(Codes.RECIPIENT, "payload.authorization.payTo: expected the offer's payTo, saw another");
        }
        return authorization.funding() == terms.funding()
                ? Optional.empty()
                : unsigned(
                        Codes.FUNDING,
                        "payload.authorization.funding: expected "
                                + terms.funding().word() + ", saw another");
    }

    private Optional<Verification.Invalid> time(PaymentRequirements asked, Authorization authorization) {
        Instant now = clock.instant();
        if (!now.isBefore(authorization.validUntil())) {
            return expired();
        }
        Duration longest = SLACK.plusSeconds(asked.maxTimeoutSeconds());
        return authorization.validUntil().isAfter(now.plus(longest))
                ? unsigned(
                        Codes.EXPIRED,
                        "payload.authorization.validUntil: expected at most " + longest.toSeconds()
                                + " seconds from now, which is maxTimeoutSeconds and " + SLACK.toSeconds()
                                + ", saw more")
                : Optional.empty();
    }

    /** A token serves one mandate, one payee and one tenant, whoever learns it. */
    private static Optional<Verification.Invalid> bound(
            Payment payment, Authorization authorization, Enrolment enrolment) {
        Mandate mandate = enrolment.mandate();
        if (!mandate.account().equals(authorization.account())) {
            return invalid(
                    Codes.MANDATE_FOREIGN,
                    "payload.authorization.account: expected the account of the mandate, saw another");
        }
        return mandate.originator().equals(authorization.originator())
                        && mandate.merchant().equals(authorization.payTo())
                        && enrolment.tenant().equals(payment.tenant())
                ? Optional.empty()
                : invalid(
                        Codes.MANDATE_FOREIGN,
                        "payload.authorization.mandate: expected one for this originator and payee, saw one for"
                                + " others");
    }

    private static Optional<Verification.Invalid> expired() {
        return unsigned(
                Codes.EXPIRED, "payload.authorization.validUntil: expected a time after now, saw an earlier one");
    }

    private static Judgement refused(ErrorCode code, String message) {
        return new Judgement.Refused(new Verification.Invalid(code, message, false));
    }

    private static Optional<Verification.Invalid> unsigned(ErrorCode code, String message) {
        return Optional.of(new Verification.Invalid(code, message, false));
    }

    private static Optional<Verification.Invalid> invalid(ErrorCode code, String message) {
        return Optional.of(new Verification.Invalid(code, message, true));
    }

    /**
     * A payment whose parts belong together.
     *
     * @param signed by the payer
     * @param mandate that covers it
     * @param payee token of the account that is credited
     */
    record Right(SignedAuthorization signed, Mandate mandate, String payee) {}
}
