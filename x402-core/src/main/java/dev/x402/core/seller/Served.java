package dev.x402.core.seller;

import static java.util.Objects.requireNonNull;

import dev.x402.core.Fault;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Facilitator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the facilitator serves, remembered and swapped as one.
 *
 * <p>One thread asks, without a lock; the others use the last answer, or wait for the first one.
 */
final class Served {
    static final Duration RETRY = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Served.class);

    private final Facilitator facilitator;
    private final Clock clock;
    private final Duration within;
    private final Duration refresh;
    private final AtomicReference<@Nullable CompletableFuture<State>> asking = new AtomicReference<>();

    private volatile State state = new Unknown("was not asked yet", Instant.MIN);

    Served(Facilitator facilitator, Clock clock, Duration within, Duration refresh) {
        this.facilitator = facilitator;
        this.clock = clock;
        this.within = within;
        this.refresh = refresh;
    }

    /** What is known of the facilitator. */
    sealed interface State {
        Instant askAgain();
    }

    /** It answered; what was completed from the answer is remembered with it. */
    record Known(SupportedResponse answer, Map<WayToPay, Completed> completed, Instant askAgain) implements State {}

    /** A constant offer and what it was completed with. */
    record Completed(PaymentRequirements draft, SupportedKind kind, Offer offer) {}

    /** It never answered. */
    record Unknown(String message, Instant askAgain) implements State {}

    /** What an offer is completed with now; a router chooses here. */
    Optional<SupportedKind> kindFor(PaymentRequirements draft, Known known) {
        return facilitator.kindFor(draft, known.answer());
    }

    State current() {
        State last = state;
        Instant now = clock.instant();
        if (now.isBefore(last.askAgain())) {
            return last;
        }
        CompletableFuture<State> mine = new CompletableFuture<>();
        CompletableFuture<State> other = asking.compareAndExchange(null, mine);
        if (other != null) {
            return last instanceof Known ? last : await(other, last);
        }
        State next = state;
        try {
            if (!now.isBefore(next.askAgain())) {
                next = ask(next, now);
                state = next;
            }
        } finally {
            asking.set(null);
            mine.complete(next);
        }
        return next;
    }

    private State ask(State last, Instant now) {
        try {
            return new Known(
                    facilitator.supported(now.plus(within)),
                    new ConcurrentHashMap<>(),
                    clock.instant().plus(refresh));
        } catch (RuntimeException e) {
            LOG.warn("the facilitator could not be asked what it serves; asked again in {}: {}", RETRY, Fault.of(e));
            Instant again = clock.instant().plus(RETRY);
            return last instanceof Known known
                    ? new Known(known.answer(), known.completed(), again)
                    : new Unknown("could not be asked", again);
        }
    }

    private State await(CompletableFuture<State> other, State last) {
        try {
            return requireNonNull(other.get(within.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return last;
        } catch (ExecutionException | TimeoutException e) {
            return last;
        }
    }
}
