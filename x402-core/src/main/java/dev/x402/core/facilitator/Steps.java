package dev.x402.core.facilitator;

import dev.x402.core.Fault;
import dev.x402.spec.Kind;
import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Declined;
import dev.x402.spi.Lane;
import dev.x402.spi.Lease;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentRow;
import dev.x402.spi.Preparation;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Settlement;
import dev.x402.spi.SettlementStore;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step of one movement, the same for a first try and for recovery.
 *
 * <p>Rail and signer are called between the store's transactions, never inside one. Each method returns when to look
 * again; what a plugin throws is logged and proves nothing.
 */
final class Steps {
    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
    private static final int QUEUE = 100;
    /** How often a returnable payment is looked at in its window, unless that is hours. */
    private static final int LOOKS = 64;

    private static final Duration LONGEST_REST = Duration.ofHours(1);

    private final Plugins plugins;
    private final SettlementStore store;
    private final String owner;
    private final Duration ttl;
    private final Clock clock;
    private final Map<Lane, Long> confirmed = new ConcurrentHashMap<>();

    Steps(Plugins plugins, SettlementStore store, String owner, Duration ttl, Clock clock) {
        this.plugins = plugins;
        this.store = store;
        this.owner = owner;
        this.ttl = ttl;
        this.clock = clock;
    }

    /** Takes a queued payment into a movement; where the rail has batches, others with it. */
    Optional<Duration> open(PaymentRow row, Instant by) {
        Optional<SchemeFacilitator> scheme =
                plugins.findFacilitator(row.payment().kind());
        if (scheme.isEmpty()) {
            return Optional.empty();
        }
        List<PaymentRow> batch = batch(row, scheme.get());
        Map<Lane, Long> lanes;
        try {
            lanes = lanes(scheme.get(), batch.stream().map(PaymentRow::payment).toList(), false, by);
        } catch (RuntimeException | LinkageError e) {
            broken("lanes", row.payment().requirements().network(), e);
            return Optional.of(AFTER_FAILURE);
        }
        Optional<Lease> lease = store.open(batch.stream().map(PaymentRow::key).toList(), lanes, owner, ttl);
        return lease.map(held -> step(scheme.get(), held, by));
    }

    /** Looks at a movement if it is due and nobody else does. */
    Optional<Duration> look(long movement, Instant by) {
        return store.lease(movement, owner, ttl).map(lease -> step(lease, by));
    }

    /** Fills one gap of a lane, if there is one. */
    boolean fillGap(Instant by) {
        Optional<Lease> lease = store.fillGap(owner, ttl);
        lease.ifPresent(held -> step(held, by));
        return lease.isPresent();
    }

    private Duration step(Lease lease, Instant by) {
        Optional<SchemeFacilitator> scheme = scheme(lease.movement());
        if (scheme.isEmpty()) {
            LOG.warn(
                    "movement {}: no plugin serves it here, left to another replica",
                    lease.movement().id());
            return release(lease, ttl);
        }
        return step(scheme.get(), lease, by);
    }

    private Duration step(SchemeFacilitator scheme, Lease lease, Instant by) {
        Instant deadline = deadline(lease, by);
        Movement movement = lease.movement();
        try {
            if (movement.last().signed().isEmpty()) {
                Sent sent = signAndSend(scheme, lease, movement, deadline);
                if (sent.movement().isEmpty()) {
                    return sent.again();
                }
                movement = sent.movement().get();
            }
            Sighting sighting = scheme.observe(movement, deadline);
            if (!store.record(lease, sighting)) {
                return Duration.ZERO;
            }
            return advised(scheme, lease, movement, sighting, deadline);
        } catch (RuntimeException | LinkageError e) {
            broken("movement " + movement.id(), network(movement), e);
            return release(lease, AFTER_FAILURE);
        }
    }

    private Duration advised(
            SchemeFacilitator scheme, Lease lease, Movement movement, Sighting sighting, Instant deadline) {
        switch (sighting.advice()) {
            case DONE -> {
                return Duration.ZERO;
            }
            case RESEND -> send(scheme, movement, deadline);
            case REPLACE -> {
                Attempt last = movement.last();
                Attempt next = new Attempt(last.number() + 1, last.slot(), Optional.empty());
                Sent sent = signAndSend(scheme, lease, with(movement, next), deadline);
                if (sent.movement().isEmpty()) {
                    return sent.again();
                }
            }
            case RENEW -> {
                Map<Lane, Long> lanes = lanes(scheme, movement.payments(), true, deadline);
                Optional<Movement> renewed = store.renew(lease, lanes);
                if (renewed.isEmpty()) {
                    return Duration.ZERO;
                }
                Sent sent = signAndSend(scheme, lease, renewed.get(), deadline);
                if (sent.movement().isEmpty()) {
                    return sent.again();
                }
            }
            case WAIT -> {}
        }
        return release(lease, rest(movement, sighting));
    }

