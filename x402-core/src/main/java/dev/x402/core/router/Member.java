package dev.x402.core.router;

import static java.util.Objects.requireNonNull;

import dev.failsafe.Bulkhead;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerBuilder;
import dev.x402.core.Fault;
import dev.x402.core.router.Deadlines.Answer;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One facilitator at work: what it serves, how it answers, and whether it is asked at all. */
final class Member {
    static final Duration RETRY = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Member.class);
    private static final Duration LOAD_WITHIN = Duration.ofSeconds(5);
    private static final Duration LOAD_AGAIN = Duration.ofSeconds(5);

    private final RoutedFacilitator config;
    private final int place;
    private final Plugins plugins;
    private final Terms terms;
    private final Deadlines deadlines;
    private final Belief belief;
    private final Bulkhead<Object> bulkhead;
    private final Map<Network, CircuitBreaker<Object>> breakers = new ConcurrentHashMap<>();

    private final AtomicReference<Measured> measured = new AtomicReference<>(Measured.NOTHING);
    private final AtomicBoolean asking = new AtomicBoolean();
    private final CompletableFuture<Boolean> first = new CompletableFuture<>();
    private volatile Served served = Served.NOTHING;
    private volatile Instant askAgain = Instant.MIN;

    Member(RoutedFacilitator config, int place, Plugins plugins, Terms terms) {
        this.config = config;
        this.place = place;
        this.plugins = plugins;
        this.terms = terms;
        this.deadlines = new Deadlines(terms.executor(), terms.clock());
        this.belief = new Belief(plugins);
        this.bulkhead = Bulkhead.of(config.concurrent());
    }

    String name() {
        return config.name();
    }

    /** In the order of adding. */
    int place() {
        return place;
    }

    RoutedFacilitator config() {
        return config;
    }

    Measured measured() {
        return requireNonNull(measured.get());
    }

    // What it serves

    /** Done when it was asked once, whatever came of it. */
    CompletableFuture<Boolean> first() {
        return first;
    }

    /** Asks on another thread what is served, when it is time. */
    void refresh() {
        if (terms.clock().instant().isBefore(askAgain) || !asking.compareAndSet(false, true)) {
            return;
        }
        try {
            terms.executor().execute(this::load);
        } catch (RejectedExecutionException e) {
            loaded(LOAD_AGAIN);
        }
    }

    private void load() {
        Duration again = LOAD_AGAIN;
        try {
            Instant begun = terms.clock().instant();
            SupportedResponse answer = usable(config.facilitator().supported(begun.plus(LOAD_WITHIN)));
            Instant now = terms.clock().instant();
            measured.updateAndGet(before -> before.answered(Duration.between(begun, now)));
            served = served.then(answer, now, terms.honour());
            again = terms.refresh();
        } catch (RuntimeException | LinkageError e) {
            measured.updateAndGet(Measured::failed);
            LOG.warn("facilitator {} did not say what it serves; asked again soon: {}", name(), Fault.of(e));
        } finally {
            loaded(again);
        }
    }

    private void loaded(Duration again) {
        long most = again.toMillis() / 4;
        askAgain =
                terms.clock().instant().plus(again).minusMillis(terms.random().nextLong(most + 1));
        asking.set(false);
        first.complete(true);
    }

    /** The kinds that the application knows and lets it serve, each once. */
    private SupportedResponse usable(SupportedResponse answer) {
        Map<Kind, SupportedKind> kinds = new LinkedHashMap<>();
        for (SupportedKind kind : answer.kinds()) {
            if (config.mayServe(kind.network()) && plugins.scheme(kind.kind()).isPresent()) {
                kinds.putIfAbsent(kind.kind(), kind);
            }
        }
        return new SupportedResponse(
                List.copyOf(kinds.values()), List.of(), answer.extensions(), answer.signers(), answer.unknown());
    }

    /** Its last answer, while that is not too old. */
    Optional<SupportedResponse> fresh() {
        Served last = served;
        return isFresh(last) ? Optional.of(last.answer()) : Optional.empty();
    }

    /** The kind that an offer made now is completed with. */
    Optional<SupportedKind> offered(Kind kind) {
        Served last = served;
        return isFresh(last) ? last.find(kind) : Optional.empty();
    }

    /** Whether an offer with these terms can have been made for it. */
    boolean serves(PaymentRequirements offer) {
        return config.mayServe(offer.network())
                && served.made(offer, terms.clock().instant(), terms.honour());
    }

    /** Why it is not offered, in words. */
    String whyNot(Kind kind) {
        Served last = served;
        if (!config.mayServe(kind.network())) {
            return "the application keeps it from " + kind.network();
        }
        if (last.equals(Served.NOTHING)) {
            return "it never said what it serves";
        }
        return isFresh(last) ? "it does not serve " + kind : "it was last heard at " + last.heard();
    }

    private boolean isFresh(Served last) {
        return last.heardSince(terms.clock().instant().minus(terms.forget()));
    }

    // Whether it is asked

    /** Whether a call would be let through now; not a promise. */
    boolean ready(Network network) {
        CircuitBreaker<Object> breaker = breaker(network);
        return !breaker.isOpen() || breaker.getRemainingDelay().isZero();
    }

    private boolean enter(Network network) {
        if (!bulkhead.tryAcquirePermit()) {
            return false;
        }
        if (!breaker(network).tryAcquirePermit()) {
            bulkhead.releasePermit();
            return false;
        }
        return true;
    }

    private void went(Network network, boolean well, Instant begun) {
        if (well) {
            breaker(network).recordSuccess();
            Duration time = Duration.between(begun, terms.clock().instant());
            measured.updateAndGet(before -> before.answered(time));
        } else {
            breaker(network).recordFailure();
            measured.updateAndGet(Measured::failed);
        }
    }

    private CircuitBreaker<Object> breaker(Network network) {
        return breakers.computeIfAbsent(network, same -> {
            CircuitBreakerBuilder<Object> builder = CircuitBreaker.builder();
            return builder.withFailureThreshold(terms.failures(), terms.of())
                    .withDelay(terms.open())
                    .onOpen(event -> LOG.warn("facilitator {} is left alone on {} for a while", name(), network))
                    .build();
        });
    }

    // Asking

    Verification verify(Payment payment, Instant by) {
        Network network = payment.requirements().network();
        if (!enter(network)) {
            return unavailable("no facilitator that serves these terms can be asked now");
        }
        Instant begun = terms.clock().instant();
        Answer<Verification> answer =
                deadlines.call(() -> config.facilitator().verify(payment, by), bulkhead::releasePermit, by, true);
        if (!(answer instanceof Answer.Came<Verification> came)) {
            went(network, false, begun);
            LOG.warn("facilitator {} did not verify: {}", name(), why(answer));
            return unavailable("the facilitator could not be asked");
        }
        Optional<String> doubt = belief.doubt(payment, came.value());
        if (doubt.isPresent()) {
            went(network, false, begun);
            LOG.warn("facilitator {} is not believed: it {}", name(), doubt.get());
            return new Verification.Unavailable(
                    ErrorCode.FACILITATOR_RESPONSE_INVALID, "the facilitator's answer cannot be believed", RETRY);
        }
        went(network, !(came.value() instanceof Verification.Unavailable not && isFailure(not.code())), begun);
        return came.value();
    }

    /** What a payer's payload may bring about on purpose says nothing of the facilitator. */
    private static boolean isFailure(ErrorCode code) {
        return code.equals(ErrorCode.FACILITATOR_UNAVAILABLE) || code.equals(ErrorCode.FACILITATOR_RESPONSE_INVALID);
    }

    /**
     * Asks to settle; not started only when nothing can have reached it.
     *
     * @param payer that it verified; empty when it is not known
     * @param again whether the payment was asked before: then an open outcome says nothing of how it answers
     */
    Settlement settle(Payment payment, String payer, boolean again, Instant by) {
        Network network = payment.requirements().network();
        if (!enter(network)) {
            return pending(false);
        }
        Instant begun = terms.clock().instant();
        Answer<Settlement> answer =
                deadlines.call(() -> config.facilitator().settle(payment, by), bulkhead::releasePermit, by, false);
        if (!(answer instanceof Answer.Came<Settlement> came)) {
            went(network, false, begun);
            LOG.warn("facilitator {} did not say what came of a settlement: {}", name(), why(answer));
            return pending(!(answer instanceof Answer.NotBegun));
        }
        Optional<String> doubt = belief.doubt(payment, came.value(), payer);
        if (doubt.isPresent()) {
            went(network, false, begun);
            LOG.error("facilitator {} is not believed: it says settled and {}", name(), doubt.get());
            return pending(true);
        }
        boolean silent = came.value() instanceof Settlement.Pending open
                && (!open.started() || (!again && open.reference().isEmpty()));
        went(network, !silent, begun);
        return came.value();
    }

    private static String why(Answer<?> answer) {
        return answer instanceof Answer.Unknown<?> unknown ? unknown.why() : ((Answer.NotBegun<?>) answer).why();
    }

    static Verification.Unavailable unavailable(String message) {
        return new Verification.Unavailable(message, RETRY);
    }

    static Settlement.Pending pending(boolean started) {
        return new Settlement.Pending(Optional.empty(), started, RETRY);
    }
}
