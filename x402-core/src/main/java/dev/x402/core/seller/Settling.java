package dev.x402.core.seller;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spi.Claim.Charge;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.Phase;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Asks the facilitator to move the money; whatever goes wrong from here on is pending, never failed. */
final class Settling implements Steps.Settle {
    static final Duration RETRY = Duration.ofSeconds(2);

    private final Plugins plugins;
    private final Facilitator facilitator;
    private final Incidents incidents;
    private final Clock clock;
    private final Duration within;
    private final Watch watch;
    private final Assurance assurance;

    Settling(
            Plugins plugins,
            Facilitator facilitator,
            Incidents incidents,
            Clock clock,
            Duration within,
            Watch watch,
            Assurance assurance) {
        this.plugins = plugins;
        this.facilitator = facilitator;
        this.incidents = incidents;
        this.clock = clock;
        this.within = within;
        this.watch = watch;
        this.assurance = assurance;
    }

    @Override
    public Charge charge(Walk walk) {
        Payment charged = charged(walk, walk.toCharge());
        if (!charged.requirements().amount().equals(walk.toCharge())) {
            throw new IllegalStateException("charge: expected " + walk.toCharge() + " of the scheme, saw "
                    + charged.requirements().amount() + "; nothing was charged");
        }
        return Charge.of(
                walk.key().orElseThrow(),
                walk.request().route(),
                charged,
                assurance.enough(walk.route(), charged.requirements()));
    }

    @Override
    public boolean canCharge(Walk walk, AtomicAmount amount) {
        return charged(walk, amount).requirements().amount().equals(amount);
    }

    private Payment charged(Walk walk, AtomicAmount amount) {
        Payment admitted = walk.payment();
        return plugins.server(admitted.kind()).settlement(admitted, Phase.CHARGE, amount);
    }

    @Override
    public Settlement settle(Walk walk) {
        Charge charge = walk.charge().orElseThrow();
        Optional<Settlement> known = charge.known();
        if (known.isPresent() && isOver(known.get())) {
            return known.get();
        }
        Settlement answer = watch.dated(charge.payment(), known, asked(walk, charge));
        if (known.isPresent() && known.get() instanceof Settlement.Settled) {
            return answer instanceof Settlement.Settled
                    ? answer
                    : charge.with(answer).known().orElse(answer);
        }
        if (answer instanceof Settlement.Settled || answer instanceof Settlement.Reversed) {
            return assurance.counted(charge, answer);
        }
        return walk.askedBefore() && charge.mayHaveMoved() ? unproven(known, answer) : answer;
    }

    /** Whether no asking can change it any more. */
    private static boolean isOver(Settlement known) {
        return known instanceof Settlement.Rejected
                || known instanceof Settlement.Reversed
                || (known instanceof Settlement.Settled settled && settled.stage() == Stage.FINAL);
    }

    /** Beside an earlier asking of unknown outcome, that this one did nothing proves nothing. */
    private Settlement unproven(Optional<Settlement> known, Settlement answer) {
        boolean proven = answer instanceof Settlement.Rejected && facilitator.remembers();
        if (proven) {
            return answer;
        }
        Settlement.Pending now = answer instanceof Settlement.Pending pending
                ? pending
                : new Settlement.Pending(Optional.empty(), true, RETRY);
        Optional<String> before = known.isPresent() && known.get() instanceof Settlement.Pending pending
                ? pending.reference()
                : Optional.empty();
        return new Settlement.Pending(now.reference().or(() -> before), true, now.retryAfter());
    }

    private Settlement asked(Walk walk, Charge charge) {
        if (isNothing(charge.payment())) {
            return charge.known()
                    .orElseGet(() -> new Settlement.Settled(
                            new Receipt("", walk.payer().orElse(""), AtomicAmount.ZERO, Json.Obj.EMPTY), Stage.FINAL));
        }
        try {
            return believed(
                    charge, facilitator.settle(charge.payment(), clock.instant().plus(within)));
        } catch (RuntimeException | LinkageError e) {
            incidents.log(walk.request(), "settling", e);
            return new Settlement.Pending(Optional.empty(), true, RETRY);
        }
    }

    /** A payment of which nothing is taken; no offer is one. */
    private static boolean isNothing(Payment asked) {
        return asked.requirements().amount().isZero();
    }

    /** A reference that cannot be one of the rail proves nothing, and denies nothing. */
    private Settlement believed(Charge charge, Settlement answer) {
        return answer instanceof Settlement.Settled settled
                        && !settled.receipt().reference().isBlank()
                        && !plugins.isReference(
                                charge.payment().requirements().network(),
                                settled.receipt().reference())
                ? new Settlement.Pending(Optional.empty(), true, RETRY)
                : answer;
    }

    /** Whether it says that the money moved, and does not prove it. */
    static boolean isUnproven(Settlement said, Payment asked) {
        return said instanceof Settlement.Settled settled && !isProof(settled.receipt(), asked);
    }

    /** Whether it names a transaction, unless nothing was asked, and the whole amount that was. */
    static boolean isProof(Receipt receipt, Payment asked) {
        return (isNothing(asked) || !receipt.reference().isBlank())
                && receipt.amount().compareTo(asked.requirements().amount()) >= 0;
    }
}
