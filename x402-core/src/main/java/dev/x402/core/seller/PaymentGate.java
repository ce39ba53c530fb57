package dev.x402.core.seller;

import static java.util.Objects.requireNonNull;

import dev.x402.core.Pause;
import dev.x402.spi.Claim;
import dev.x402.spi.Claim.Charge;
import dev.x402.spi.ClaimStore;
import dev.x402.spi.Facilitator;
import dev.x402.spi.PaymentExtension.ServerSide;
import dev.x402.spi.Settlement;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The seller's side: decides what is to be done with a request for a priced resource.
 *
 * <p>Pure of any transport. An identical payment for the same request is never taken nor worked twice, and never loses
 * what was bought. Immutable but for what it remembers of the facilitator; safe for threads.
 */
public final class PaymentGate {
    private static final int POLLED_AT_ONCE = 256;

    private final Map<String, PricedRoute> routes;
    private final Steps steps;
    private final RecomputedQuotes quotes;
    private final Claims claims;
    private final Receipts receipts;
    private final Events events;
    private final Incidents incidents;
    private final Set<String> proofs;

    private PaymentGate(Builder builder, Parts parts) {
        Clock clock = parts.clock();
        Plugins plugins = builder.plugins;
        this.routes = Map.copyOf(builder.routes);
        this.events = new Events(builder.listeners, clock);
        this.incidents = new Incidents(clock);
        Watch watch = new Watch(plugins, clock, builder.watchEvery);
        Sides sides = new Sides(plugins.extensionServers());
        this.proofs = sides.proofs();
        this.receipts = new Receipts(sides, watch);
        this.claims = new Claims(parts.claims(), parts.pause(), builder.waitInFlight, builder.keepAtMost, watch, sides);
        Served served = new Served(parts.facilitator(), clock, builder.verifyWithin, builder.refreshSupported);
        SignedQuotes signed = builder.quotes == null ? null : new SignedQuotes(builder.quotes, clock);
        this.quotes = new RecomputedQuotes(plugins, new Pricing(plugins), served, signed, clock, builder.verifyWithin);
        Echo echo = new Echo(plugins, sides);
        Settling settling = new Settling(
                plugins,
                parts.facilitator(),
                incidents,
                clock,
                builder.settleWithin,
                watch,
                new Assurance(plugins, clock));
        Releasing releasing = new Releasing(receipts);
        this.steps = new Steps(
                this::identify,
                new Entering(sides),
                new Quoting(plugins, quotes, signed, echo, sides),
                new Refusing(sides, ServerSide::refuse, claims),
                new LookUp(plugins, claims, settling, releasing, builder.lease),
                new Verifying(echo, claims, parts.facilitator(), clock, builder.verifyWithin),
                new Confirming(plugins, claims),
                new Refusing(sides, ServerSide::reserve, claims),
                new Charging(claims, settling, releasing),
                settling,
                releasing);
    }

    /** Begins a gate with these plugins, which the caller closes. */
    public static Builder builder(Plugins plugins) {
        return new Builder(requireNonNull(plugins, "plugins"));
    }

    /**
     * Walks the request as far as the handler.
     *
     * <p>May wait: for the identical request in flight, for the facilitator, for the store.
     *
     * @throws IllegalArgumentException when the request names a route that this gate does not have
     */
    public Decision decide(ResourceRequest request) {
        requireNonNull(request, "request");
        if (!routes.containsKey(request.route())) {
            throw new IllegalArgumentException("route: expected one of "
                    + routes.keySet().stream().sorted().toList() + ", saw \"" + request.route()
                    + "\"; add it to the gate");
        }
        Walk walk = new Walk(request);
        return events.told(walk, decided(walk));
    }

    /** The ids of the routes that are priced. */
    public Set<String> routes() {
        return routes.keySet();
    }

    /** The names of the proofs that may let in without a payment; over HTTP those of headers. */
    public Set<String> proofs() {
        return proofs;
    }

    /**
     * Whether offers of this route depend on the request.
     *
     * <p>Then a transport names the body's digest and the caller also when no payment came: a quote is for them alone.
     */
    public boolean quotes(String route) {
        PricedRoute priced = routes.get(route);
        return priced != null && priced.isComputed();
    }

