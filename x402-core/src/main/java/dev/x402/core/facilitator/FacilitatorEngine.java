package dev.x402.core.facilitator;

import static java.util.Objects.requireNonNull;

import dev.x402.core.Fault;
import dev.x402.core.Pause;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.SupportedKind;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentRow;
import dev.x402.spi.PaymentRow.State;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Settlement;
import dev.x402.spi.SettlementListener;
import dev.x402.spi.SettlementStore;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A facilitator that moves the money of a payment once, whatever is killed when.
 *
 * <p>Any number of engines may share a store. A caller of {@link #settle} drives its own payment; the completer drives
 * what nobody waits for and delivers events, so each store needs at least one engine with a completer.
 */
public final class FacilitatorEngine implements Facilitator {
    private static final Logger LOG = LoggerFactory.getLogger(FacilitatorEngine.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);
    private static final Duration LONGEST_POLL = Duration.ofMillis(160);
    /** A rail that is not looked at for so long is not waited for. */
    private static final Duration LONG_REST = Duration.ofSeconds(30);

    private final Plugins plugins;
    private final SettlementStore store;
    private final FacilitatorPolicy policy;
    private final Clock clock;
    private final Pause pause;
    private final Map<Network, Stage> answerAt;
    private final Duration drain;
    private final Binding bindings;
    private final Steps steps;
    private final Completer completer;
    private final AtomicInteger working = new AtomicInteger();
    private volatile boolean closing;

    private FacilitatorEngine(Builder builder, Clock given) {
        plugins = builder.plugins;
        store = builder.store;
        policy = builder.policy;
        clock = given;
        pause = builder.pause;
        answerAt = Map.copyOf(builder.answerAt);
        drain = builder.drain;
        bindings = new Binding(plugins);
        steps = new Steps(plugins, store, builder.owner, builder.leaseTtl, clock);
        completer = new Completer(
                store, steps, new Delivery(store, builder.listeners), clock, builder.leaseTtl.dividedBy(2));
    }

    /**
     * A builder of an engine.
     *
     * @param plugins closed by the caller, after the engine
     * @param store shared by all replicas
     * @param policy whose money may go where
     * @param owner name of this replica, for leases and logs
     */
    public static Builder builder(Plugins plugins, SettlementStore store, FacilitatorPolicy policy, String owner) {
        return new Builder(plugins, store, policy, owner);
    }

    @Override
    public SupportedResponse supported(Instant by) {
        List<SupportedKind> kinds = new ArrayList<>();
        Map<NetworkPattern, Set<String>> signers = new TreeMap<>();
        for (Kind kind : plugins.facilitatorKinds()) {
            try {
                SchemeFacilitator scheme = plugins.facilitator(kind);
                SupportedKind served = scheme.kind(kind.network());
                List<String> accounts = scheme.signers(kind.network());
                kinds.add(served);
                if (!accounts.isEmpty()) {
                    signers.computeIfAbsent(NetworkPattern.of(kind.network()), same -> new LinkedHashSet<>())
                            .addAll(accounts);
                }
            } catch (RuntimeException | LinkageError e) {
                failed(kind + " is not offered", e);
            }
        }
        Map<NetworkPattern, List<String>> listed = new TreeMap<>();
        signers.forEach((pattern, accounts) -> listed.put(pattern, List.copyOf(accounts)));
        List<String> extensions = List.copyOf(plugins.extensionFacilitators().keySet());
        return new SupportedResponse(kinds, List.of(), extensions, listed, Json.Obj.EMPTY);
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        Subject subject;
        Optional<PaymentRow> known;
        try {
            subject = subject(payment);
            if (subject.refused() != null) {
                return invalid(subject.refused());
            }
            known = store.find(subject.key(), subject.binding());
        } catch (RuntimeException | LinkageError e) {
            return unavailable("the payment could not be looked up", e);
        }
        if (known.isPresent()) {
            return judged(known.get(), subject);
        }
        Optional<Settlement.Rejected> refusal;
        try {
            refusal = policy.refuse(payment);
        } catch (RuntimeException | LinkageError e) {
            return unavailable("the policy failed", e);
        }
        return refusal.<Verification>map(FacilitatorEngine::invalid).orElseGet(() -> asked(payment, by));
    }

    @Override
    public Settlement settle(Payment payment, Instant by) {
        working.incrementAndGet();
        try {
            return settled(payment, by);
        } finally {
            working.decrementAndGet();
        }
    }

    /** Takes no new payment; waits for callers and completer until the drain time is over. */
    @Override
    public void close() {
        closing = true;
        Instant until = clock.instant().plus(drain);
        try {
            while (working.get() > 0 && clock.instant().isBefore(until)) {
                pause.pause(SHORTEST_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (working.get() > 0) {
            LOG.warn("closed with {} calls under way; what they began is in the store", working.get());
        }
    }

    /** One round of the completer; true: there is more to do at once. */
    boolean sweep() {
        return completer.sweep();
    }

    private Settlement settled(Payment payment, Instant by) {
        Subject subject;
        Optional<PaymentRow> known;
        try {
            subject = subject(payment);
            if (subject.refused() != null) {
                return subject.refused();
            }
            known = store.find(subject.key(), subject.binding());
        } catch (RuntimeException | LinkageError e) {
            failed("the payment could not be looked up", e);
            return pending(true, RETRY);
        }
        if (known.isPresent()) {
            return driven(known.get(), subject, by);
        }
        if (closing) {
            return pending(false, RETRY);
        }
        Admission admission = admitted(payment, subject, by);
        return admission.row() != null ? driven(admission.row(), subject, by) : admission.answer();
    }

    /** Verifies an unknown payment; claims it or leaves a tombstone. */
    private Admission admitted(Payment payment, Subject subject, Instant by) {
        Optional<Settlement.Rejected> refusal;
        try {
            refusal = policy.refuse(payment);
        } catch (RuntimeException | LinkageError e) {
            failed("the policy failed", e);
            return new Admission(pending(false, RETRY));
        }
        if (refusal.isEmpty()) {
            Verification verification = asked(payment, by);
            if (verification instanceof Verification.Unavailable unavailable) {
                return new Admission(pending(false, unavailable.retryAfter()));
            }
            if (verification instanceof Verification.Invalid invalid) {
                Settlement.Rejected rejected = new Settlement.Rejected(invalid.code(), invalid.message());
                if (!invalid.authentic()) {
                    return new Admission(rejected);
                }
                refusal = Optional.of(rejected);
            }
        }
        try {
            return new Admission(
                    refusal.isPresent()
                            ? store.reject(subject.key(), payment, subject.binding(), refusal.get())
                            : store.claim(subject.key(), payment, subject.binding()));
        } catch (RuntimeException e) {
            failed("the payment could not be written", e);
            return new Admission(pending(true, RETRY));
        }
    }

    /** Steps a written payment until it can be answered or the deadline is reached. */
    private Settlement driven(PaymentRow written, Subject subject, Instant by) {
        PaymentRow row = written;
        Duration retryAfter = RETRY;
        Duration poll = SHORTEST_WAIT;
        while (true) {
            Optional<Settlement> answer = answer(row, subject);
            if (answer.isPresent()) {
                return answer.get();
            }
            if (!clock.instant().isBefore(by)) {
                return new Settlement.Pending(reference(row), true, retryAfter);
            }
            Optional<Duration> again = stepped(row, by);
            Duration wait = longer(again.orElse(poll), SHORTEST_WAIT);
            if (again.isPresent()) {
                poll = SHORTEST_WAIT;
                retryAfter = wait;
            } else {
                poll = shorter(poll.multipliedBy(2), LONGEST_POLL);
            }
            row = found(subject).orElse(row);
            if (answer(row, subject).isPresent()) {
                continue;
            }
            Duration rest = again.isPresent() ? wait : rest(row);
            if (rest.compareTo(LONG_REST) > 0 && clock.instant().plus(rest).isAfter(by)) {
                return new Settlement.Pending(reference(row), true, rest);
            }
            if (!paused(wait, by)) {
                return new Settlement.Pending(reference(row), true, retryAfter);
            }
        }
    }

    /** How long nobody will look at the movement that carries this payment. */
    private Duration rest(PaymentRow row) {
        try {
            return row.movement().isPresent() ? store.rest(row.movement().getAsLong()) : Duration.ZERO;
        } catch (RuntimeException e) {
            failed("a movement could not be looked up", e);
            return Duration.ZERO;
        }
    }

    private Optional<Duration> stepped(PaymentRow row, Instant by) {
        try {
            return row.state() == State.QUEUED
                    ? steps.open(row, by)
                    : steps.look(row.movement().orElseThrow(), by);
        } catch (RuntimeException | LinkageError e) {
            failed("a step of a payment", e);
            return Optional.empty();
        }
    }

    private Optional<PaymentRow> found(Subject subject) {
        try {
            return store.find(subject.key(), subject.binding());
        } catch (RuntimeException e) {
            failed("a payment could not be looked up", e);
            return Optional.empty();
        }
    }

    /** Waits, but not past the deadline; false: interrupted. */
    private boolean paused(Duration wait, Instant by) {
        Duration left = Duration.between(clock.instant(), by);
        Duration time = shorter(wait, left);
        if (time.isNegative() || time.isZero()) {
            return true;
        }
        try {
            pause.pause(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What may be said of a row; empty: go on. */
    private Optional<Settlement> answer(PaymentRow row, Subject subject) {
        boolean terms = row.binding().equals(subject.binding());
        boolean proof = row.payment().payload().payload().equals(subject.proof());
        if (!terms || (!proof && row.state() != State.FAILED)) {
            return Optional.of(new Settlement.Rejected(
                    ErrorCode.DUPLICATE_SETTLEMENT,
                    "the same right to move money was used for a payment with another "
                            + (terms ? "proof" : "seller or other terms")));
        }
        return switch (row.state()) {
            case QUEUED, MOVING -> Optional.empty();
            case FINAL, FAILED, REVERSED -> row.last();
            case LANDED ->
                row.last()
                        .filter(last -> last instanceof Settlement.Settled settled
                                && settled.stage()
                                                .compareTo(answerAt(row.payment()
                                                        .requirements()
                                                        .network()))
                                        >= 0);
        };
    }

    private Stage answerAt(Network network) {
        Stage rail = plugins.network(network).map(RailNetwork::answerAt).orElse(Stage.SETTLED);
        Stage raised = answerAt.getOrDefault(network, rail);
        return raised.compareTo(rail) > 0 ? raised : rail;
    }

    private Verification judged(PaymentRow row, Subject subject) {
        Optional<Settlement> answer = answer(row, subject);
        if (answer.isEmpty()) {
            return new Verification.Unavailable(
                    ErrorCode.SETTLEMENT_PENDING, "the payment is being settled: ask settle for its outcome", RETRY);
        }
        if (answer.get() instanceof Settlement.Rejected rejected) {
            return invalid(rejected);
        }
        if (answer.get() instanceof Settlement.Reversed reversed) {
            return new Verification.Invalid(reversed.code(), "the payment was reversed", true);
        }
        return new Verification.Invalid(
                ErrorCode.DUPLICATE_SETTLEMENT, "the payment was settled: ask settle for its receipt", true);
    }

    private Verification asked(Payment payment, Instant by) {
        try {
            Optional<SchemeFacilitator> scheme = plugins.findFacilitator(payment.kind());
            return scheme.isPresent() ? scheme.get().verify(payment, by) : invalid(unsupported(payment.kind()));
        } catch (RuntimeException | LinkageError e) {
            return unavailable("the payment could not be verified", e);
        }
    }

    private Subject subject(Payment payment) {
        Optional<PaymentScheme> scheme = plugins.scheme(payment.kind());
        if (scheme.isEmpty()) {
            return Subject.refused(unsupported(payment.kind()));
        }
        try {
            return new Subject(
                    scheme.get().key(payment),
                    bindings.of(payment),
                    payment.payload().payload(),
                    null);
        } catch (MalformedMessageException e) {
            return Subject.refused(new Settlement.Rejected(e.code(), String.valueOf(e.getMessage())));
        }
    }

    private Settlement.Rejected unsupported(Kind kind) {
        boolean knows = plugins.facilitatorKinds().stream()
                .anyMatch(served -> served.network().equals(kind.network()));
        return new Settlement.Rejected(
                knows ? ErrorCode.UNSUPPORTED_SCHEME : ErrorCode.INVALID_NETWORK,
                kind + ": not switched on at this facilitator; ask /supported");
    }

    private static Verification.Invalid invalid(Settlement.Rejected rejected) {
        return new Verification.Invalid(rejected.code(), rejected.message(), false);
    }

    private static Verification.Unavailable unavailable(String what, Throwable e) {
        failed(what, e);
        return new Verification.Unavailable(what + "; ask again", RETRY);
    }

    private static Settlement.Pending pending(boolean started, Duration retryAfter) {
        return new Settlement.Pending(Optional.empty(), started, retryAfter);
    }

    private static Optional<String> reference(PaymentRow row) {
        Settlement last = row.last().orElse(null);
        if (last instanceof Settlement.Pending pending) {
            return pending.reference();
        }
        return last instanceof Settlement.Settled settled
                ? Optional.of(settled.receipt().reference())
                : Optional.empty();
    }

    private static void failed(String what, Throwable e) {
        if (e instanceof RailUnavailableException) {
            LOG.warn("{}: {}", what, Fault.of(e));
        } else {
            LOG.error("{}: {}", what, Fault.of(e));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private void complete(Duration every) {
        working.incrementAndGet();
        try {
            while (!closing) {
                if (!sweep()) {
                    pause.pause(every);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            working.decrementAndGet();
        }
    }

    /** What a payment is looked up by, or why it cannot be. */
    private record Subject(PaymentKey key, String binding, Json.Obj proof, Settlement.@Nullable Rejected refused) {
        private static final PaymentKey NONE = new PaymentKey("none");

        private static Subject refused(Settlement.Rejected why) {
            return new Subject(NONE, "", Json.Obj.EMPTY, why);
        }
    }

    /** The row that was written, or what to answer without one. */
    private record Admission(@Nullable PaymentRow row, Settlement answer) {
        private Admission(PaymentRow row) {
            this(row, pending(true, RETRY));
        }

        private Admission(Settlement answer) {
            this(null, answer);
        }
    }

    /** Collects what an engine needs; not safe for threads. */
    public static final class Builder {
        private final Plugins plugins;
        private final SettlementStore store;
        private final FacilitatorPolicy policy;
        private final String owner;
        private final List<SettlementListener> listeners = new ArrayList<>();
        private final Map<Network, Stage> answerAt = new HashMap<>();
        private @Nullable Clock clock;
        private Pause pause = Pause.ofThreads();
        private Duration leaseTtl = Duration.ofSeconds(30);
        private Duration drain = Duration.ofSeconds(10);
        private Duration every = Duration.ofMillis(250);
        private int workers;
        private @Nullable Executor executor;

        private Builder(Plugins plugins, SettlementStore store, FacilitatorPolicy policy, String owner) {
            this.plugins = requireNonNull(plugins, "plugins");
            this.store = requireNonNull(store, "store");
            this.policy = requireNonNull(policy, "policy");
            this.owner = requireNonNull(owner, "owner");
        }

        /** Sets the clock, which must be given. */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /** Sets how callers and completer wait; by parking the thread unless set. */
        public Builder pause(Pause pause) {
            this.pause = requireNonNull(pause, "pause");
            return this;
        }

        /** Adds a listener, which hears of settled, failed and reversed payments from the completer. */
        public Builder listener(SettlementListener listener) {
            listeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /** Raises the stage at which settlements of a network are answered; never lowers the rail's. */
        public Builder answerAt(Network network, Stage stage) {
            answerAt.put(requireNonNull(network, "network"), requireNonNull(stage, "stage"));
            return this;
        }

        /** Sets how long a lease holds, 1 second or more; 30 seconds unless set. No call of a plugin gets longer. */
        public Builder leaseTtl(Duration leaseTtl) {
            if (leaseTtl.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("leaseTtl: expected 1 second or more, saw " + leaseTtl);
            }
            this.leaseTtl = leaseTtl;
            return this;
        }

        /** Sets how long {@link #close} waits for work under way; 10 seconds unless set. */
        public Builder drain(Duration drain) {
            this.drain = requireNonNull(drain, "drain");
            return this;
        }

        /**
         * Runs a completer; without one, nobody finishes what its caller left.
         *
         * @param executor shut down by the caller, after the engine is closed
         * @param workers tasks that occupy the executor until the engine is closed, 1 or more
         * @param every how long a worker rests between rounds
         */
        public Builder completer(Executor executor, int workers, Duration every) {
            if (workers < 1) {
                throw new IllegalArgumentException("workers: expected 1 or more, saw " + workers);
            }
            this.executor = requireNonNull(executor, "executor");
            this.workers = workers;
            this.every = requireNonNull(every, "every");
            return this;
        }

        /** Runs a completer of two workers that rest a quarter of a second. */
        public Builder completer(Executor executor) {
            return completer(executor, 2, Duration.ofMillis(250));
        }

        /**
         * Builds the engine and starts its completer.
         *
         * @throws IllegalStateException when no clock was given
         */
        public FacilitatorEngine build() {
            if (clock == null) {
                throw new IllegalStateException("clock: expected one by clock(…), saw none");
            }
            FacilitatorEngine engine = new FacilitatorEngine(this, clock);
            if (executor != null) {
                for (int i = 0; i < workers; i++) {
                    executor.execute(() -> engine.complete(every));
                }
            }
            return engine;
        }
    }
}
