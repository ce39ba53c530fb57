package dev.x402.bazaar;

import static java.util.Objects.requireNonNull;

import dev.x402.bazaar.Candidates.Candidate;
import dev.x402.bazaar.Findings.Finding;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.ResourceInfo;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists what origins prove to sell, and looks again; safe for threads.
 *
 * <p>The proof: the origin answers an unpaid request with a 402 for that resource which declares it. What a payment says
 * only names where to look, and the payee whom the 402 must name. Call {@link #lap} every few seconds; it has no threads
 * of its own.
 */
public final class Prober {
    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);
    private static final int AT_ONCE = 64;

    private final ListingStore store;
    private final Clock clock;
    private final Target.Reach reach;
    private final Probe probe;
    private final Executor executor;
    private final Duration every;
    private final Duration staleAfter;
    private final Duration forgetAfter;
    private final Candidates candidates = new Candidates();
    private final Findings findings = new Findings();

    private Prober(Builder builder) {
        this.store = builder.store;
        this.clock = builder.clock;
        this.reach = builder.reach;
        this.executor = builder.executor;
        this.every = builder.every;
        this.staleAfter = builder.staleAfter;
        this.forgetAfter = builder.forgetAfter;
        this.probe = new Probe(builder.wire == null ? builder.wire() : builder.wire);
    }

    /** Begins a prober that writes what is proven into this store. */
    public static Builder builder(ListingStore store, Clock clock) {
        return new Builder(requireNonNull(store, "store"), requireNonNull(clock, "clock"));
    }

    /** What became of a wish to be listed. */
    public sealed interface Listed {
        /**
         * It was proven and is listed.
         *
         * @param listing as it stands now
         */
        record Added(Listing listing) implements Listed {}

        /**
         * It is not listed.
         *
         * @param reason for the seller: where, what was expected and what was seen
         */
        record Rejected(String reason) implements Listed {}
    }

    /**
     * Lists the resource at this address on its own proof, without a payment.
     *
     * <p>Asks the address now: seconds of I/O. Bound who may call it and how often.
     */
    public Listed list(String url) {
        requireNonNull(url, "url");
        Target target;
        try {
            target = Target.parse("/url", url, reach);
        } catch (MalformedMessageException e) {
            return new Listed.Rejected(String.valueOf(e.getMessage()));
        }
        Probe.Seen seen = probe.look(Probe.Subject.unknown(target));
        return seen instanceof Probe.Seen.Sold sold
                ? put(target, sold, Listing.Source.ADDRESS)
                : new Listed.Rejected(why(seen));
    }

    /**
     * Probes what payments named and what is due, up to 64 of each.
     *
     * @return how many were looked at; 64 or more: there may be more to do at once
     */
    public int lap() {
        Map<String, List<Runnable>> byOrigin = new LinkedHashMap<>();
        int count = 0;
        for (Candidate candidate : candidates.take(AT_ONCE)) {
            byOrigin.computeIfAbsent(candidate.subject().target().origin(), origin -> new ArrayList<>())
                    .add(() -> judge(candidate));
            count++;
        }
        for (Listing listing : store.due(clock.instant(), AT_ONCE)) {
            byOrigin.computeIfAbsent(originOf(listing), origin -> new ArrayList<>())
                    .add(() -> again(listing));
            count++;
        }
        CompletableFuture.allOf(byOrigin.values().stream()
                        .map(works -> CompletableFuture.runAsync(() -> works.forEach(Prober::guarded), executor))
                        .toArray(CompletableFuture[]::new))
                .join();
        return count;
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error(
                    "a probe failed: {}; it is made again when it is due",
                    e.getClass().getName());
        }
    }

    private static String originOf(Listing listing) {
        int path = listing.url().indexOf('/', "https://".length());
        return path < 0 ? listing.url() : listing.url().substring(0, path);
    }

    /** Where strangers' addresses may lead. */
    Target.Reach reach() {
        return reach;
    }

    /** What is known of a candidate, from a probe not long ago. */
    Optional<Finding> found(String id) {
        return findings.find(id, clock.instant());
    }

    /** Takes in what a payment named; false when there is no room. */
    boolean offer(Candidate candidate) {
        return candidates.offer(candidate);
    }

    private void judge(Candidate candidate) {
        Probe.Seen seen = probe.look(candidate.subject());
        Listed listed = seen instanceof Probe.Seen.Sold sold ? admit(candidate, sold) : new Listed.Rejected(why(seen));
        String rejected = listed instanceof Listed.Rejected because ? because.reason() : "";
        findings.put(candidate.id(), new Finding(rejected, clock.instant().plus(every)));
    }

    private Listed admit(Candidate candidate, Probe.Seen.Sold sold) {
        if (sold.required().accepts().stream().noneMatch(candidate.paid())) {
            return new Listed.Rejected(
                    candidate.subject().target().url()
                            + ": its 402 names no payee of this payment; a payee that changes with the request cannot be listed");
        }
        return put(candidate.subject().target(), sold, Listing.Source.PAYMENT);
    }

    private Listed put(Target target, Probe.Seen.Sold sold, Listing.Source source) {
        Instant now = clock.instant();
        Listing.Key key = key(target, sold.declared());
        Optional<Listing> before = store.find(key);
        PaymentRequired required = sold.required();
        ResourceInfo said = required.resource();
        Listing listing = new Listing(
                key,
                target.url(),
                PlainText.name(said.serviceName()),
                PlainText.line(said.description(), PlainText.LONGEST_DESCRIPTION),
                PlainText.tags(said.tags()),
                PlainText.icon(said.iconUrl()),
                PlainText.mime(said.mimeType()),
                required.accepts(),
                sold.declared().json(),
                before.map(Listing::source).orElse(source),
                Listing.Health.LIVE,
                before.map(Listing::listed).orElse(now),
                now,
                now.plus(every),
                0);
        return store.put(listing)
                ? new Listed.Added(listing)
                : new Listed.Rejected(target.url() + ": the catalogue has no room for another of " + target.origin());
    }

    private static Listing.Key key(Target target, Declared declared) {
        boolean templated = !declared.template().isEmpty() && RouteTemplate.fits(declared.template(), target.path());
        return new Listing.Key(
                declared.type(),
                declared.operation(),
                target.origin() + (templated ? declared.template() : target.path()));
    }

    private void again(Listing listing) {
        Target target = Target.parse("/url", listing.url(), reach);
        Probe.Seen seen = probe.look(
                new Probe.Subject(target, listing.key().type(), listing.key().operation()));
        if (seen instanceof Probe.Seen.Sold sold) {
            put(target, sold, listing.source());
            if (!key(target, sold.declared()).equals(listing.key())) {
                store.remove(listing.key());
            }
            return;
        }
        Instant now = clock.instant();
        if (!now.isBefore(listing.seen().plus(forgetAfter))) {
            store.remove(listing.key());
            return;
        }
        boolean gone = seen instanceof Probe.Seen.NotSold
                || listing.health() == Listing.Health.GONE
                || !now.isBefore(listing.seen().plus(staleAfter));
        store.put(missed(listing, gone ? Listing.Health.GONE : Listing.Health.FAILING, now.plus(every)));
    }

    private static Listing missed(Listing listing, Listing.Health health, Instant next) {
        return new Listing(
                listing.key(),
                listing.url(),
                listing.name(),
                listing.description(),
                listing.tags(),
                listing.iconUrl(),
                listing.mimeType(),
                listing.accepts(),
                listing.declaration(),
                listing.source(),
                health,
                listing.listed(),
                listing.seen(),
                next,
                listing.misses() == Integer.MAX_VALUE ? listing.misses() : listing.misses() + 1);
    }

    private static String why(Probe.Seen seen) {
        return seen instanceof Probe.Seen.NotSold not
                ? not.why()
                : seen instanceof Probe.Seen.Unknown unknown ? unknown.why() : "";
    }

    /** Collects a prober; not safe for threads. */
    public static final class Builder {
        private final ListingStore store;
        private final Clock clock;
        private Target.Reach reach = Target.Reach.PUBLIC;
        private Executor executor = Runnable::run;
        private Duration every = Duration.ofMinutes(15);
        private Duration staleAfter = Duration.ofDays(1);
        private Duration forgetAfter = Duration.ofDays(7);
        private Duration within = Duration.ofSeconds(10);
        private PinnedWire.Names names = InetAddress::getAllByName;
        private SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
        private @Nullable Wire wire;

        private Builder(ListingStore store, Clock clock) {
            this.store = store;
            this.clock = clock;
        }

        /** How often a listing is looked at again; 15 min unless set, 1 min or more. */
        public Builder every(Duration length) {
            every = atLeast("every", length, Duration.ofMinutes(1));
            return this;
        }

        /** How long a listing may go unproven until it is a tombstone; a day unless set, 1 min or more. */
        public Builder staleAfter(Duration length) {
            staleAfter = atLeast("staleAfter", length, Duration.ofMinutes(1));
            return this;
        }

        /** How long after its last proof a listing is forgotten; 7 days unless set, 1 min or more. */
        public Builder forgetAfter(Duration length) {
            forgetAfter = atLeast("forgetAfter", length, Duration.ofMinutes(1));
            return this;
        }

        /** How long one answer may take; 10 s unless set, 100 ms to 60 s. */
        public Builder within(Duration length) {
            within = atLeast("within", length, Duration.ofMillis(100));
            if (within.compareTo(Duration.ofSeconds(60)) > 0) {
                throw new IllegalArgumentException("within: expected at most PT1M, saw " + length);
            }
            return this;
        }

        /** Runs the origins of a lap beside each other; one after the other unless set. */
        public Builder executor(Executor given) {
            executor = requireNonNull(given, "executor");
            return this;
        }

        /** How certificates are judged; as the JDK does unless set. */
        public Builder tls(SSLSocketFactory given) {
            tls = requireNonNull(given, "tls");
            return this;
        }

        /** Lets addresses of the loopback be listed too, also over http: for tests and demonstrations alone. */
        public Builder loopback() {
            reach = Target.Reach.LOOPBACK;
            return this;
        }

        Builder names(PinnedWire.Names given) {
            names = given;
            return this;
        }

        Builder wire(Wire given) {
            wire = given;
            return this;
        }

        private Wire wire() {
            return new PinnedWire(names, reach, tls, within);
        }

        private static Duration atLeast(String name, Duration length, Duration least) {
            if (length.compareTo(least) < 0) {
                throw new IllegalArgumentException(name + ": expected " + least + " or more, saw " + length);
            }
            return length;
        }

        /** The prober. */
        public Prober build() {
            return new Prober(this);
        }
    }
}