    /** When to look again: what settled and merely may go back is looked at now and then, whatever the scheme says. */
    private Duration rest(Movement movement, Sighting sighting) {
        if (sighting.advice() != Advice.WAIT || !sighting.outcomes().stream().allMatch(Steps::isReturnable)) {
            return sighting.again();
        }
        Duration rest = Duration.ZERO;
        for (Payment payment : movement.payments()) {
            Duration window = plugins.network(payment.requirements().network())
                    .map(RailNetwork::reversalWindow)
                    .orElse(Duration.ZERO);
            rest = longer(rest, window.dividedBy(LOOKS));
        }
        return longer(sighting.again(), rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
    }

    private static boolean isReturnable(Outcome outcome) {
        return outcome instanceof Outcome.Landed landed && landed.stage() != Stage.SEEN;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** The movement with its signed attempt; empty: given up or lost, and look again then. */
    private record Sent(Optional<Movement> movement, Duration again) {}

    private Sent signAndSend(SchemeFacilitator scheme, Lease lease, Movement movement, Instant deadline) {
        Attempt unsigned = movement.last();
        Preparation preparation;
        try {
            preparation = scheme.prepare(movement, deadline);
        } catch (RuntimeException | LinkageError e) {
            broken("movement " + movement.id() + " could not be signed", network(movement), e);
            return new Sent(Optional.empty(), givenBack(lease, movement, Map.of(), AFTER_FAILURE));
        }
        if (preparation instanceof Declined declined) {
            return new Sent(Optional.empty(), declined(lease, movement, declined));
        }
        Signed signed = (Signed) preparation;
        if (!store.sign(lease, unsigned.number(), signed)) {
            return new Sent(Optional.empty(), Duration.ZERO);
        }
        List<Attempt> attempts = new ArrayList<>(movement.attempts());
        attempts.set(attempts.size() - 1, unsigned.with(signed));
        Movement written = new Movement(movement.id(), movement.payments(), attempts);
        send(scheme, written, deadline);
        return new Sent(Optional.of(written), Duration.ZERO);
    }

    private void send(SchemeFacilitator scheme, Movement movement, Instant deadline) {
        try {
            scheme.submit(movement, movement.last(), deadline);
        } catch (RuntimeException | LinkageError e) {
            broken("movement " + movement.id() + " may have been sent", network(movement), e);
        }
    }

    private Duration declined(Lease lease, Movement movement, Declined declined) {
        Map<PaymentKey, Settlement.Rejected> ended = new HashMap<>();
        Duration again = AFTER_FAILURE;
        for (Map.Entry<PaymentKey, Verification> why : declined.why().entrySet()) {
            if (why.getValue() instanceof Verification.Invalid invalid) {
                ended.put(why.getKey(), new Settlement.Rejected(invalid.code(), invalid.message()));
            } else if (why.getValue() instanceof Verification.Unavailable unavailable) {
                again = unavailable.retryAfter().compareTo(again) > 0 ? unavailable.retryAfter() : again;
            }
        }
        return givenBack(lease, movement, ended, again);
    }

    /** A slot for which nothing was ever signed must not hold up its lane; anything else is signed for later. */
    private Duration givenBack(
            Lease lease, Movement movement, Map<PaymentKey, Settlement.Rejected> ended, Duration again) {
        return movement.payments().isEmpty() || !store.decline(lease, ended) ? release(lease, again) : again;
    }

    private List<PaymentRow> batch(PaymentRow first, SchemeFacilitator scheme) {
        Kind kind = first.payment().kind();
        int most = scheme.maxPayments(kind.network());
        if (most <= 1) {
            return List.of(first);
        }
        List<PaymentRow> batch = new ArrayList<>(List.of(first));
        for (PaymentRow other : store.queued(QUEUE)) {
            if (batch.size() < most
                    && !other.key().equals(first.key())
                    && other.payment().kind().equals(kind)) {
                batch.add(other);
            }
        }
        return batch;
    }

    /** The rail's number matters for a lane's first slot and after foreign use; only then it is asked. */
    private Map<Lane, Long> lanes(SchemeFacilitator scheme, List<Payment> payments, boolean afresh, Instant by) {
        Map<Lane, Long> lanes = new LinkedHashMap<>();
        for (Lane lane : scheme.lanes(payments)) {
            Long known = afresh ? null : confirmed.get(lane);
            if (known == null) {
                known = scheme.confirmedNext(lane, by);
                confirmed.put(lane, known);
            }
            lanes.put(lane, known);
        }
        return lanes;
    }

    private Optional<SchemeFacilitator> scheme(Movement movement) {
        if (!movement.payments().isEmpty()) {
            return plugins.findFacilitator(movement.payments().get(0).kind());
        }
        Lane lane = movement.last().slot().orElseThrow().lane();
        return plugins.facilitatorKinds().stream()
                .filter(kind -> kind.network().equals(lane.network()))
                .sorted(Comparator.comparing(Kind::scheme))
                .flatMap(kind -> plugins.findFacilitator(kind).stream())
                .filter(scheme -> scheme.signers(lane.network()).contains(lane.signer()))
                .findFirst();
    }

    /** No single call outlives the lease. */
    private Instant deadline(Lease lease, Instant by) {
        Instant safe = clock.instant().plus(ttl.dividedBy(2));
        Instant leased = lease.until().minus(ttl.dividedBy(4));
        Instant bound = safe.isBefore(leased) ? safe : leased;
        return by.isBefore(bound) ? by : bound;
    }

    private Duration release(Lease lease, Duration again) {
        try {
            store.release(lease, again);
        } catch (RuntimeException e) {
            LOG.warn(
                    "movement {}: the lease was not given back and will lapse: {}",
                    lease.movement().id(),
                    Fault.of(e));
        }
        return again;
    }

    private static Movement with(Movement movement, Attempt next) {
        List<Attempt> attempts = new ArrayList<>(movement.attempts());
        attempts.add(next);
        return new Movement(movement.id(), movement.payments(), attempts);
    }

    private static Object network(Movement movement) {
        return movement.payments().isEmpty()
                ? movement.last()
                        .slot()
                        .<Object>map(slot -> slot.lane().network())
                        .orElse("no network")
                : movement.payments().get(0).requirements().network();
    }

    private static void broken(String what, Object network, Throwable e) {
        if (e instanceof RailUnavailableException) {
            LOG.warn("{} on {}: {}", what, network, Fault.of(e));
        } else {
            LOG.error("{} on {}: {}; nothing is known, it is tried again", what, network, Fault.of(e));
        }
    }
}
