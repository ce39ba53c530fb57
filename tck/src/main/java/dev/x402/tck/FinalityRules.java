package dev.x402.tck;

import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Advice;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Settlement;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Rules for rails on which money becomes final late, and may go back until then. */
public interface FinalityRules extends RuleKit {
    /** Not final too soon. */
    @SpecRule(
            id = "X402-FINAL-01",
            level = Level.MUST,
            spec = "Stage.FINAL",
            derived = "a seller who waits for final money gives goods away that a return takes the money for",
            intent = "a settled payment is not told final while its money may go back",
            does = "follows a payment until it settled, and looks at it until shortly before its time is over",
            causes = {"settled is taken for final", "a window in banking days is counted in hours"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.REVERSES})
    default void final_01_returnableMoneyIsNotFinal(Bench bench) {
        Trip trip = sent(bench);
        Sighting landed = bench.control("following it until it settled", () -> trip.follow(FinalityRules::isSettled));
        bench.control(isSettled(landed), "it did not settle");
        String step = "looked at a settled payment while its money may go back";
        bench.doing(step);
        bench.check(stage(landed) != Stage.FINAL, step, "a stage before FINAL", Trip.told(outcome(landed)));
        Duration part = left(bench, landed).dividedBy(16);
        for (int i = 0; i < 14; i++) {
            bench.pass(part);
            Outcome later = trip.outcome();
            bench.check(
                    later instanceof Outcome.Landed still && still.stage() != Stage.FINAL,
                    step + ", " + part.multipliedBy(i + 1L) + " after it settled",
                    "Landed before FINAL",
                    Trip.told(later));
        }
    }

    /** Watching goes on. */
    @SpecRule(
            id = "X402-FINAL-02",
            level = Level.MUST,
            spec = "Advice.DONE",
            derived = "what is not watched any more is returned without anybody hearing of it",
            intent = "watching goes on while the money may go back, by whichever instance",
            does =
                    "follows a payment until it settled, and looks with new instances until shortly before its time is over",
            causes = {"DONE is said at the first landing", "DONE is said of what this instance does not remember"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.REVERSES})
    default void final_02_returnableMoneyIsWatched(Bench bench) {
        Trip trip = sent(bench);
        Sighting landed = returnable(bench, trip);
        String step = "looked with a new instance at a settled payment whose money may go back";
        bench.doing(step);
        Duration part = left(bench, landed).dividedBy(16);
        for (int i = 0; i < 14; i++) {
            bench.pass(part);
            Advice advice = trip.with(bench.anotherSide()).observe().advice();
            bench.check(advice != Advice.DONE, step, "WAIT", "DONE");
        }
    }

    /** A return changes the answer. */
    @SpecRule(
            id = "X402-FINAL-03",
            level = Level.MUST,
            spec = "Settlement.Reversed",
            derived = "a seller asks again to hear whether the money stayed; rejected would mean that it never came",
            intent = "a settlement that was returned is answered as reversed, with a code and its transaction",
            does = "settles, lets the rail return the money, and settles again",
            causes = {"the first answer is kept for ever", "a return is told as a rejection", "the code is left empty"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.REVERSES})
    default void final_03_aReturnIsAnsweredAsReversed(Bench bench) {
        Payment payment = bench.accepted();
        String reference = Settled.granted(bench, payment).reference();
        Balances before = bench.balances();
        bench.fixture().rail().reverse(reference);
        String step = "settled a payment again after the rail had returned its money";
        bench.doing(step);
        Settlement answer = Settled.until(bench, payment, Settlement.Reversed.class);
        bench.control(isLess(bench.balances(), before), "the rail did not return the money");
        bench.check(
                answer instanceof Settlement.Reversed reversed
                        && !reversed.code().value().isBlank()
                        && reversed.receipt().reference().equals(reference),
                step,
                "Reversed of " + reference + ", with a code",
                Bench.told(answer));
    }

