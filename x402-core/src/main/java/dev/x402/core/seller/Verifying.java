package dev.x402.core.seller;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Facilitator;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Verification;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the payment with the offer and the declarations, then asks the facilitator. */
final class Verifying implements Step {
    private static final ErrorCode QUOTE_EXPIRED = new ErrorCode("quote_expired");

    private final Echo echo;
    private final Claims claims;
    private final Facilitator facilitator;
    private final Clock clock;
    private final Duration within;

    Verifying(Echo echo, Claims claims, Facilitator facilitator, Clock clock, Duration within) {
        this.echo = echo;
        this.claims = claims;
        this.facilitator = facilitator;
        this.clock = clock;
        this.within = within;
    }

    @Override
    public Optional<Decision> take(Walk walk) {
        if (walk.askedBefore()) {
            return Optional.empty();
        }
        Optional<Decision> answer = judge(walk);
        if (answer.isPresent()) {
            claims.forget(walk);
        }
        return answer;
    }

    private Optional<Decision> judge(Walk walk) {
        if (!walk.matched()) {
            return Optional.of(unmatched(walk));
        }
        Optional<String> changed = echo.changed(
                orEmpty(walk.required().extensions()),
                orEmpty(walk.payment().payload().extensions()));
        if (changed.isPresent()) {
            return Optional.of(new Decision.Reject(
                    Decision.Refusal.MALFORMED,
                    ErrorCode.EXTENSION_ECHO_MISMATCH,
                    "extensions/" + changed.get() + ": expected what the challenge declared, saw something else",
                    Optional.of(walk.withError(ErrorCode.EXTENSION_ECHO_MISMATCH.value())),
                    Optional.empty()));
        }
        Verification verification;
        try {
            verification = facilitator.verify(walk.payment(), clock.instant().plus(within));
        } catch (RailUnavailableException e) {
            verification = new Verification.Unavailable("the facilitator could not be asked", Served.RETRY);
        }
        if (verification instanceof Verification.Valid valid) {
            walk.verified(valid.payer());
            return Optional.empty();
        }
        return Optional.of(
                verification instanceof Verification.Invalid invalid
                        ? invalid(walk, invalid)
                        : unavailable((Verification.Unavailable) verification));
    }

    private static Decision invalid(Walk walk, Verification.Invalid invalid) {
        if (invalid.code().equals(ErrorCode.DUPLICATE_SETTLEMENT)) {
            return new Decision.Reject(
                    Decision.Refusal.CONFLICT, invalid.code(), invalid.message(), Optional.empty(), Optional.empty());
        }
        if (invalid.code().equals(ErrorCode.SETTLEMENT_PENDING)) {
            return unavailable(new Verification.Unavailable(invalid.message(), Served.RETRY));
        }
        return walk.challenge(invalid.code(), invalid.message(), Optional.empty());
    }

    private static Decision unavailable(Verification.Unavailable unavailable) {
        if (unavailable.code().equals(ErrorCode.FACILITATOR_RESPONSE_INVALID)) {
            return new Decision.Reject(
                    Decision.Refusal.BAD_ANSWER,
                    unavailable.code(),
                    "the facilitator's answer cannot be read or believed; come again with the same payment",
                    Optional.empty(),
                    Optional.empty());
        }
        return new Decision.RetryLater(
                Decision.Wait.UNAVAILABLE,
                ErrorCode.FACILITATOR_UNAVAILABLE,
                unavailable.message(),
                unavailable.retryAfter(),
                Optional.empty());
    }

    /** The payment accepts what is not offered: say what of it is the first that is not. */
    static Decision unmatched(Walk walk) {
        if (walk.quoteEnd().isPresent()) {
            return walk.challenge(
                    QUOTE_EXPIRED,
                    "accepted/extra/quote: expected a quote that still holds, saw one that ended at "
                            + walk.quoteEnd().get() + "; sign an offer of this answer",
                    Optional.empty());
        }
        PaymentRequirements accepted = walk.payment().requirements();
        List<PaymentRequirements> offers = walk.required().accepts();
        if (offers.stream().noneMatch(offer -> offer.network().equals(accepted.network()))) {
            return walk.challenge(
                    ErrorCode.INVALID_NETWORK,
                    "accepted/network: expected the network of an offer, saw " + accepted.network(),
                    Optional.empty());
        }
        if (offers.stream().noneMatch(offer -> offer.kind().equals(accepted.kind()))) {
            return walk.challenge(
                    ErrorCode.UNSUPPORTED_SCHEME,
                    "accepted/scheme: expected the scheme of an offer on " + accepted.network() + ", saw another",
                    Optional.empty());
        }
        return walk.challenge(
                ErrorCode.NO_MATCHING_REQUIREMENTS,
                "accepted: expected the terms of one of the offers, saw others; sign an offer of this answer",
                Optional.empty());
    }

    private static Json.Obj orEmpty(Json.@Nullable Obj members) {
        return members == null ? Json.Obj.EMPTY : members;
    }
}
