package dev.x402.scheme.ach;

import dev.x402.scheme.ach.AchGateway.Entry;
import dev.x402.scheme.ach.AchGateway.State;
import dev.x402.scheme.ach.AchGateway.Status;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spi.Advice;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at a movement: at the entry of each attempt, then at whatever else the bank took for the payment. */
final class Observer {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration WHILE_HELD = Duration.ofMinutes(1);
    private static final Duration OFTEN = Duration.ofHours(2);
    private static final Duration SELDOM = Duration.ofHours(12);

    private final AchFacilitatorConfig config;
    private final AchGateway gateway;
    private final Judge judge;

    Observer(AchFacilitatorConfig config, Judge judge) {
        this.config = config;
        this.gateway = config.gateway();
        this.judge = judge;
    }

    Sighting observe(Movement movement, Instant by) {
        Payment payment = movement.payments().get(0);
        List<Entry> entries = movement.attempts().stream()
                .flatMap(attempt -> attempt.signed().stream())
                .map((Signed signed) -> StoredEntry.read(signed))
                .toList();
        Entry last = entries.get(entries.size() - 1);
        boolean alive = false;
        Instant asOf = Instant.MIN;
        Optional<ErrorCode> refused = Optional.empty();
        for (Entry entry : entries) {
            Status status = gateway.status(entry.trace(), by);
            if (status.state() == State.REFUSED) {
                refused = status.refused();
            } else if (status.state() != State.UNKNOWN) {
                return known(last, status);
            } else {
                alive |= status.asOf().isBefore(entry.notAfter());
            }
            asOf = status.asOf();
        }
        for (Status status : gateway.statuses(last.endToEndId(), by)) {
            return known(last, status);
        }
        if (alive) {
            return gateway.deduplicates()
                    ? new Sighting(Advice.RESEND, SOON, List.of(new Outcome.Open()))
                    : open(Duration.between(asOf, last.notAfter()).plus(SOON));
        }
        return dead(payment, last, refused);
    }

    /** No try can be taken any more, and none was. */
    private Sighting dead(Payment payment, Entry last, Optional<ErrorCode> refused) {
        Optional<ErrorCode> why =
                refused.or(() -> judge.permission(judge.trusted(payment)).map(invalid -> invalid.code()));
        if (why.isEmpty()) {
            return new Sighting(Advice.RENEW, SOON, List.of(new Outcome.Open()));
        }
        config.book().giveBack(last.mandate(), last.endToEndId());
        return new Sighting(Advice.DONE, Duration.ZERO, List.of(new Outcome.Failed(why.get())));
    }

    private Sighting known(Entry entry, Status status) {
        boolean certain =
                entry.funding() == Funding.GUARANTEED && status.state().compareTo(State.GUARANTEED) >= 0;
        return switch (certain ? State.FINAL : status.state()) {
            case UNKNOWN, REFUSED, TAKEN, GUARANTEED -> open(untilSettled(status));
            case SETTLED ->
                new Sighting(
                        Advice.WAIT,
                        within(until(status, status.finalAt()), OFTEN),
                        List.of(new Outcome.Landed(receipt(entry, status), Stage.SETTLED)));
            case FINAL ->
                new Sighting(
                        Advice.DONE, Duration.ZERO, List.of(new Outcome.Landed(receipt(entry, status), Stage.FINAL)));
            case RETURNED -> {
                config.book().giveBack(entry.mandate(), entry.endToEndId());
                ReturnCode code = status.returned().orElseThrow();
                Receipt receipt = new Receipt(
                        status.trace(),
                        entry.account(),
                        AtomicAmount.of(entry.cents()),
                        Json.Obj.EMPTY.with("returnCode", code.value()));
                yield new Sighting(Advice.DONE, Duration.ZERO, List.of(new Outcome.Reversed(receipt, code.code())));
            }
        };
    }

    private static Receipt receipt(Entry entry, Status status) {
        Receipt receipt = new Receipt(status.trace(), entry.account(), AtomicAmount.of(entry.cents()), Json.Obj.EMPTY);
        return status.finalAt()
                .filter(time -> entry.funding() == Funding.DEBIT)
                .map(receipt::withFinalAt)
                .orElse(receipt);
    }

    private static Sighting open(Duration again) {
        return new Sighting(Advice.WAIT, again, List.of(new Outcome.Open()));
    }

    private static Duration untilSettled(Status status) {
        Duration left = until(status, status.settles());
        return left.isNegative() || left.isZero() ? WHILE_HELD : within(left, SOON);
    }

    private static Duration until(Status status, Optional<Instant> time) {
        return time.map(then -> Duration.between(status.asOf(), then)).orElse(SELDOM);
    }

    private static Duration within(Duration time, Duration least) {
        Duration enough = time.compareTo(least) < 0 ? least : time;
        return enough.compareTo(SELDOM) > 0 ? SELDOM : enough;
    }
}
