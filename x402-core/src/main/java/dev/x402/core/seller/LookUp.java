package dev.x402.core.seller;

import dev.x402.core.Fault;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Claim;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.SchemeServer;
import dev.x402.spi.Settlement;
import dev.x402.spi.plugins.Plugins;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the claim of the payment; what was seen before is not verified again.
 *
 * <p>A payment whose terms are no offer of now is looked up as well: it may have been paid when they were. Its binding
 * holds all its terms, so a claim of that binding was made for the same terms of ours.
 */
final class LookUp implements Step {
    private static final Logger LOG = LoggerFactory.getLogger(LookUp.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);

    private final Plugins plugins;
    private final Claims claims;
    private final Steps.Settle settle;
    private final Steps.Release release;
    private final @Nullable Duration lease;

    /** Without a lease, a claim lasts as long as the offer lets a payment take. */
    LookUp(Plugins plugins, Claims claims, Steps.Settle settle, Steps.Release release, @Nullable Duration lease) {
        this.plugins = plugins;
        this.claims = claims;
        this.settle = settle;
        this.release = release;
        this.lease = lease;
    }

    @Override
    public Optional<Decision> take(Walk walk) {
        Payment payment = walk.payment();
        Optional<PaymentScheme> scheme = plugins.scheme(payment.kind());
        if (scheme.isEmpty()) {
            return Optional.of(Verifying.unmatched(walk));
        }
        try {
            walk.named(scheme.get().key(payment));
        } catch (MalformedMessageException e) {
            return Optional.of(malformed(walk, e));
        }
        String binding = binding(walk);
        Claim claim;
        try {
            walk.leased(lease(walk));
            claim = claims.claim(walk.key().orElseThrow(), binding, walk.lease());
        } catch (RuntimeException e) {
            LOG.warn("the claim store failed; the request is asked to come again: {}", Fault.of(e));
            return Optional.of(storeUnavailable());
        }
        if (claim instanceof Claim.Mine mine) {
            walk.claimed(mine);
            return Optional.empty();
        }
        return Optional.of(claim instanceof Claim.Done done ? again(walk, done) : refused(claim));
    }

    /** The work is done: what became of the money decides, and the kept response goes out. */
    private Decision again(Walk walk, Claim.Done done) {
        walk.claimed(done.mine());
        Settlement settlement = settle.settle(walk);
        Completion completion = release.release(walk, settlement);
        claims.note(walk, settlement, completion instanceof Completion.Release);
        if (!(completion instanceof Completion.Release released)) {
            return (Decision) completion;
        }
        SettleResponse receipt = released.receipt();
        return Kept.response(done.response())
                .<Decision>map(response -> new Decision.Replay(response, receipt))
                .orElseGet(() -> new Decision.Reject(
                        Decision.Refusal.CONFLICT,
                        ErrorCode.DUPLICATE_SETTLEMENT,
                        "the payment was settled and its response is not kept any more",
                        Optional.empty(),
                        Optional.of(receipt)));
    }

    private static Decision refused(Claim claim) {
        if (claim instanceof Claim.Busy busy) {
            return new Decision.RetryLater(
                    Decision.Wait.IN_FLIGHT,
                    ErrorCode.DUPLICATE_SETTLEMENT,
                    "the same payment is being worked on; come again with it",
                    busy.retryAfter().compareTo(SHORTEST_RETRY) < 0 ? SHORTEST_RETRY : busy.retryAfter(),
                    Optional.empty());
        }
        return new Decision.Reject(
                Decision.Refusal.CONFLICT,
                ErrorCode.DUPLICATE_SETTLEMENT,
                "the payment was used for another request",
                Optional.empty(),
                Optional.empty());
    }

    static Decision.RetryLater lost() {
        return new Decision.RetryLater(
                Decision.Wait.IN_FLIGHT,
                ErrorCode.DUPLICATE_SETTLEMENT,
                "the work took longer than its claim, and the same payment is worked on again; come again with it",
                Settling.RETRY,
                Optional.empty());
    }

    static Decision.RetryLater storeUnavailable() {
        return new Decision.RetryLater(
                Decision.Wait.UNAVAILABLE,
                ErrorCode.RESERVATION_UNAVAILABLE,
                "the payment cannot be reserved now; come again with it",
                SHORTEST_RETRY,
                Optional.empty());
    }

    private static Decision malformed(Walk walk, MalformedMessageException e) {
        return new Decision.Reject(
                Decision.Refusal.MALFORMED,
                ErrorCode.INVALID_PAYLOAD,
                String.valueOf(e.getMessage()),
                Optional.of(walk.withError(ErrorCode.INVALID_PAYLOAD.value())),
                Optional.empty());
    }

    private Duration lease(Walk walk) {
        if (!walk.matched()) {
            return LOOK;
        }
        return lease == null ? Duration.ofSeconds(walk.payment().requirements().maxTimeoutSeconds()) : lease;
    }

    private String binding(Walk walk) {
        PaymentRequirements terms = walk.payment().requirements();
        Set<String> dynamic =
                plugins.findServer(terms.kind()).map(SchemeServer::dynamicExtra).orElse(Set.of());
        return Binding.of(
                walk.request(),
                walk.matched() ? terms : canonical(terms),
                SignedQuotes.withQuote(dynamic),
                walk.payment().payload().payload());
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private PaymentRequirements canonical(PaymentRequirements terms) {
        return new PaymentRequirements(
                terms.scheme(),
                terms.network(),
                terms.amount(),
                plugins.canonicalAsset(terms.network(), terms.asset()).orElse(terms.asset()),
                plugins.canonicalAccount(terms.network(), terms.payTo()).orElse(terms.payTo()),
                terms.maxTimeoutSeconds(),
                terms.extra(),
                terms.unknown());
    }
}
