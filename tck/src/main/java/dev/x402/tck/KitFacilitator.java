package dev.x402.tck;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.SupportedKind;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Declined;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Preparation;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Settlement;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The kit's own small engine over one scheme: claim, prepare, submit, observe; in memory. */
final class KitFacilitator implements Facilitator {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final ErrorCode DUPLICATE = new ErrorCode("duplicate_settlement");

    private final Sides sides;
    private final Timekeeper time;
    private final Supplier<Stage> answerAt;
    private final Map<PaymentKey, Row> rows = new ConcurrentHashMap<>();

    KitFacilitator(Sides sides, Timekeeper time, Supplier<Stage> answerAt) {
        this.sides = sides;
        this.time = time;
        this.answerAt = answerAt;
    }

    /** A claimed payment: one thread at a time drives it. */
    private static final class Row {
        private final Payment payment;
        private final AtomicBoolean leased = new AtomicBoolean();
        private volatile @Nullable Trip trip;
        private volatile @Nullable Settlement last;

        private Row(Payment payment) {
            this.payment = payment;
        }
    }

    @Override
    public SupportedResponse supported(Instant by) {
        SchemeFacilitator side = sides.side();
        List<SupportedKind> kinds = new ArrayList<>();
        Map<NetworkPattern, List<String>> signers = new LinkedHashMap<>();
        for (Network network : side.networks()) {
            kinds.add(side.kind(network));
            signers.put(NetworkPattern.of(network), side.signers(network));
        }
        return new SupportedResponse(kinds, List.of(), List.of(), signers, Json.Obj.EMPTY);
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        Kind kind = payment.kind();
        if (!kind.scheme().equals(sides.scheme().name())) {
            return new Verification.Invalid(ErrorCode.INVALID_SCHEME, "scheme: not served here", false);
        }
        if (!sides.side().networks().contains(kind.network())) {
            return new Verification.Invalid(ErrorCode.INVALID_NETWORK, "network: not served here", false);
        }
        return sides.side().verify(payment, by);
    }

    @Override
    public Settlement settle(Payment payment, Instant by) {
        PaymentKey key;
        try {
            key = sides.scheme().key(payment);
        } catch (MalformedMessageException e) {
            return new Settlement.Rejected(ErrorCode.INVALID_PAYLOAD, "payload: not of this scheme");
        }
        Row row = rows.get(key);
        if (row == null) {
            Verification verification = verify(payment, by);
            Row fresh = new Row(payment);
            row = verification instanceof Verification.Valid
                    ? Objects.requireNonNullElse(rows.putIfAbsent(key, fresh), fresh)
                    : rows.get(key); // another thread may have settled it while this one verified
            if (row == null) {
                return verification instanceof Verification.Invalid invalid
                        ? new Settlement.Rejected(invalid.code(), invalid.message())
                        : new Settlement.Pending(Optional.empty(), false, SHORT);
            }
        }
        return row.payment.requirements().equals(payment.requirements()) ? drive(row) : duplicate();
    }

    @Override
    public void close() {}

    private Settlement drive(Row row) {
        if (!row.leased.compareAndSet(false, true)) {
            Settlement known = row.last;
            return known == null ? pending(row) : known;
        }
        try {
            Settlement last = row.last;
            if (last instanceof Settlement.Rejected || last instanceof Settlement.Reversed) {
                return last;
            }
            return step(row);
        } catch (RailUnavailableException e) {
            return pending(row);
        } finally {
            row.leased.set(false);
        }
    }

    /** One step: signs and sends, or looks and obeys. */
    private Settlement step(Row row) {
        Trip trip = row.trip;
        if (trip == null) {
            trip = Trip.of(sides, time, row.payment);
            row.trip = trip;
        }
        if (trip.movement().last().signed().isEmpty()) {
            Preparation preparation = trip.prepare();
            if (preparation instanceof Declined declined) {
                trip.movement().last().slot().ifPresent(sides::giveBack);
                row.trip = null;
                return declined(row, declined);
            }
            trip.send();
        }
        Sighting sighting = trip.observe();
        Settlement answer = answer(row, sighting);
        if (answer instanceof Settlement.Pending) {
            trip.obey(sighting.advice());
            Duration again = sighting.again();
            return new Settlement.Pending(reference(row), true, again);
        }
        row.last = answer;
        return answer;
    }

    private Settlement answer(Row row, Sighting sighting) {
        Outcome outcome = sighting.outcomes().get(0);
        if (outcome instanceof Outcome.Landed landed && landed.stage().compareTo(answerAt.get()) >= 0) {
            return new Settlement.Settled(landed.receipt(), landed.stage());
        }
        if (outcome instanceof Outcome.Failed failed) {
            return new Settlement.Rejected(failed.code(), "the rail shows that it can never move");
        }
        if (outcome instanceof Outcome.Reversed reversed) {
            return new Settlement.Reversed(reversed.receipt(), reversed.code());
        }
        return pending(row);
    }

    private Settlement declined(Row row, Declined declined) {
        Verification why = declined.why().get(sides.scheme().key(row.payment));
        if (why instanceof Verification.Invalid invalid) {
            Settlement rejected = new Settlement.Rejected(invalid.code(), invalid.message());
            row.last = rejected;
            return rejected;
        }
        return pending(row);
    }

    private static Settlement pending(Row row) {
        return new Settlement.Pending(reference(row), true, SHORT);
    }

    private static Optional<String> reference(Row row) {
        Trip trip = row.trip;
        return trip == null ? Optional.empty() : trip.movement().last().signed().map(Signed::reference);
    }

    private static Settlement duplicate() {
        return new Settlement.Rejected(DUPLICATE, "the payment belongs to another offer");
    }
}
