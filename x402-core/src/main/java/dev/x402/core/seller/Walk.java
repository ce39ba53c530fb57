package dev.x402.core.seller;

import static java.util.Objects.requireNonNull;

import dev.x402.core.Flow;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Claim;
import dev.x402.spi.Claim.Charge;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentExtension.Access;
import dev.x402.spi.PaymentKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the steps have found out about one request; used by one thread at a time. */
final class Walk {
    private final ResourceRequest request;
    private @Nullable PricedRoute route;
    private @Nullable PaymentRequired required;
    private @Nullable Payment payment;
    private boolean matched;
    private @Nullable Instant quoteEnd;
    private @Nullable PaymentKey key;
    private Duration lease = Duration.ZERO;
    private Claim.@Nullable Mine claim;
    private volatile @Nullable AtomicAmount used;
    private @Nullable Charge charge;
    private boolean askedBefore;
    private boolean due;
    private @Nullable String payer;
    private @Nullable SettleResponse receipt;
    private Access.@Nullable Denied denied;
    private boolean incomplete;

    Walk(ResourceRequest request) {
        this.request = request;
    }

    /** What must be known to settle again, when nobody asks for the resource. */
    static Walk again(Claim.Mine open) {
        Charge charge = open.charge().orElseThrow();
        Payment payment = charge.payment();
        Walk walk = new Walk(ResourceRequest.of("", charge.route(), "", "").withTenant(payment.tenant()));
        walk.named(open.key());
        walk.claimed(open);
        walk.due = true;
        return walk;
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

    /** Whether offers were made, for a request. */
    boolean isQuoted() {
        return required != null;
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

    /** When our quote ended that the payment accepts; empty when none did. */
    Optional<Instant> quoteEnd() {
        return Optional.ofNullable(quoteEnd);
    }

    void quoteIsOver(Instant since) {
        quoteEnd = since;
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

    /** The claim is this; one that is taken over with its charge goes on with the payment that was asked. */
    void claimed(Claim.Mine mine) {
        claim = mine;
        if (mine.charge().isPresent()) {
            charge = mine.charge().get();
            payment = charge.payment();
            askedBefore = true;
        }
    }

    void unclaimed() {
        claim = null;
    }

    Duration lease() {
        return lease;
    }

    void leased(Duration length) {
        lease = length;
    }

    /** What is to be charged: the whole offer, unless the work used less. */
    AtomicAmount toCharge() {
        AtomicAmount less = used;
        return less == null ? payment().requirements().amount() : less;
    }

    void used(AtomicAmount amount) {
        used = amount;
    }

    /** The settlement that is asked, or was. */
    Optional<Charge> charge() {
        return Optional.ofNullable(charge);
    }

    /** The settlement is asked for the first time. */
    void asking(Charge first) {
        charge = first;
    }

    /** Whether a settlement was asked before this request. */
    boolean askedBefore() {
        return askedBefore;
    }

    /** Whether it is asked again because it was due. */
    boolean isDue() {
        return due;
    }

    boolean settlesFirst() {
        return Flow.of(payment().requirements()).equals(Optional.of(Flow.UPFRONT));
    }

    /** The receipt of money that moved before the work. */
    Optional<SettleResponse> receipt() {
        return Optional.ofNullable(receipt);
    }

    void paid(String account, SettleResponse proof) {
        payer = account;
        receipt = proof;
    }

    Optional<String> payer() {
        return Optional.ofNullable(payer);
    }

    void verified(String account) {
        payer = account;
    }

    /** Whether the challenge lacks what an extension failed to declare. */
    boolean isIncomplete() {
        return incomplete;
    }

    void incomplete() {
        incomplete = true;
    }

    /** Why a visitor's proof did not let in. */
    Optional<Access.Denied> denied() {
        return Optional.ofNullable(denied);
    }

    void denied(Access.Denied why) {
        denied = why;
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