    /**
     * Asks the facilitator what it serves and completes the constant offers; for start-up and health.
     *
     * @return what keeps routes from being sold, in words; empty when every route is ready
     */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        routes.values().stream()
                .sorted(Comparator.comparing(PricedRoute::id))
                .forEach(route -> problems.addAll(quotes.problems(route)));
        return problems;
    }

    /**
     * Asks again for payments that are pending, and for money that may go back.
     *
     * <p>For a timer of the application. Pending payments are asked for whose payer did not come back.
     *
     * <p>Finds what any process wrote down that shares the store. Money that came without anybody fetching the response
     * is told as {@link GateEvent.What#UNCLAIMED} and stands in {@link #undelivered}; money that went back, as {@link
     * GateEvent.What#REVERSED}, so that what it bought is cancelled.
     *
     * @return how many of those that were due are still pending
     */
    public int poll() {
        int open = 0;
        for (Claim.Mine due : claims.due(POLLED_AT_ONCE)) {
            Walk walk = Walk.again(due);
            Settlement settlement = steps.settle().settle(walk);
            claims.note(walk, settlement, false);
            if (settlement instanceof Settlement.Pending
                    || Settling.isUnproven(
                            settlement, walk.charge().orElseThrow().payment())) {
                open++;
            } else if (!(settlement instanceof Settlement.Settled && isSettled(due))) {
                events.found(walk, settlement, receipts.of(walk, settlement));
            }
        }
        return open;
    }

    private static boolean isSettled(Claim.Mine due) {
        return due.charge().flatMap(Charge::known).orElse(null) instanceof Settlement.Settled;
    }

    /**
     * Renews the claims of the work that goes on in this process; for a timer, some three times in a {@link
     * Builder#lease}.
     *
     * <p>Work that is renewed may take longer than its lease: no identical request takes it over.
     *
     * @return how many claims were renewed
     */
    public int renew() {
        return claims.renew();
    }

    /**
     * Money that came and whose response nobody fetched, the oldest first: to be delivered by the payer's identical
     * request, or refunded.
     *
     * @param limit the most that are listed
     */
    public List<Charge> undelivered(int limit) {
        return claims.undelivered(limit);
    }

    private Decision decided(Walk walk) {
        try {
            for (Step step : steps.beforeWork()) {
                Optional<Decision> answer = step.take(walk);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
        } catch (RuntimeException | LinkageError e) {
            Decision broken = incidents.broken(walk, "deciding", e);
            claims.forget(walk);
            return broken;
        }
        return new Decision.Admit(new Admitted(walk, steps, claims, events, incidents));
    }

    private Optional<Decision> identify(Walk walk) {
        walk.identified(requireNonNull(routes.get(walk.request().route())));
        return Optional.empty();
    }

    private record Parts(Facilitator facilitator, ClaimStore claims, Clock clock, Pause pause) {}

    /** Collects a gate; not safe for threads. */
    public static final class Builder {
        private static final int DEFAULT_KEEP_AT_MOST = 64 * 1024;

        private final Plugins plugins;
        private final Map<String, PricedRoute> routes = new LinkedHashMap<>();
        private final List<GateListener> listeners = new ArrayList<>();
        private final List<String> twice = new ArrayList<>();
        private @Nullable Facilitator facilitator;
        private @Nullable ClaimStore claims;
        private @Nullable Clock clock;
        private @Nullable Pause pause;
        private @Nullable Duration lease;
        private @Nullable QuoteKeys quotes;
        private Duration waitInFlight = Duration.ofSeconds(2);
        private Duration verifyWithin = Duration.ofSeconds(5);
        private Duration settleWithin = Duration.ofSeconds(20);
        private Duration refreshSupported = Duration.ofMinutes(5);
        private Duration watchEvery = Duration.ofHours(6);
        private int keepAtMost = DEFAULT_KEEP_AT_MOST;

        private Builder(Plugins plugins) {
            this.plugins = plugins;
        }

        /** Adds a route; ids are unique. */
        public Builder route(PricedRoute route) {
            if (routes.putIfAbsent(route.id(), route) != null) {
                twice.add("route " + route.id() + " was added twice: give one of them another id");
            }
            return this;
        }

        /** Who verifies and settles; required, closed by the caller. */
        public Builder facilitator(Facilitator asked) {
            facilitator = requireNonNull(asked, "facilitator");
            return this;
        }

        /** Where claims are kept; required. All replicas of a seller share one. */
        public Builder claims(ClaimStore store) {
            claims = requireNonNull(store, "claims");
            return this;
        }

        /** The clock of deadlines; required. */
        public Builder clock(Clock source) {
            clock = requireNonNull(source, "clock");
            return this;
        }

        /** How time passes while the identical request is in flight; required. */
        public Builder pause(Pause way) {
            pause = requireNonNull(way, "pause");
            return this;
        }

        /** What quotes are signed with; required when a price, payee or asset is a function. */
        public Builder quotes(QuoteKeys keys) {
            quotes = requireNonNull(keys, "keys");
            return this;
        }

        /** Adds a listener. */
        public Builder listener(GateListener listener) {
            listeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * How long the work on one request may take before another may take it over.
         *
         * <p>As long as the offer's {@code maxTimeoutSeconds} unless set. Work that takes longer may be done twice for a
         * payment that is taken once, unless {@link PaymentGate#renew} is called meanwhile. Shorter, a crashed server is
         * forgotten sooner.
         */
        public Builder lease(Duration length) {
            lease = positive(length, "lease");
            return this;
        }

        /** How long an identical request waits for the one in flight; 2 s unless set, 0 for not at all. */
        public Builder waitInFlight(Duration length) {
            if (length.isNegative()) {
                throw new IllegalArgumentException("waitInFlight: expected 0 or more, saw " + length);
            }
            waitInFlight = length;
            return this;
        }

        /** The largest response that is kept for a repeat, in bytes; 64 KiB unless set. */
        public Builder keepAtMost(int bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("keepAtMost: expected 0 or more bytes, saw " + bytes);
            }
            keepAtMost = bytes;
            return this;
        }

        /** How long the facilitator may take to verify, or to say what it serves; 5 s unless set. */
        public Builder verifyWithin(Duration length) {
            verifyWithin = positive(length, "verifyWithin");
            return this;
        }

        /** How long a request waits for its settlement; 20 s unless set, below the time-outs of its clients. */
        public Builder settleWithin(Duration length) {
            settleWithin = positive(length, "settleWithin");
            return this;
        }

        /**
         * How often {@link PaymentGate#poll} asks after settled money until it is final; 6 h unless set.
         *
         * <p>Where the rail's reversal window is no longer than this, money is not asked after.
         */
        public Builder watchEvery(Duration length) {
            watchEvery = positive(length, "watchEvery");
            return this;
        }

        /** How long an answer about what is served is used; 5 min unless set. */
        public Builder refreshSupported(Duration length) {
            refreshSupported = positive(length, "refreshSupported");
            return this;
        }

        /**
         * The gate.
         *
         * @throws GateConfigurationException naming every problem that can be seen without I/O
         */
        public PaymentGate build() {
            List<String> problems = new ArrayList<>(twice);
            if (facilitator == null) {
                problems.add("facilitator: expected one, saw none; add facilitator(…)");
            }
            if (claims == null) {
                problems.add("claims: expected a store, saw none; add claims(…)");
            }
            if (clock == null) {
                problems.add("clock: expected one, saw none; add clock(…)");
            }
            if (pause == null) {
                problems.add("pause: expected one, saw none; add pause(…)");
            }
            problems.addAll(new RouteCheck(plugins, quotes != null).problems(routes.values()));
            if (!problems.isEmpty() || facilitator == null || claims == null || clock == null || pause == null) {
                throw new GateConfigurationException(problems);
            }
            return new PaymentGate(this, new Parts(facilitator, claims, clock, pause));
        }

        private static Duration positive(Duration length, String name) {
            if (length.isNegative() || length.isZero()) {
                throw new IllegalArgumentException(name + ": expected more than 0, saw " + length);
            }
            return length;
        }
    }
}
