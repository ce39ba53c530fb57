package dev.x402.tck;

import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Declined;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Verification;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rules for the steps of a movement: prepare, submit, observe; local only. */
public interface MovementRules extends RuleKit {
    /** Signing sends nothing. */
    @SpecRule(
            id = "X402-MOVE-01",
            level = Level.MUST,
            spec = "SchemeFacilitator.prepare",
            derived = "the bytes are stored between signing and sending; what left before is lost in a crash",
            intent = "preparing sends nothing",
            does = "prepares a movement, lets time pass and compares the balances",
            causes = {"the client library signs and sends in one call"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void move_01_preparingSendsNothing(Bench bench) {
        Payment payment = bench.accepted();
        Balances before = bench.balances();
        Trip trip = bench.trip(payment);
        String step = "prepared a movement and sent nothing";
        bench.doing(step);
        trip.sign();
        for (int i = 0; i < 6; i++) {
            bench.pass(Duration.ofSeconds(2));
        }
        Balances after = bench.balances();
        bench.check(after.equals(before), step, "no movement", before.until(after));
        Outcome outcome = trip.outcome();
        bench.check(outcome instanceof Outcome.Open, step + ", then looked", "Open", Trip.told(outcome));
    }

    /** The reference is known before sending. */
    @SpecRule(
            id = "X402-MOVE-02",
            level = Level.MUST,
            spec = "Signed.reference",
            derived = "a lost answer is found by the reference, so it is known before anything is sent",
            intent = "the reference that was signed is the reference of the receipt",
            does = "prepares, sends and follows a movement, and compares the references",
            causes = {"the reference is taken from the answer of the sending"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void move_02_theReferenceIsKnownBefore(Bench bench) {
        Trip trip = bench.trip(bench.accepted());
        Signed signed = trip.sign();
        String step = "sent a movement and followed it until it landed";
        bench.doing(step);
        trip.submit();
        Outcome outcome = trip.follow(Trip.all(Outcome.Landed.class)).outcomes().get(0);
        bench.check(
                outcome instanceof Outcome.Landed landed
                        && landed.receipt().reference().equals(signed.reference()),
                step,
                "Landed(" + signed.reference() + ")",
                Trip.told(outcome));
    }

    /** Another instance goes on. */
    @SpecRule(
            id = "X402-MOVE-03",
            level = Level.MUST,
            spec = "Signed.format",
            derived = "after a crash another process goes on with the stored bytes alone",
            intent = "bytes that one instance signed are sent and seen by another",
            does = "prepares with one instance, sends with a second, looks with a third",
            causes = {"what was signed is remembered in the instance", "the bytes lack what sending needs"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void move_03_anotherInstanceGoesOn(Bench bench) {
        Payment payment = bench.accepted();
        Trip trip = bench.trip(payment);
        trip.sign();
        String step = "sent with a second instance what the first had signed, and looked with a third";
        bench.doing(step);
        trip.with(bench.anotherSide()).submit();
        Outcome outcome = trip.with(bench.anotherSide())
                .follow(Trip.all(Outcome.Landed.class))
                .outcomes()
                .get(0);
        bench.check(outcome instanceof Outcome.Landed, step, "Landed", Trip.told(outcome));
    }

    /** Unknown formats. */
    @SpecRule(
            id = "X402-MOVE-04",
            level = Level.MUST,
            spec = "Signed.format",
            derived = "bytes of a newer version belong to a newer replica; to guess at them is to lose the payment",
            intent = "bytes of an unknown format are refused by throwing, and never called failed",
            does = "looks at and sends bytes whose format nobody wrote",
            causes = {"the format is written and never read"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void move_04_anUnknownFormatIsRefused(Bench bench) {
        Trip trip = bench.trip(bench.accepted());
        Signed signed = trip.sign();
        Attempt strange =
                trip.movement().last().with(new Signed(signed.reference(), signed.format() + 1_000, signed.bytes()));
        Movement movement = new Movement(1, trip.movement().payments(), List.of(strange));
        trip.with(movement);
        bench.doing("sent bytes of an unknown format");
        bench.check(
                Thrower.throwsAt(() -> trip.submit(strange)),
                "sent bytes of an unknown format",
                "an exception",
                "none");
        bench.doing("looked at bytes of an unknown format");
        bench.check(Thrower.throwsAt(trip::observe), "looked at bytes of an unknown format", "an exception", "none");
    }

    /** A lost answer. */
    @SpecRule(
            id = "X402-MOVE-05",
            level = Level.MUST,
            spec = "SchemeFacilitator.submit",
            derived = "an exception in sending proves nothing; the rail alone knows",
            intent = "what was sent and not answered is found by looking",
            does = "loses the answer of a sending, looks until it landed, and sends only on advice",
            causes = {"looking depends on what sending returned"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.LOST_ANSWERS})
    default void move_05_aLostAnswerIsFound(Bench bench) {
        Trip trip = bench.trip(bench.accepted());
        trip.sign();
        bench.fixture().rail().loseNextAnswer();
        String step = "sent a movement, lost the answer, and looked with another instance";
        bench.doing(step);
        trip.send();
        Outcome outcome = trip.with(bench.anotherSide())
                .follow(Trip.all(Outcome.Landed.class))
                .outcomes()
                .get(0);
        bench.check(outcome instanceof Outcome.Landed, step, "Landed", Trip.told(outcome));
    }

    /** Sending again on advice. */
    @SpecRule(
            id = "X402-MOVE-06",
            level = Level.MUST,
            spec = "Advice.RESEND",
            derived = "what is lost on the way must be sent again, or the payment hangs until it expires",
            intent = "bytes that the rail lost are advised to be sent again, and land once",
            does = "sends, lets the rail lose the bytes, and follows the advice",
            causes = {"looking waits for ever for what was lost"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.HOLDS, Capability.DROPS})
    default void move_06_whatIsLostIsSentAgain(Bench bench) {
        Payment payment = bench.accepted();
        Balances before = bench.balances();
        Trip trip = bench.trip(payment);
        trip.sign();
        bench.fixture().rail().hold();
        trip.submit();
        bench.fixture().rail().drop();
        bench.fixture().rail().release();
        String step = "sent a movement that the rail lost, and followed the advice";
        bench.doing(step);
        landsAndPays(bench, trip, before, step);
    }

    /** The earlier attempt lands. */
    @SpecRule(
            id = "X402-MOVE-07",
            level = Level.MUST,
            spec = "SchemeFacilitator.observe",
            derived = "a replaced transaction can still be the one that lands; who looks at the last alone pays twice",
            intent = "an earlier attempt that lands after its replacement is seen",
            does = "sends an attempt, replaces it in its slot, and lands the first",
            causes = {"only the last attempt's reference is looked for"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.HOLDS, Capability.REPLACES})
    default void move_07_theEarlierAttemptIsSeen(Bench bench) {
        Trip trip = bench.trip(bench.accepted());
        bench.fixture().rail().hold();
        Signed first = trip.sign();
        trip.submit();
        trip.replace().sign();
        trip.send();
        bench.fixture().rail().land(first.reference());
        bench.fixture().rail().release();
        String step = "landed the first attempt after it was replaced";
        bench.doing(step);
        lands(bench, trip, step);
    }

    /** A stranger's transaction. */
    @SpecRule(
            id = "X402-MOVE-08",
            level = Level.MUST,
            spec = "SchemeFacilitator.observe",
            derived = "an authorization is public once sent and anybody may bring it in; the money moved all the same",
            intent = "a stranger's transaction with the exact effect is the landing",
            does = "lets a stranger move the money while our bytes are held, and looks",
            causes = {"only our own reference is looked for, and a used right is called failed"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.HOLDS, Capability.STRANGERS})
    default void move_08_aStrangersEffectIsSeen(Bench bench) {
        Payment payment = bench.accepted();
        Balances before = bench.balances();
        Trip trip = bench.trip(payment);
        trip.sign();
        bench.fixture().rail().hold();
        trip.submit();
        bench.fixture().rail().strangerSettles(payment);
        bench.fixture().rail().release();
        String step = "let a stranger's transaction move the money, and looked";
        bench.doing(step);
        landsAndPays(bench, trip, before, step);
    }

    /** A right that was used up for nothing. */
    @SpecRule(
            id = "X402-MOVE-09",
            level = Level.MUST,
            spec = "Outcome.Failed",
            derived = "a right can be used up without paying the payee; goods for that would be given away",
            intent = "a right that was used up without the effect is no landing",
            does = "lets the payer use up the right, and looks until it is decided",
            causes = {"a used nonce is taken for a payment"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.HOLDS, Capability.BURNS})
    default void move_09_aBurntRightIsNoLanding(Bench bench) {
        Payment payment = bench.accepted();
        Trip trip = bench.trip(payment);
        trip.sign();
        bench.fixture().rail().hold();
        trip.submit();
        bench.fixture().rail().strangerBurns(payment);
        bench.fixture().rail().release();
        String step = "let the payer use up the right without paying, and looked";
        bench.doing(step);
        Sighting sighting = trip.follow(seen -> !(seen.outcomes().get(0) instanceof Outcome.Open));
        bench.check(
                Trip.all(Outcome.Failed.class).test(sighting),
                step,
                "Failed",
                Trip.told(sighting.outcomes().get(0)));
    }

    /** Never failed while it may land. */
    @SpecRule(
            id = "X402-MOVE-10",
            level = Level.MUST,
            spec = "Outcome.Failed",
            derived = "who hears that a payment failed signs a new one; if the old bytes land then, it was paid twice",
            intent = "a movement is not called failed while any of its bytes may land",
            does = "holds what was sent until just before the payment ends, looking all the time, then lets it land",
            causes = {"a time-out of one's own", "not found is taken for failed"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.HOLDS, Capability.EXPIRES})
    default void move_10_whatMayLandHasNotFailed(Bench bench) {
        Paid signed = Paid.accepted(bench);
        Trip trip = bench.trip(signed.payment());
        trip.sign();
        bench.fixture().rail().hold();
        trip.submit();
        String step = "looked while the bytes were held and the payment had not ended";
        bench.doing(step);
        Instant last = signed.liveUntil().minusSeconds(2);
        Duration part =
                Duration.between(bench.environment().clock().instant(), last).dividedBy(20);
        for (int i = 0; i < 20; i++) {
            Outcome outcome = trip.outcome();
            bench.check(outcome instanceof Outcome.Open, step, "Open", Trip.told(outcome));
            bench.pass(part);
        }
    }

    /** Failed is final. */
    @SpecRule(
            id = "X402-MOVE-11",
            level = Level.MUST,
            spec = "Outcome.Failed",
            derived = "failed means proven: no bytes anywhere can move the money any more",
            intent = "a payment that ended is called failed in the end, and its bytes move nothing then",
            does = "lets the rail lose what was sent, waits until long after the end, and sends the bytes again",
            causes = {"the end of a payment is never noticed", "the rail still takes the bytes"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.HOLDS, Capability.DROPS, Capability.EXPIRES})
    default void move_11_failedIsFinal(Bench bench) {
        Paid signed = Paid.accepted(bench);
        Balances before = bench.balances();
        Trip trip = bench.trip(signed.payment());
        trip.sign();
        bench.fixture().rail().hold();
        trip.submit();
        bench.fixture().rail().drop();
        bench.passUntil(signed.liveUntil().plusSeconds(1));
        bench.fixture().rail().release();
        String step = "lost what was sent, and followed it until after the payment had ended";
        bench.doing(step);
        Sighting sighting = trip.follow(Trip.all(Outcome.Failed.class));
        bench.check(
                Trip.all(Outcome.Failed.class).test(sighting),
                step,
                "Failed",
                Trip.told(sighting.outcomes().get(0)));
        trip.send();
        for (int i = 0; i < 8; i++) {
            bench.pass(Duration.ofSeconds(2));
        }
        Balances after = bench.balances();
        bench.check(after.equals(before), step + ", then sent the bytes again", "no movement", before.until(after));
    }

    /** Looking before sending. */
    @SpecRule(
            id = "X402-MOVE-12",
            level = Level.MUST,
            spec = "SchemeFacilitator.observe",
            derived = "after a crash nobody knows whether bytes were sent, so looking at unsent bytes is ordinary",
            intent = "bytes that were never sent are open, and get sent on advice",
            does = "prepares, does not send, looks, and follows the advice until it landed",
            causes = {"not found is taken for failed", "looking waits for ever for what was never sent"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void move_12_unsentBytesGetSent(Bench bench) {
        Trip trip = bench.trip(bench.accepted());
        trip.sign();
        String step = "looked at a movement that was signed and not sent, and followed the advice";
        bench.doing(step);
        Outcome first = trip.outcome();
        bench.check(first instanceof Outcome.Open, step, "Open", Trip.told(first));
        lands(bench, trip, step);
    }

    /** The end of watching. */
    @SpecRule(
            id = "X402-MOVE-13",
            level = Level.MUST,
            spec = "Advice.DONE",
            derived = "an engine watches until it is told to stop; what never ends is watched for ever",
            intent = "a movement that is final is done, and stays as it was seen",
            does = "follows a movement until DONE and looks again later",
            causes = {"DONE is never said", "what was landed is open again when its block is old"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void move_13_whatIsFinalIsDone(Bench bench) {
        Trip trip = bench.trip(bench.accepted());
        trip.sign();
        trip.submit();
        String step = "followed a movement until the advice is DONE";
        bench.doing(step);
        Sighting done = trip.follow(sighting -> sighting.advice() == Advice.DONE);
        bench.check(done.advice() == Advice.DONE, step, "DONE", String.valueOf(done.advice()));
        bench.check(
                Trip.all(Outcome.Landed.class).test(done),
                step,
                "Landed",
                Trip.told(done.outcomes().get(0)));
        bench.pass(Duration.ofDays(2));
        Sighting later = trip.observe();
        bench.check(
                later.outcomes().equals(done.outcomes()),
                step + ", and looked again two days later",
                Trip.told(done.outcomes().get(0)),
                Trip.told(later.outcomes().get(0)));
    }

    /** An outage while looking. */
    @SpecRule(
            id = "X402-MOVE-14",
            level = Level.MUST,
            spec = "SchemeFacilitator.observe",
            derived = "what cannot be seen is not known; only RailUnavailableException or Open says so",
            intent = "while the rail cannot be asked, a movement is neither failed nor landed",
            does = "cuts the rail off and looks at a movement that was sent",
            causes = {"an exception is caught and told as failed"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.OUTAGES, Capability.HOLDS})
    default void move_14_anOutageShowsNothing(Bench bench) {
        Trip trip = bench.trip(bench.accepted());
        trip.sign();
        bench.fixture().rail().hold();
        trip.submit();
        bench.fixture().rail().outage(true);
        String step = "looked at a movement while the rail cannot be asked";
        bench.doing(step);
        Optional<Outcome> seen;
        try {
            seen = Optional.of(trip.outcome());
        } catch (RailUnavailableException e) {
            seen = Optional.empty();
        }
        bench.fixture().rail().outage(false);
        bench.check(
                seen.isEmpty() || seen.get() instanceof Outcome.Open,
                step,
                "RailUnavailableException, or Open",
                seen.map(Trip::told).orElse(""));
    }

    /** An outage while preparing. */
    @SpecRule(
            id = "X402-MOVE-15",
            level = Level.MUST,
            spec = "SchemeFacilitator.prepare",
            derived = "a movement that is declined as invalid is over for good; an outage is not",
            intent = "while the rail cannot be asked, preparing does not decline the payment as invalid",
            does = "cuts the rail off and prepares a movement of an honest payment",
            causes = {"verifying again in prepare takes an outage for invalid"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.OUTAGES})
    default void move_15_anOutageDeclinesNothing(Bench bench) {
        Trip trip = bench.trip(bench.accepted());
        bench.fixture().rail().outage(true);
        String step = "prepared a movement while the rail cannot be asked";
        bench.doing(step);
        boolean declined;
        try {
            declined = trip.prepare() instanceof Declined why
                    && why.why().values().stream().anyMatch(Verification.Invalid.class::isInstance);
        } catch (RailUnavailableException e) {
            declined = false;
        }
        bench.fixture().rail().outage(false);
        bench.check(
                !declined, step, "RailUnavailableException, Signed, or Declined as unavailable", "Declined as invalid");
    }

    /** Networks that are switched on. */
    @SpecRule(
            id = "X402-MOVE-16",
            level = Level.MUST,
            spec = "SchemeFacilitator.networks",
            derived =
                    "a pattern says what a plugin can do; an operator switches on single networks, and means just those",
            intent = "the networks are single ones, within the scheme's pattern and known to its rails",
            does = "compares the networks of the facilitator's side with the pattern and the rails",
            causes = {"every network of the family is listed"},
            needs = {Capability.FACILITATOR})
    default void move_16_networksAreNotWidened(Bench bench) {
        bench.doing("asked the facilitator's side for its networks");
        SchemeFacilitator side = bench.side();
        NetworkPattern pattern = bench.scheme().networks();
        for (Network network : side.networks()) {
            bench.check(
                    pattern.matches(network),
                    "asked the facilitator's side for its networks",
                    "networks within " + pattern,
                    network.toString());
            boolean known = network.equals(bench.fixture().offer().network())
                    || bench.fixture().rails().isEmpty()
                    || bench.fixture().rails().stream()
                            .flatMap(rail -> rail.networks().stream())
                            .anyMatch(listed -> listed.id().equals(network));
            bench.check(
                    known,
                    "asked the facilitator's side for its networks",
                    "networks that a rail knows",
                    network.toString());
            bench.check(
                    side.kind(network).network().equals(network)
                            && side.kind(network).scheme().equals(bench.scheme().name()),
                    "asked the facilitator's side what it says of " + network,
                    bench.scheme().name() + " on " + network,
                    side.kind(network).kind().toString());
        }
    }

    /** A payment that came back. */
    @SpecRule(
            id = "X402-MOVE-17",
            level = Level.MUST,
            spec = "Outcome.Reversed",
            derived = "where a rail returns money, the payee must hear of it; a receipt is no longer a proof then",
            intent = "a payment that is returned after it landed is seen as reversed",
            does = "follows a movement until it landed, lets the rail return it, and looks",
            causes = {"watching ends at the first landing", "a return is taken for failed or open"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.REVERSES})
    default void move_17_aReturnIsSeen(Bench bench) {
        Trip trip = bench.trip(bench.accepted());
        Signed signed = trip.sign();
        trip.submit();
        Sighting landed =
                bench.control("following it until it landed", () -> trip.follow(Trip.all(Outcome.Landed.class)));
        bench.control(Trip.all(Outcome.Landed.class).test(landed), "it did not land");
        bench.fixture().rail().reverse(signed.reference());
        String step = "let the rail return a payment that had landed, and looked";
        bench.doing(step);
        Outcome outcome =
                trip.follow(Trip.all(Outcome.Reversed.class)).outcomes().get(0);
        bench.check(outcome instanceof Outcome.Reversed, step, "Reversed", Trip.told(outcome));
    }

    /** A landing that vanished. */
    @SpecRule(
            id = "X402-MOVE-18",
            level = Level.MUST,
            spec = "Stage.SEEN",
            derived = "what vanishes before it is final may land again, so it is open and not failed",
            intent = "a landing that vanishes is open again and lands in the end",
            does = "makes a landed transaction vanish, looks, and follows the advice",
            causes = {"what was seen once is remembered", "vanished is taken for failed"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.HOLDS, Capability.REORGANISES})
    default void move_18_aLandingMayVanish(Bench bench) {
        Trip trip = bench.trip(bench.accepted());
        Signed signed = trip.sign();
        trip.submit();
        Sighting landed =
                bench.control("following it until it landed", () -> trip.follow(Trip.all(Outcome.Landed.class)));
        bench.control(Trip.all(Outcome.Landed.class).test(landed), "it did not land");
        bench.fixture().rail().hold();
        bench.fixture().rail().reorganise(signed.reference());
        String step = "made a landing vanish and looked";
        bench.doing(step);
        Outcome gone = trip.outcome();
        bench.check(gone instanceof Outcome.Open, step, "Open", Trip.told(gone));
        bench.fixture().rail().release();
        Outcome again = trip.follow(Trip.all(Outcome.Landed.class)).outcomes().get(0);
        bench.check(again instanceof Outcome.Landed, step + ", and followed the advice", "Landed", Trip.told(again));
    }

    /** A closed side. */
    @SpecRule(
            id = "X402-MOVE-19",
            level = Level.MUST,
            spec = "SchemeFacilitator.close",
            derived = "a replica that shuts down still gets calls; they end cleanly and prove nothing",
            intent = "closing is harmless twice, and a closed side answers or says that it is closed",
            does = "closes a side twice and calls it",
            causes = {
                "a field is null after closing",
                "closing throws the second time",
                "a pool that is shut down hangs"
            },
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void move_19_aClosedSideFailsCleanly(Bench bench) {
        Payment payment = bench.accepted();
        SchemeFacilitator side = bench.anotherSide();
        bench.doing("closed a side twice");
        side.close();
        side.close();
        String step = "verified with a closed side";
        bench.doing(step);
        try {
            side.verify(payment, bench.by());
        } catch (IllegalStateException | RailUnavailableException e) {
            bench.doing(step + ", which said that it is closed");
        }
    }

    /** Height first. */
    @SpecRule(
            id = "X402-MOVE-90",
            level = Level.MUST,
            spec = "SchemeFacilitator.observe",
            derived =
                    "a status from one node and a height from another made an expiry that was none, and a second payment",
            intent = "height and status come from one node, the height first",
            does = "nothing: it has one node",
            causes = {"two calls through a load balancer"},
            untested = "a fixture has one node; run the plugin against nodes that lag")
    default void move_90_heightFirstFromOneNode(Bench bench) {
        throw bench.notApplicable("not tested");
    }

    /** Deadlines. */
    @SpecRule(
            id = "X402-MOVE-91",
            level = Level.MUST,
            spec = "SchemeFacilitator",
            derived =
                    "a call that outlives its deadline outlives its lease, and two replicas then work on one movement",
            intent = "a call returns or throws before its deadline",
            does = "nothing: its clock does not go while a call waits",
            causes = {"a read without a time-out"},
            untested =
                    "the kit's clock stands still while a call waits; test the port with an endpoint that never answers")
    default void move_91_callsEndBeforeTheirDeadline(Bench bench) {
        throw bench.notApplicable("not tested");
    }

    private static Outcome.Landed lands(Bench bench, Trip trip, String step) {
        Outcome outcome = trip.follow(Trip.all(Outcome.Landed.class)).outcomes().get(0);
        bench.check(outcome instanceof Outcome.Landed, step, "Landed", Trip.told(outcome));
        return (Outcome.Landed) outcome;
    }

    private static void landsAndPays(Bench bench, Trip trip, Balances before, String step) {
        BigInteger amount = lands(bench, trip, step).receipt().amount().value();
        Balances after = bench.balances();
        bench.check(before.paid(amount, after), step, "payee +" + amount, before.until(after));
    }
}
