package dev.x402.core.seller;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Claim;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the steps have found out about one request; used by one thread at a time. */
final class Walk {
    private final ResourceRequest request;
    private @Nullable PricedRoute route;
    private @Nullable PaymentRequired required;
    private @Nullable Payment payment;
    private boolean matched;
    private @Nullable PaymentKey key;
    private Claim.@Nullable Mine claim;
    private @Nullable String payer;

    Walk(ResourceRequest request) {
        this.request = request;
    }

    ResourceRequest request() {
        return request;
    }

    PricedRoute route() {
        return requireNonNull(route, "route");
    }

    void identified(PricedRoute found) {
        route = found;
    }

    /** The challenge as it would be answered, without an error. */
    PaymentRequired required() {
        return requireNonNull(required, "required");
    }

    void quoted(PaymentRequired challenge) {
        required = challenge;
    }

    /** The payer's payload beside our own offer; beside the payer's terms where no offer of ours matches. */
    Payment payment() {
        return requireNonNull(payment, "payment");
    }

    /** Whether the terms are those of an offer that is made now. */
    boolean matched() {
        return matched;
    }

    void presented(Payment presented, boolean matchesOffer) {
        payment = presented;
        matched = matchesOffer;
    }

    Optional<PaymentKey> key() {
        return Optional.ofNullable(key);
    }

    void named(PaymentKey name) {
        key = name;
    }

    Optional<Claim.Mine> claim() {
        return Optional.ofNullable(claim);
    }

    void claimed(Claim.@Nullable Mine mine) {
        claim = mine;
    }

    Optional<String> payer() {
        return Optional.ofNullable(payer);
    }

    void verified(String account) {
        payer = account;
    }

    /** What must be known to settle again, without what the request dragged along. */
    Walk forLater() {
        Walk later = new Walk(request.withoutAttributes());
        later.route = route;
        later.required = required;
        later.payment = payment;
        later.matched = matched;
        later.key = key;
        later.payer = payer;
        return later;
    }

    Decision.Challenge challenge(ErrorCode code, String message, Optional<SettleResponse> receipt) {
        return new Decision.Challenge(withError(code.value()), Optional.of(code), message, receipt);
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    PaymentRequired withError(String error) {
        PaymentRequired plain = required();
        return new PaymentRequired(error, plain.resource(), plain.accepts(), plain.extensions(), plain.unknown());
    }
}