    /** A return books once. */
    @SpecRule(
            id = "X402-FINAL-04",
            level = Level.MUST,
            spec = "Outcome.Reversed",
            derived = "banks send a return again when nobody confirmed it; the payee must not pay twice for that",
            intent = "a return that comes twice is booked once",
            does = "settles, returns the money twice, and compares the payee's balance with that before the payment",
            causes = {"each message is booked", "returns are not told apart by transaction and code"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.REVERSES})
    default void final_04_aReturnIsBookedOnce(Bench bench) {
        Payment payment = bench.accepted();
        Balances before = bench.balances();
        String reference = Settled.granted(bench, payment).reference();
        Balances settled = bench.balances();
        bench.fixture().rail().reverse(reference);
        String step = "returned a payment twice and settled it again";
        bench.doing(step);
        Settled.until(bench, payment, Settlement.Reversed.class);
        Thrower.throwsAt(() -> bench.fixture().rail().reverse(reference));
        bench.pass(Duration.ofDays(1));
        bench.facilitator().settle(payment, bench.by());
        Balances after = bench.balances();
        bench.control(isLess(after, settled), "the rail did not return the money");
        bench.check(
                after.payee().equals(before.payee()),
                step,
                "the payee's balance before the payment",
                before.until(after));
    }

    /** A return before anybody looked. */
    @SpecRule(
            id = "X402-FINAL-05",
            level = Level.MUST,
            spec = "Outcome.Reversed",
            derived = "messages of a rail come in any order, and a facilitator may have slept meanwhile",
            intent = "a return that comes before anybody saw the landing ends as reversed",
            does = "sends, lets the money land and go back without looking, and looks with another instance",
            causes = {"a return is looked for only after a landing was seen", "a return is taken for failed"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.REVERSES})
    default void final_05_aReturnMayComeFirst(Bench bench) {
        Payment payment = bench.accepted();
        Balances before = bench.balances();
        Trip trip = bench.trip(payment);
        Signed signed = trip.sign();
        trip.send();
        Duration expected = network(bench).expectedTime().dividedBy(8);
        Duration part = expected.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : expected;
        bench.pass(Duration.ofSeconds(1));
        for (int i = 0; i < 100 && !before.paid(payment.requirements().amount().value(), bench.balances()); i++) {
            bench.pass(part);
        }
        bench.control(
                before.paid(payment.requirements().amount().value(), bench.balances()),
                "the money did not come without looking");
        bench.fixture().rail().reverse(signed.reference());
        String step = "looked for the first time after the money had landed and gone back";
        bench.doing(step);
        Outcome outcome = trip.with(bench.anotherSide())
                .follow(sighting -> !(outcome(sighting) instanceof Outcome.Open))
                .outcomes()
                .get(0);
        bench.check(outcome instanceof Outcome.Reversed, step, "Reversed", Trip.told(outcome));
    }

