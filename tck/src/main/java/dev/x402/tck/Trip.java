package dev.x402.tck;

import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Declined;
import dev.x402.spi.Lane;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.Preparation;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One movement, driven step by step through the contract of a scheme's facilitator; not safe for threads.
 *
 * <p>What the engine stores is stored here: attempts, slots and signed bytes.
 */
public final class Trip {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int STEPS = 400;
    /** So many looks at the pace of the sighting; then each wait is longer, up to a day. */
    private static final int EAGER = 100;

    private static final Duration LONGEST = Duration.ofDays(1);

    private final Sides sides;
    private final Timekeeper time;
    private SchemeFacilitator side;
    private Movement movement;

    private Trip(Sides sides, Timekeeper time, SchemeFacilitator side, Movement movement) {
        this.sides = sides;
        this.time = time;
        this.side = side;
        this.movement = movement;
    }

    static Trip of(Sides sides, Timekeeper time, Payment payment) {
        SchemeFacilitator side = sides.side();
        List<Payment> payments = List.of(payment);
        Attempt first = new Attempt(0, slot(sides, time, side, payments), Optional.empty());
        return new Trip(sides, time, side, new Movement(1, payments, List.of(first)));
    }

    /** The movement as far as it came. */
    public Movement movement() {
        return movement;
    }

    /** Goes on with another instance, as after a restart. */
    public Trip with(SchemeFacilitator other) {
        side = other;
        return this;
    }

    /** This trip with another movement, such as one whose bytes were altered. */
    public Trip with(Movement other) {
        movement = other;
        return this;
    }

    /** Signs for the last attempt and keeps the bytes. */
    public Preparation prepare() {
        Preparation preparation = side.prepare(movement, by());
        if (preparation instanceof Signed signed) {
            List<Attempt> attempts = new ArrayList<>(movement.attempts());
            attempts.set(attempts.size() - 1, movement.last().with(signed));
            movement = new Movement(movement.id(), movement.payments(), attempts);
        }
        return preparation;
    }

    /** The bytes that {@link #prepare} signed; the rule is inconclusive when it declined. */
    public Signed sign() {
        if (prepare() instanceof Signed signed) {
            return signed;
        }
        throw Unjudged.inconclusive("preparing a movement of the untouched payment was declined");
    }

    /** Sends the last attempt's bytes. */
    public void submit() {
        submit(movement.last());
    }

    /** Sends this attempt's bytes. */
    public void submit(Attempt attempt) {
        side.submit(movement, attempt, by());
    }

    /** Looks once; a sighting has one outcome for each payment. */
    public Sighting observe() {
        Sighting sighting = side.observe(movement, by());
        if (sighting == null) {
            throw new RuleViolation("observed a movement", "a sighting", "null");
        }
        if (sighting.outcomes().size() != movement.payments().size()) {
            throw new RuleViolation(
                    "observed a movement of " + movement.payments().size() + " payments",
                    "as many outcomes",
                    sighting.outcomes().size() + " outcomes");
        }
        return sighting;
    }

    /** Looks once, for the outcome of the one payment. */
    public Outcome outcome() {
        return observe().outcomes().get(0);
    }

    /** Adds an attempt for the same slot, not signed yet. */
    public Trip replace() {
        return attempt(movement.last().slot());
    }

    /** Adds an attempt for a new slot, not signed yet. */
    public Trip renew() {
        return attempt(slot(sides, time, side, movement.payments()));
    }

    /**
     * Looks, obeys and lets time pass, until the sighting is so; gives up after many looks over months.
     *
     * @return the last sighting
     */
    public Sighting follow(Predicate<Sighting> enough) {
        Sighting sighting = observe();
        for (int i = 0; i < STEPS && !enough.test(sighting); i++) {
            obey(sighting.advice());
            Duration again = sighting.again();
            time.pass(wait(again.isZero() || again.isNegative() ? Duration.ofSeconds(1) : again, i));
            sighting = observe();
        }
        return sighting;
    }

    private static Duration wait(Duration again, int looks) {
        Duration wait = again;
        for (int i = EAGER; i < looks && wait.compareTo(LONGEST) < 0; i += 8) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(LONGEST) < 0 || again.compareTo(LONGEST) > 0 ? wait : LONGEST;
    }

    /** Does what the advice says. */
    public void obey(Advice advice) {
        if (advice == Advice.RESEND) {
            send();
        } else if (advice == Advice.REPLACE || advice == Advice.RENEW) {
            (advice == Advice.REPLACE ? replace() : renew()).signAndSend();
        }
    }

    private void signAndSend() {
        if (prepare() instanceof Declined) {
            throw new RuleViolation(
                    "prepared another attempt of a movement of which something was signed",
                    "Signed",
                    "Declined, which is legal only while nothing was signed");
        }
        send();
    }

    /** An exception proves nothing: the next look says more. */
    void send() {
        try {
            submit();
        } catch (RuntimeException e) {
            time.pass(Duration.ZERO);
        }
    }

    /** Whether every payment's outcome is of this type. */
    public static Predicate<Sighting> all(Class<? extends Outcome> type) {
        return sighting -> sighting.outcomes().stream().allMatch(type::isInstance);
    }

    /** An outcome in words. */
    public static String told(Outcome outcome) {
        if (outcome instanceof Outcome.Landed landed) {
            return "Landed(" + landed.receipt().reference() + ", " + landed.stage() + ")";
        }
        if (outcome instanceof Outcome.Failed failed) {
            return "Failed(" + failed.code().value() + ")";
        }
        return outcome instanceof Outcome.Reversed ? "Reversed" : "Open";
    }

    private Trip attempt(Optional<Slot> slot) {
        List<Attempt> attempts = new ArrayList<>(movement.attempts());
        attempts.add(new Attempt(attempts.size(), slot, Optional.empty()));
        movement = new Movement(movement.id(), movement.payments(), attempts);
        return this;
    }

    private Instant by() {
        return time.clock().instant().plus(DEADLINE);
    }

    private static Optional<Slot> slot(Sides sides, Timekeeper time, SchemeFacilitator side, List<Payment> payments) {
        List<Lane> lanes = side.lanes(payments);
        return lanes.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        sides.place(side, lanes.get(0), time.clock().instant().plus(DEADLINE)));
    }
}
