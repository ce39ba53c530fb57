package dev.x402.core.router;

import static java.util.Objects.requireNonNull;

import dev.x402.core.Fault;
import dev.x402.core.router.RoutingExplanation.Standing;
import dev.x402.core.router.RoutingExplanation.Verdict;
import dev.x402.spec.AssetId;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.RouteStore;
import dev.x402.spi.RouteStore.Route;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several facilitators behind one.
 *
 * <p>A policy chooses when an offer is made ({@link #kindFor}); the offer carries what the chosen one needs and no mark
 * of it. A payment goes to the one whose offer it accepts, and to another that serves the very same terms only as long as
 * nobody was asked to settle it. Before that is asked, the payment is bound in the {@link RouteStore}; from then on it
 * goes to that one alone, and while that one does not answer the payment is pending. What is served is asked on the
 * executor's threads, and again on use when it is time. Holds no lock while it waits. Safe for threads.
 */
public final class FacilitatorRouter implements Facilitator {
    private static final Logger LOG = LoggerFactory.getLogger(FacilitatorRouter.class);
    private static final int LANES = 1_024;

    private final Plugins plugins;
    private final Clock clock;
    private final RoutingPolicy policy;
    private final RouteStore routes;
    private final Duration verifyWithin;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<Lane, String> made = new ConcurrentHashMap<>();
    private final Verified verified = new Verified();
    private final SecondOpinion second;
    private final boolean remembers;
    private volatile boolean started;
    private volatile boolean closed;

    private FacilitatorRouter(Builder builder, Terms terms, RouteStore routes) {
        this.plugins = builder.plugins;
        this.clock = terms.clock();
        this.policy = builder.policy;
        this.routes = routes;
        this.verifyWithin = builder.verifyWithin;
        this.remembers = builder.routes != null
                && builder.members.values().stream()
                        .allMatch(member -> member.facilitator().remembers());
        builder.members.forEach(
                (name, config) -> members.put(name, new Member(config, members.size(), plugins, terms)));
        this.second = new SecondOpinion(plugins, members.values(), clock, verifyWithin);
    }

    /** Begins a router with the schemes that name its payments; plugins are closed by the caller. */
    public static Builder builder(Plugins plugins) {
        return new Builder(requireNonNull(plugins, "plugins"));
    }

    /**
     * The kinds of all that answer, each once, as the policy prefers now.
     *
     * <p>Waits for the facilitators the first time; later it answers at once and asks on the side.
     */
    @Override
    public SupportedResponse supported(Instant by) {
        refresh();
        if (!started) {
            await(by);
            started = true;
        }
        Map<Kind, SupportedKind> kinds = new LinkedHashMap<>();
        Set<String> extensions = new LinkedHashSet<>();
        Map<NetworkPattern, Set<String>> signers = new TreeMap<>();
        for (Member member : members.values()) {
            member.fresh().ifPresent(answer -> {
                extensions.addAll(answer.extensions());
                answer.signers()
                        .forEach((network, accounts) -> signers.computeIfAbsent(network, same -> new LinkedHashSet<>())
                                .addAll(accounts));
                for (SupportedKind kind : answer.kinds()) {
                    kinds.computeIfAbsent(
                            kind.kind(),
                            same -> candidates(Ask.of(same)).stream()
                                    .findFirst()
                                    .map(Candidate::kind)
                                    .orElse(kind));
                }
            });
        }
        if (kinds.isEmpty()) {
            throw new RailUnavailableException(
                    "facilitators: none of " + members.keySet() + " says what it serves, or serves what is known here");
        }
        Map<NetworkPattern, List<String>> listed = new TreeMap<>();
        signers.forEach((network, accounts) -> listed.put(network, List.copyOf(accounts)));
        return new SupportedResponse(
                List.copyOf(kinds.values()), List.of(), List.copyOf(extensions), listed, Json.Obj.EMPTY);
    }

    /** Chooses who will settle an offer, by the policy and by what is known now. */
    @Override
    public Optional<SupportedKind> kindFor(PaymentRequirements draft, SupportedResponse served) {
        refresh();
        Optional<Candidate> chosen = candidates(Ask.of(draft)).stream().findFirst();
        chosen.ifPresent(
                candidate -> remember(Lane.of(draft), candidate.member().name()));
        return chosen.map(Candidate::kind);
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        refresh();
        Name name = name(payment);
        if (name.key() == null) {
            return name.isMalformed()
                    ? new Verification.Invalid(ErrorCode.INVALID_PAYLOAD, name.why(), false)
                    : Member.unavailable(name.why());
        }
        Optional<String> bound;
        try {
            bound = routes.find(name.key());
        } catch (RuntimeException e) {
            LOG.error("routes: a payment could not be looked up: {}", Fault.of(e));
            return Member.unavailable("the payment could not be looked up; ask again");
        }
        if (closed) {
            return Member.unavailable("closed");
        }
        return bound.isPresent()
                ? verifiedBy(line(bound.get()), name.key(), payment, by)
                : verifiedBy(before(name.key(), payment), name.key(), payment, by);
    }

    private Verification verifiedBy(List<Member> line, PaymentKey key, Payment payment, Instant by) {
        Verification last = Member.unavailable("no facilitator serves the terms of this offer now");
        int left = line.size();
        for (Member member : line) {
            left--;
            Instant share = clock.instant().plus(verifyWithin);
            last = member.verify(payment, left == 0 || share.isAfter(by) ? by : share);
            if (last instanceof Verification.Valid && member.config().isDoubted()) {
                last = second.judge(payment, by);
            }
            if (last instanceof Verification.Valid valid) {
                verified.put(key, new Verified.By(member.name(), valid.payer()));
            }
            if (!(last instanceof Verification.Unavailable) || !clock.instant().isBefore(by)) {
                return last;
            }
        }
        return last;
    }

    @Override
    public Settlement settle(Payment payment, Instant by) {
        refresh();
        Name name = name(payment);
        if (name.key() == null) {
            return name.isMalformed()
                    ? new Settlement.Rejected(ErrorCode.INVALID_PAYLOAD, name.why())
                    : Member.pending(true);
        }
        try {
            Optional<String> bound = routes.find(name.key());
            return bound.isPresent()
                    ? settledBy(bound.get(), name.key(), payment, by)
                    : settledByFirst(name.key(), payment, by);
        } catch (RuntimeException e) {
            LOG.error("routes: a payment could not be bound: {}", Fault.of(e));
            return Member.pending(true);
        }
    }

    /** Nobody was asked yet: the first that takes it is bound to it. */
    private Settlement settledByFirst(PaymentKey key, Payment payment, Instant by) {
        if (closed) {
            return Member.pending(false);
        }
        Settlement last = Member.pending(false);
        List<Member> line = before(key, payment);
        if (line.isEmpty()) {
            return Member.pending(true);
        }
        for (Member member : line) {
            if (!member.ready(payment.requirements().network())) {
                continue;
            }
            Route route = routes.bind(key, member.name());
            if (!route.facilitator().equals(member.name())) {
                return settledBy(route.facilitator(), key, payment, by);
            }
            last = asked(member, route, key, payment, by);
            if (!(last instanceof Settlement.Pending pending)
                    || pending.started()
                    || !clock.instant().isBefore(by)) {
                return last;
            }
        }
        return last;
    }

    /** Somebody was asked: that one alone knows what came of it. */
    private Settlement settledBy(String bound, PaymentKey key, Payment payment, Instant by) {
        Route route = routes.bind(key, bound);
        Member member = members.get(route.facilitator());
        if (member == null) {
            LOG.error(
                    "a payment is bound to facilitator {}, which this router does not have; add it again",
                    route.facilitator());
            return Member.pending(true);
        }
        return asked(member, route, key, payment, by);
    }

    private Settlement asked(Member member, Route route, PaymentKey key, Payment payment, Instant by) {
        String payer = verified.find(key).map(Verified.By::payer).orElse("");
        boolean again = route.askings() > 1;
        Settlement settlement = member.settle(payment, payer, again, by);
        if (settlement instanceof Settlement.Settled settled
                && member.config().isDoubted()
                && !second.isSpent(payment, by)) {
            LOG.error(
                    "facilitator {} says settled, and no other one finds the payment spent: {}",
                    member.name(),
                    settled.receipt().reference());
            return new Settlement.Pending(Optional.of(settled.receipt().reference()), true, Member.RETRY);
        }
        if (!(settlement instanceof Settlement.Pending pending) || pending.started()) {
            return settlement;
        }
        boolean reachedNobody = !again && routes.release(key, member.name());
        return reachedNobody ? pending : new Settlement.Pending(pending.reference(), true, pending.retryAfter());
    }

    /** Whether all of its facilitators do, and its routes outlive this process. */
    @Override
    public boolean remembers() {
        return remembers;
    }

    /** Takes no new payment; what was asked before is still asked about. The facilitators are closed by the caller. */
    @Override
    public void close() {
        closed = true;
    }

    /** Which facilitator an offer would be made for now, and why. */
    public RoutingExplanation explain(PaymentRequirements draft) {
        Ask ask = Ask.of(draft);
        List<Verdict> verdicts = new ArrayList<>();
        Set<String> told = new LinkedHashSet<>();
        for (Candidate candidate : candidates(ask)) {
            told.add(candidate.member().name());
            verdicts.add(new Verdict(
                    candidate.member().name(),
                    verdicts.isEmpty() ? Standing.CHOSEN : Standing.NEXT,
                    candidate.facts() + (candidate.ready() ? "" : "; it is left alone for a while")));
        }
        members.values().stream()
                .filter(member -> !told.contains(member.name()))
                .forEach(member -> verdicts.add(new Verdict(member.name(), Standing.OUT, member.whyNot(ask.kind()))));
        return new RoutingExplanation(ask.toString(), policy.toString(), verdicts);
    }

    /** Those for whom an offer can be made now, the preferred first. */
    private List<Candidate> candidates(Ask ask) {
        List<Candidate> candidates = new ArrayList<>();
        for (Member member : members.values()) {
            member.offered(ask.kind())
                    .ifPresent(kind -> candidates.add(new Candidate(
                            member,
                            kind,
                            facts(member, ask),
                            member.ready(ask.kind().network()))));
        }
        candidates.sort(Comparator.comparing(Candidate::ready)
                .reversed()
                .thenComparing(Candidate::facts, policy.comparator(ask)));
        return candidates;
    }

    /** Those that a payment may go to before anybody was asked to settle it: all serve its very terms. */
    private List<Member> before(PaymentKey key, Payment payment) {
        PaymentRequirements offer = payment.requirements();
        Ask ask = Ask.of(offer);
        String judge = verified.find(key).map(Verified.By::facilitator).orElse("");
        String chosen = made.getOrDefault(Lane.of(offer), "");
        Comparator<Member> order = Comparator.comparing((Member member) -> !member.ready(offer.network()))
                .thenComparing(member -> !member.name().equals(judge))
                .thenComparing(member -> !member.name().equals(chosen))
                .thenComparing(member -> facts(member, ask), policy.comparator(ask));
        return members.values().stream()
                .filter(member -> member.serves(offer))
                .sorted(order)
                .toList();
    }

    private List<Member> line(String bound) {
        Member member = members.get(bound);
        return member == null ? List.of() : List.of(member);
    }

    private Facts facts(Member member, Ask ask) {
        Measured measured = member.measured();
        return new Facts(
                member.name(),
                member.place(),
                member.config()
                        .fee()
                        .flatMap(fee -> ask.asset()
                                .flatMap(plugins::asset)
                                .flatMap(asset -> ask.amount().flatMap(amount -> fee.of(asset, amount)))),
                measured.micros() < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(measured.micros() * 1_000)),
                measured.health());
    }

    private void remember(Lane lane, String name) {
        if (made.size() < LANES || made.containsKey(lane)) {
            made.put(lane, name);
        }
    }

    private void refresh() {
        if (!closed) {
            members.values().forEach(Member::refresh);
        }
    }

    private void await(Instant by) {
        CompletableFuture<?> all = CompletableFuture.allOf(
                members.values().stream().map(Member::first).toArray(CompletableFuture<?>[]::new));
        try {
            all.get(Math.max(0, Duration.between(clock.instant(), by).toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("not every facilitator said in time what it serves; the others are used");
        }
    }

    private Name name(Payment payment) {
        Optional<PaymentScheme> scheme = plugins.scheme(payment.kind());
        if (scheme.isEmpty()) {
            return new Name(null, false, "no plugin names payments by " + payment.kind());
        }
        try {
            return new Name(scheme.get().key(payment), false, "");
        } catch (MalformedMessageException e) {
            return new Name(null, true, String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            LOG.error("the scheme of {} failed to name a payment: {}", payment.kind(), Fault.of(e));
            return new Name(null, false, "the payment could not be named");
        }
    }

    /** The key of a payment, or why it has none. */
    private record Name(@Nullable PaymentKey key, boolean isMalformed, String why) {}

    private record Candidate(Member member, SupportedKind kind, Facts facts, boolean ready) {}

    /** What an offer was last made for. */
    private record Lane(Kind kind, AssetId asset) {
        static Lane of(PaymentRequirements offer) {
            return new Lane(offer.kind(), offer.assetId());
        }
    }

    /** Collects a router; not safe for threads. */
    public static final class Builder {
        private final Plugins plugins;
        private final Map<String, RoutedFacilitator> members = new LinkedHashMap<>();
        private final List<String> problems = new ArrayList<>();
        private RoutingPolicy policy = RoutingPolicy.inOrder();
        private @Nullable RouteStore routes;
        private @Nullable Clock clock;
        private @Nullable RandomGenerator random;
        private @Nullable Executor executor;
        private Duration refresh = Duration.ofMinutes(1);
        private Duration forget = Duration.ofMinutes(10);
        private Duration honour = Duration.ofHours(1);
        private Duration verifyWithin = Duration.ofSeconds(2);
        private Duration open = Duration.ofSeconds(5);
        private int failures = 5;
        private int of = 10;

        private Builder(Plugins plugins) {
            this.plugins = plugins;
        }

        /** Adds a facilitator; names are unique, and without a policy the order is the preference. */
        public Builder add(RoutedFacilitator facilitator) {
            if (members.putIfAbsent(facilitator.name(), facilitator) != null) {
                problems.add("facilitator " + facilitator.name() + " was added twice: give one of them another name");
            }
            return this;
        }

        /** Who is preferred; in the order of adding unless set. */
        public Builder policy(RoutingPolicy rules) {
            policy = requireNonNull(rules, "policy");
            return this;
        }

        /**
         * Where payments are bound: durable and shared by all replicas of the seller.
         *
         * <p>Memory of this process unless set: after a restart a payment may then go to another facilitator.
         */
        public Builder routes(RouteStore store) {
            routes = requireNonNull(store, "routes");
            return this;
        }

        /** The clock of deadlines and measures; required. */
        public Builder clock(Clock source) {
            clock = requireNonNull(source, "clock");
            return this;
        }

        /** What spreads the times of refreshing; required, safe for threads. */
        public Builder random(RandomGenerator source) {
            random = requireNonNull(source, "random");
            return this;
        }

        /** Whose threads ask the facilitators; required, closed by the caller. */
        public Builder executor(Executor threads) {
            executor = requireNonNull(threads, "executor");
            return this;
        }

        /** How long an answer about what is served is used, less up to a quarter; 1 min unless set. */
        public Builder refresh(Duration length) {
            refresh = positive(length, "refresh");
            return this;
        }

        /** How long kinds are still offered after a facilitator's last answer; 10 min unless set. */
        public Builder forget(Duration length) {
            forget = positive(length, "forget");
            return this;
        }

        /** How long offers made under kinds that changed since are routed; 1 h unless set. */
        public Builder honour(Duration length) {
            honour = positive(length, "honour");
            return this;
        }

        /** How long one facilitator may take to verify before the next is asked; 2 s unless set. */
        public Builder verifyWithin(Duration length) {
            verifyWithin = positive(length, "verifyWithin");
            return this;
        }

        /**
         * When a facilitator is left alone on a network; after 5 failures in 10 calls for 5 s unless set.
         *
         * @param failed calls that make it so
         * @param calls that are counted, the last ones
         * @param length how long, until one call tries again
         */
        public Builder breaker(int failed, int calls, Duration length) {
            if (failed < 1 || failed > calls) {
                throw new IllegalArgumentException(
                        "breaker: expected 1 failure or more of as many calls or more, saw " + failed + " of " + calls);
            }
            failures = failed;
            of = calls;
            open = positive(length, "breaker");
            return this;
        }

        /**
         * The router; nothing is asked yet.
         *
         * @throws RouterConfigurationException naming every problem
         */
        public FacilitatorRouter build() {
            List<String> found = new ArrayList<>(problems);
            if (members.isEmpty()) {
                found.add("facilitators: expected at least one, saw none; add(…) one");
            }
            if (members.values().stream().anyMatch(RoutedFacilitator::isDoubted)
                    && members.values().stream().allMatch(RoutedFacilitator::isDoubted)) {
                found.add(
                        "doubted: expected one facilitator that is not, saw none; nobody could give a second opinion");
            }
            for (String name : policy.names()) {
                if (!members.containsKey(name)) {
                    found.add("policy: expected one of " + members.keySet() + ", saw \"" + name + "\"");
                }
            }
            if (clock == null) {
                found.add("clock: expected one, saw none; add clock(…)");
            }
            if (random == null) {
                found.add("random: expected a source, saw none; add random(…)");
            }
            if (executor == null) {
                found.add("executor: expected one, saw none; add executor(…)");
            }
            if (!found.isEmpty() || clock == null || random == null || executor == null) {
                throw new RouterConfigurationException(found);
            }
            Terms terms = new Terms(clock, random, executor, refresh, forget, honour, failures, of, open);
            return new FacilitatorRouter(this, terms, routes == null ? InMemoryRouteStore.of(clock) : routes);
        }

        private static Duration positive(Duration length, String name) {
            if (length.isNegative() || length.isZero()) {
                throw new IllegalArgumentException(name + ": expected more than 0, saw " + length);
            }
            return length;
        }
    }
}
