package dev.x402.scheme.ach;

import dev.x402.scheme.ach.AchGateway.Answer;
import dev.x402.scheme.ach.AchGateway.Entry;
import dev.x402.scheme.ach.AchGateway.View;
import dev.x402.scheme.ach.Judge.Judgement;
import dev.x402.scheme.ach.Judge.Right;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Attempt;
import dev.x402.spi.Declined;
import dev.x402.spi.Movement;
import dev.x402.spi.Payment;
import dev.x402.spi.Preparation;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Sighting;
import dev.x402.spi.Verification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The facilitator's side. It remembers nothing: what was tried is in the movement, what happened is at the bank.
 *
 * <p>An entry is written down with the time until which the bank takes it. Only when the bank does not know it after that
 * time is it dead, and another one is tried; so no bank needs to recognise duplicates.
 */
final class AchFacilitator implements SchemeFacilitator {
    /** How long the bank may take one entry; what was lost is known to be lost after it. */
    private static final Duration TRY = Duration.ofSeconds(60);

    private static final Duration LATER = Duration.ofSeconds(2);

    private final AchFacilitatorConfig config;
    private final AchGateway gateway;
    private final Judge judge;
    private final Observer observer;
    private final Clock clock;

    AchFacilitator(AchFacilitatorConfig config, Clock clock) {
        this.config = config;
        this.gateway = config.gateway();
        this.clock = clock;
        this.judge = new Judge(config, clock);
        this.observer = new Observer(config, judge);
    }

    @Override
    public Set<Network> networks() {
        return Set.of(Ach.NETWORK);
    }

    @Override
    public SupportedKind kind(Network network) {
        Json.Obj extra = Json.Obj.EMPTY
                .with(Ach.ORIGINATOR, config.originator())
                .with(Ach.GUARANTEED, Long.toString(gateway.guaranteedUpTo()));
        return new SupportedKind(Ach.SCHEME, network, extra, Json.Obj.EMPTY);
    }

    /** Nobody signs: a bank knows its originators by other means. */
    @Override
    public List<String> signers(Network network) {
        return List.of();
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        try {
            config.desk().glance(by);
            Judgement judgement = judge.judge(payment);
            return judgement instanceof Judgement.Sound sound
                    ? seen(sound.right(), by)
                    : ((Judgement.Refused) judgement).why();
        } catch (RailUnavailableException unavailable) {
            return new Verification.Unavailable(String.valueOf(unavailable.getMessage()), LATER);
        }
    }

    /** Uses the mandate, puts prefunded money aside and names the entry; nothing is handed in. */
    @Override
    public Preparation prepare(Movement movement, Instant by) {
        Payment payment = movement.payments().get(0);
        Right right = judge.trusted(payment);
        boolean first = movement.attempts().stream()
                .allMatch(attempt -> attempt.signed().isEmpty());
        Instant now = clock.instant();
        Entry entry = entry(right, gateway.trace(by), now);
        View view = gateway.look(entry.endToEndId(), entry.account(), by);
        Optional<Verification.Invalid> refusal =
                view.used() ? Optional.empty() : judge.permission(right).or(() -> taken(right, entry, now, by));
        if (refusal.isPresent() && first) {
            return new Declined(Map.of(right.signed().key(), refusal.get()));
        }
        boolean live = !view.used() && refusal.isEmpty();
        return StoredEntry.write(live ? entry : dead(entry, now));
    }

    /** Hands in the stored entry, not a new one: a crash may have come in between. */
    @Override
    public void submit(Movement movement, Attempt attempt, Instant by) {
        gateway.originate(StoredEntry.read(attempt.signed().orElseThrow()), by);
    }

    @Override
    public Sighting observe(Movement movement, Instant by) {
        config.desk().glance(by);
        return observer.observe(movement, by);
    }

    /** The bank's word on a payment that is otherwise in order. */
    private Verification seen(Right right, Instant by) {
        Authorization authorization = right.signed().authorization();
        View view = gateway.look(right.signed().endToEndId(), authorization.account(), by);
        if (view.used()) {
            return invalid(Codes.NONCE_USED, "payload.authorization.nonce: expected a new one, saw one that was used");
        }
        if (view.kind().isEmpty()) {
            return invalid(
                    Codes.ACCOUNT_BLOCKED,
                    "payload.authorization.account: expected one that can be debited, saw one that the bank refuses");
        }
        if (!right.mandate().sec().serves(view.kind().get())) {
            return invalid(
                    Codes.SEC_MISMATCH,
                    "payload.authorization.mandate: expected one whose SEC code is for a "
                            + (view.kind().get().isConsumer() ? "person's" : "company's") + " account, saw "
                            + right.mandate().sec());
        }
        return switch (authorization.funding()) {
            case PREFUNDED ->
                authorization.cents() > view.prefunded()
                        ? invalid(
                                ErrorCode.INSUFFICIENT_FUNDS,
                                "payload.authorization.amount: expected at most what is prefunded, saw "
                                        + authorization.cents() + " cents")
                        : valid(authorization);
            case GUARANTEED ->
                authorization.cents() > view.guaranteed()
                        ? invalid(
                                Codes.NOT_GUARANTEED,
                                "payload.authorization.amount: expected at most what the bank guarantees now, saw "
                                        + authorization.cents() + " cents")
                        : limited(authorization);
            case DEBIT -> limited(authorization);
        };
    }

    private Verification limited(Authorization authorization) {
        long most = gateway.most(config.speed());
        return authorization.cents() > most
                ? invalid(
                        Codes.OVER_LIMIT,
                        "payload.authorization.amount: expected at most " + most + " cents, which is the limit of "
                                + config.speed() + ", saw " + authorization.cents())
                : valid(authorization);
    }

    /** Takes from the mandate, and holds prefunded money; why not, if so. */
    private Optional<Verification.Invalid> taken(Right right, Entry entry, Instant now, Instant by) {
        if (!config.book().use(entry.mandate(), entry.endToEndId(), entry.cents(), now)) {
            return judge.permission(right);
        }
        if (entry.funding() == Funding.PREFUNDED && gateway.hold(entry, by) instanceof Answer.Refused refused) {
            config.book().giveBack(entry.mandate(), entry.endToEndId());
            return Optional.of(new Verification.Invalid(refused.code(), refused.message(), true));
        }
        return Optional.empty();
    }

    private Entry entry(Right right, String trace, Instant now) {
        Authorization authorization = right.signed().authorization();
        Instant soon = now.plus(TRY);
        return new Entry(
                trace,
                right.signed().endToEndId(),
                authorization.mandate(),
                authorization.account(),
                right.payee(),
                authorization.cents(),
                right.mandate().sec(),
                authorization.funding(),
                config.speed(),
                soon.isBefore(authorization.validUntil()) ? soon : authorization.validUntil());
    }

    /** An entry that no bank takes: for an attempt that must be signed and must not move anything. */
    private static Entry dead(Entry entry, Instant now) {
        return new Entry(
                entry.trace(),
                entry.endToEndId(),
                entry.mandate(),
                entry.account(),
                entry.payee(),
                entry.cents(),
                entry.sec(),
                entry.funding(),
                entry.speed(),
                now);
    }

    private static Verification valid(Authorization authorization) {
        return new Verification.Valid(authorization.account(), Json.Obj.EMPTY);
    }

    private static Verification invalid(ErrorCode code, String message) {
        return new Verification.Invalid(code, message, true);
    }
}