    /** Final is final. */
    @SpecRule(
            id = "X402-FINAL-06",
            level = Level.MUST,
            spec = "Stage.FINAL",
            derived = "final is what a seller relies on when the goods cannot be called back",
            intent = "what was told final does not go back",
            does = "follows a payment until it is final, tries to return it, and looks again later",
            causes = {"a late return is booked instead of refused", "final is told by the calendar and not by the rail"
            },
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.REVERSES})
    default void final_06_finalMoneyStays(Bench bench) {
        Trip trip = sent(bench);
        String reference =
                trip.movement().last().signed().map(Signed::reference).orElse("");
        Sighting done =
                bench.control("following it until it is final", () -> trip.follow(seen -> stage(seen) == Stage.FINAL));
        bench.control(stage(done) == Stage.FINAL, "it did not become final");
        Balances before = bench.balances();
        Thrower.throwsAt(() -> bench.fixture().rail().reverse(reference));
        String step = "tried to return a payment that was told final, and looked a day later";
        bench.doing(step);
        bench.pass(Duration.ofDays(1));
        Outcome later = trip.outcome();
        bench.check(later.equals(outcome(done)), step, Trip.told(outcome(done)), Trip.told(later));
        Balances after = bench.balances();
        bench.check(after.equals(before), step, "no movement", before.until(after));
    }

    /** Days are no failure. */
    @SpecRule(
            id = "X402-FINAL-07",
            level = Level.MUST,
            spec = "Settlement.Pending",
            derived = "a rail may take a long weekend; who hears that a payment failed pays again, and then both come",
            intent = "a payment that lives for days is pending for days, and settles in the end",
            does =
                    "settles an offer of five days while the rail holds everything, asks every eight hours for three days,"
                            + " and lets it land",
            causes = {"a time-out of one's own", "a retry limit that takes pending for failed"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.HOLDS})
    default void final_07_daysAreNoFailure(Bench bench) {
        PaymentRequirements plain = bench.fixture().offer();
        PaymentRequirements offer = bench.complete(PaymentRequirements.of(
                plain.kind(), plain.amount(), plain.asset(), plain.payTo(), 432_000, plain.extraOrEmpty()));
        Paid signed = Paid.accepted(bench, offer);
        Instant now = bench.environment().clock().instant();
        if (signed.liveUntil().isBefore(now.plus(Duration.ofDays(4)))) {
            throw bench.notApplicable("a payment of this scheme does not live for days");
        }
        bench.fixture().rail().hold();
        String step = "settled a payment that the rail held, and asked every eight hours";
        bench.doing(step);
        for (int i = 0; i < 9; i++) {
            Settlement answer = bench.facilitator().settle(signed.payment(), bench.by());
            bench.check(answer instanceof Settlement.Pending, step, "Pending", Bench.told(answer));
            bench.pass(Duration.ofHours(8));
        }
        bench.fixture().rail().release();
        Settlement end = bench.settle(signed.payment());
        bench.check(end instanceof Settlement.Settled, step + ", then let it land", "Settled", Bench.told(end));
    }

    /** The date. */
    @SpecRule(
            id = "X402-FINAL-08",
            level = Level.MUST,
            spec = "Receipt.FINAL_AT",
            derived = "payer and seller must know until when the money may go back; a receipt is no proof before",
            intent =
                    "on a rail that may return money for a day or more, a receipt tells when it is final, and keeps to it",
            does = "reads extra.finalAt of a settled payment now and later",
            causes = {"the date is not told", "the date is counted from each look", "the date is no ISO 8601 instant"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.REVERSES})
    default void final_08_theReceiptTellsTheDate(Bench bench) {
        Duration window = network(bench).reversalWindow();
        if (window.compareTo(Duration.ofDays(1)) < 0) {
            throw bench.notApplicable("money goes back within less than a day");
        }
        Trip trip = sent(bench);
        Sighting landed = returnable(bench, trip);
        String step = "read extra.finalAt of a settled payment";
        bench.doing(step);
        Instant now = bench.environment().clock().instant();
        Optional<Instant> told = finalAt(landed);
        bench.check(
                told.filter(end -> end.isAfter(now) && !end.isAfter(now.plus(window.multipliedBy(2))))
                        .isPresent(),
                step,
                "an instant within the reversal window of " + window,
                told.map(Instant::toString).orElse("none"));
        bench.pass(Duration.between(now, told.orElseThrow()).dividedBy(2));
        Optional<Instant> later = finalAt(trip.observe());
        bench.check(
                later.equals(told),
                step + " again, after half of the time",
                told.orElseThrow().toString(),
                later.map(Instant::toString).orElse("none"));
    }

    /** Work in the window. */
    @SpecRule(
            id = "X402-FINAL-09",
            level = Level.SHOULD,
            spec = "Sighting.again",
            derived =
                    "every open payment is looked at until it is final; at every few seconds for months that is all work",
            intent = "returnable money is looked at a thousand times at most before it is final",
            does = "reads how soon a settled payment is to be looked at again",
            causes = {"one interval for sending and for watching"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.REVERSES})
    default void final_09_watchingIsNoHaste(Bench bench) {
        Trip trip = sent(bench);
        Sighting landed = returnable(bench, trip);
        Duration least = left(bench, landed).dividedBy(1_000);
        bench.check(
                landed.again().compareTo(least) >= 0,
                "asked when to look again at a settled payment",
                "after " + least + " or more",
                "after " + landed.again());
    }

    /** One return, one payment. */
    @SpecRule(
            id = "X402-FINAL-10",
            level = Level.MUST,
            spec = "Outcome.Reversed",
            derived = "a payer has more than one payment on a rail; a return names one of them",
            intent = "a return concerns its own payment alone",
            does = "settles two payments of one payer, returns the first, and asks for the second",
            causes = {"a return is matched by account or amount", "a batch is returned for one entry"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.REVERSES})
    default void final_10_aReturnConcernsOnePayment(Bench bench) {
        Payment first = bench.accepted();
        String reference = Settled.granted(bench, first).reference();
        Payment second = bench.accepted();
        Settled.granted(bench, second);
        bench.fixture().rail().reverse(reference);
        Settled.until(bench, first, Settlement.Reversed.class);
        String step = "returned one of two payments and asked for the other";
        bench.doing(step);
        Settlement answer = bench.settle(second);
        bench.check(answer instanceof Settlement.Settled, step, "Settled", Bench.told(answer));
    }

    /** A returned right is used up. */
    @SpecRule(
            id = "X402-FINAL-11",
            level = Level.MUST,
            spec = "SchemeFacilitator.verify",
            derived = "a return does not give the payer's word back: who pays again signs again",
            intent = "a payment that was returned is not valid again",
            does = "settles, returns the money, and verifies the same payment with a new instance",
            causes = {"a return frees the nonce"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.REVERSES})
    default void final_11_aReturnedPaymentIsUsedUp(Bench bench) {
        Payment payment = bench.accepted();
        String reference = Settled.granted(bench, payment).reference();
        bench.fixture().rail().reverse(reference);
        bench.pass(Duration.ofSeconds(2));
        String step = "verified a payment whose money had gone back";
        bench.doing(step);
        Verification verification = bench.anotherSide().verify(payment, bench.by());
        bench.check(!(verification instanceof Verification.Valid), step, "Invalid", Bench.told(verification));
    }

    private static boolean isLess(Balances after, Balances before) {
        return after.payee().compareTo(before.payee()) < 0;
    }

    private static Trip sent(Bench bench) {
        Trip trip = bench.trip(bench.accepted());
        trip.sign();
        trip.send();
        return trip;
    }

    /** The sighting of a payment that settled and may go back. */
    private static Sighting returnable(Bench bench, Trip trip) {
        Sighting landed = bench.control("following it until it settled", () -> trip.follow(FinalityRules::isSettled));
        bench.control(stage(landed) == Stage.SETTLED, "it was not seen as settled and returnable");
        return landed;
    }

    private static boolean isSettled(Sighting sighting) {
        return outcome(sighting) instanceof Outcome.Landed landed && landed.stage() != Stage.SEEN;
    }

    private static Stage stage(Sighting sighting) {
        return outcome(sighting) instanceof Outcome.Landed landed ? landed.stage() : Stage.SEEN;
    }

    private static Outcome outcome(Sighting sighting) {
        return sighting.outcomes().get(0);
    }

    private static Optional<Instant> finalAt(Sighting sighting) {
        return outcome(sighting) instanceof Outcome.Landed landed
                ? landed.receipt().finalAt()
                : Optional.empty();
    }

    /** How long the money may go back: until the date that was told, else for the rail's window. */
    private static Duration left(Bench bench, Sighting landed) {
        Instant now = bench.environment().clock().instant();
        Duration left = finalAt(landed)
                .map(end -> Duration.between(now, end))
                .orElseGet(() -> network(bench).reversalWindow());
        bench.control(!left.isNegative() && !left.isZero(), "its rail tells no time in which money goes back");
        return left;
    }

    private static RailNetwork network(Bench bench) {
        Network id = bench.fixture().offer().network();
        return bench.fixture().rails().stream()
                .flatMap(rail -> rail.networks().stream())
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Unjudged.inconclusive("no rail knows " + id));
    }
}
