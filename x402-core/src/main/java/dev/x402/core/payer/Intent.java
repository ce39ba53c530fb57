package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.SettleResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** An intent: idle, then one thread signs while others wait without a lock, then signed for ever. */
final class Intent implements PaymentIntent {
    private final String url;
    private final Signing signing;
    private final Clock clock;
    private final AtomicReference<State> state = new AtomicReference<>(new Idle());

    Intent(String url, Signing signing, Clock clock) {
        this.url = url;
        this.signing = signing;
        this.clock = clock;
    }

    private sealed interface State {}

    private record Idle() implements State {}

    private record Busy(CompletableFuture<Purchase> outcome) implements State {}

    private record Done(Signing.Signed signed) implements State {}

    @Override
    public String url() {
        return url;
    }

    @Override
    public Purchase pay(PaymentRequired required, Instant by) {
        requireNonNull(required, "required");
        requireNonNull(by, "by");
        Busy mine = new Busy(new CompletableFuture<>());
        State seen;
        do {
            seen = requireNonNull(state.get());
            if (seen instanceof Done done) {
                return done.signed().paid();
            }
            if (seen instanceof Busy other) {
                return await(other, required, by);
            }
        } while (!state.compareAndSet(seen, mine));
        return sign(mine, required, by);
    }

    private Purchase sign(Busy mine, PaymentRequired required, Instant by) {
        State next = new Idle();
        try {
            Signing.Outcome outcome = signing.sign(url, required, by);
            if (outcome instanceof Signing.Signed signed) {
                next = new Done(signed);
            }
            mine.outcome().complete(outcome.purchase());
            return outcome.purchase();
        } finally {
            state.set(next);
            mine.outcome().completeExceptionally(new IllegalStateException("the signing thread failed"));
        }
    }

    private Purchase await(Busy other, PaymentRequired required, Instant by) {
        try {
            long left = Math.max(0, Duration.between(clock.instant(), by).toMillis());
            return requireNonNull(other.outcome().get(left, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return waiting(required);
        } catch (ExecutionException | TimeoutException e) {
            return waiting(required);
        }
    }

    private static Purchase waiting(PaymentRequired required) {
        List<Verdict> verdicts = required.accepts().stream()
                .map(offer -> new Verdict(
                        offer, Candidate.asks(offer), Standing.REFUSED, "another thread is paying for the same intent"))
                .toList();
        return new Purchase.Refused(verdicts, true);
    }

    @Override
    public void receipt(SettleResponse receipt) {
        requireNonNull(receipt, "receipt");
        if (state.get() instanceof Done done) {
            done.signed().hold().receipt(receipt);
        }
    }

    @Override
    public void proven(AtomicAmount moved) {
        requireNonNull(moved, "moved");
        if (!(state.get() instanceof Done done)) {
            return;
        }
        Purchase.Paid paid = done.signed().paid();
        if (moved.compareTo(paid.chosen().amount()) > 0) {
            throw new IllegalArgumentException(
                    "moved: expected 0 to " + paid.chosen().amount() + ", saw " + moved);
        }
        Instant now = clock.instant();
        if (moved.equals(AtomicAmount.ZERO) && now.isBefore(paid.liveUntil())) {
            throw new IllegalStateException("moved: expected proof of nothing after " + paid.liveUntil()
                    + ", when the payment cannot be used any more, saw it at " + now);
        }
        done.signed().hold().proven(moved);
    }

    /** The address; nothing of the payment. */
    @Override
    public String toString() {
        return "intent to pay for " + url;
    }
}
