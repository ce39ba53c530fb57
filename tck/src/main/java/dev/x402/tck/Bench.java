package dev.x402.tck;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Facilitator;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.PaymentScheme.Accounts;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.SchemePayload;
import dev.x402.spi.SchemeServer;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a rule works on: one plugin on one rail, with the kit's clock.
 *
 * <p>Made anew for each rule. Every {@code mustReject…} first shows that an untouched payment is accepted; where it is
 * not, the rule is inconclusive. Methods are safe for threads.
 */
public final class Bench {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int ASKS = 400;
    private static final long FUNDS = 1_000;

    private final TckEnvironment env;
    private final SchemeFixture fixture;
    private final Sides sides;
    private final Timekeeper time;
    private volatile String did = "opened the fixture";
    private volatile boolean shownToVerify;
    private volatile boolean shownToSettle;

    Bench(TckEnvironment env, SchemeFixture fixture) {
        this.env = env;
        this.fixture = fixture;
        this.time = new Timekeeper(env.hands(), fixture);
        this.sides = new Sides(new FixtureContext(env, fixture, env.random()), time, this::answerAt);
    }

    /** Clock, randomness and seed. */
    public TckEnvironment environment() {
        return env;
    }

    /** The plugin's fixture. */
    public SchemeFixture fixture() {
        return fixture;
    }

    /** The scheme, always the same object. */
    public PaymentScheme scheme() {
        return sides.scheme();
    }

    /** The payer's side. */
    public SchemeClient client() {
        return sides.client();
    }

    /** The payee's side. */
    public SchemeServer server() {
        return sides.server();
    }

    /** The facilitator's side of the scheme. */
    public SchemeFacilitator side() {
        return sides.side();
    }

    /** A facilitator's side of a new scheme with the same ports, as after a restart. */
    public SchemeFacilitator anotherSide() {
        return sides.anotherSide();
    }

    /** How the plugin's accounts prove themselves; empty when they do not. */
    Optional<Accounts> accounts() {
        return sides.accounts();
    }

    /** The same of a new scheme with the same ports. */
    Accounts otherAccounts() {
        return sides.otherAccounts()
                .orElseThrow(() -> new RuleViolation(
                        "asked another instance of the scheme for its accounts", "the same as the first", "none"));
    }

    /** A payer's side of a new scheme, whose randomness repeats with this word. */
    SchemeClient seededClient(String word) {
        return sides.seededClient(word);
    }

    /** The facilitator that is judged: the kit's small engine over {@link #side}, or what the fixture gave. */
    public Facilitator facilitator() {
        return sides.facilitator();
    }

    /** Notes what is done now, for the message of a failure. */
    public void doing(String what) {
        did = what;
    }

    String did() {
        return did;
    }

    /** A deadline for one call. */
    public Instant by() {
        return env.clock().instant().plus(DEADLINE);
    }

    /** Lets time pass, for the rail as well. */
    public void pass(Duration duration) {
        time.pass(duration);
    }

    /** Lets time pass until this moment; does nothing when it is over. */
    public void passUntil(Instant moment) {
        Duration ahead = Duration.between(env.clock().instant(), moment);
        if (ahead.compareTo(Duration.ZERO) > 0) {
            time.pass(ahead);
        }
    }

    /** The fixture's offer, completed by the payee's side where there is one. */
    public PaymentRequirements offer() {
        return complete(fixture.offer());
    }

    /** A draft completed by the payee's side where there is one. */
    public PaymentRequirements complete(PaymentRequirements draft) {
        if (!claims(Capability.SERVER)) {
            return draft;
        }
        return server().complete(draft, sides.kind(draft.kind()), by());
    }

    /** Whether the fixture claims the capability. */
    public boolean claims(Capability capability) {
        return fixture.capabilities().contains(capability);
    }

    /** What the payer's side signs for this offer. */
    public SchemePayload sign(PaymentRequirements offer) {
        return client().pay(offer, new PayContext(Json.Obj.EMPTY, offer.amount(), by()));
    }

    /** The payment as it comes out of the wire: the payload echoes the offer. */
    public Payment wrap(SchemePayload signed, PaymentRequirements offer) {
        ResourceInfo resource = ResourceInfo.of("https://seller.example/resource");
        PaymentPayload sent = signed.extensions().isEmpty()
                ? PaymentPayload.of(resource, offer, signed.payload())
                : new PaymentPayload(resource, offer, signed.payload(), signed.extensions(), Json.Obj.EMPTY);
        return Payment.of(Codec.PAYMENT_PAYLOAD.read(Codec.PAYMENT_PAYLOAD.write(sent)), offer);
    }

    /** A new payment of {@link #offer}; the payer has the money. */
    public Payment pay() {
        return pay(offer());
    }

    /** A new payment of this offer; the payer has the money. */
    public Payment pay(PaymentRequirements offer) {
        afford(offer.amount());
        return wrap(sign(offer), offer);
    }

    /** Sees to it that the payer has at least a thousand times this amount. */
    public void afford(AtomicAmount amount) {
        BigInteger wanted = amount.value().multiply(BigInteger.valueOf(FUNDS));
        BigInteger lacking = wanted.subtract(balance(fixture.payer()));
        if (lacking.signum() > 0) {
            fixture.fund(fixture.payer(), new AtomicAmount(lacking));
        }
    }

    /** What the account has, in the offer's asset. */
    public BigInteger balance(String account) {
        return fixture.balance(account).value();
    }

    /** What payer and payee of the fixture's offer have now. */
    public Balances balances() {
        return new Balances(balance(fixture.payer()), balance(fixture.offer().payTo()));
    }

    /** The facilitator's judgement. */
    public Verification verify(Payment payment) {
        return facilitator().verify(payment, by());
    }

    /** The facilitator's settlement: asks and lets time pass until it is no longer pending, or many asks are over. */
    public Settlement settle(Payment payment) {
        Settlement answer = facilitator().settle(payment, by());
        for (int i = 0; i < ASKS && answer instanceof Settlement.Pending pending; i++) {
            pass(pending.retryAfter().isZero() ? Duration.ofSeconds(1) : pending.retryAfter());
            answer = facilitator().settle(payment, by());
        }
        return answer;
    }

    /** A movement of this payment, to be driven step by step; nothing is signed yet. */
    public Trip trip(Payment payment) {
        return Trip.of(sides, time, payment);
    }

    /** A new payment that was verified as valid; else the rule is inconclusive. */
    public Payment accepted() {
        return accepted(offer());
    }

    /** A new payment of this offer that was verified as valid; else the rule is inconclusive. */
    public Payment accepted(PaymentRequirements offer) {
        Payment payment = control("paying the offer", () -> pay(offer));
        Verification verification = control("verifying the untouched payment", () -> verify(payment));
        control(verification instanceof Verification.Valid, "the untouched payment was judged " + told(verification));
        shownToVerify = true;
        return payment;
    }

    /**
     * Expects the attack to be judged invalid, after an untouched payment was judged valid.
     *
     * @param how what was done to the payment
     */
    public Verification.Invalid mustReject(String how, Payment attack) {
        if (!shownToVerify) {
            accepted();
        }
        doing("verified a payment " + how);
        Verification verification = verify(attack);
        if (verification instanceof Verification.Invalid invalid) {
            return invalid;
        }
        throw new RuleViolation("verified a payment " + how, "Invalid", told(verification));
    }

    /**
     * Expects that the attack moves nothing, after an untouched payment was settled.
     *
     * @param how what was done to the payment
     */
    public Settlement mustNotSettle(String how, Payment attack) {
        showSettling();
        String step = "settled a payment " + how + ", without verifying it";
        doing(step);
        Balances before = balances();
        Settlement settlement = settle(attack);
        check(!(settlement instanceof Settlement.Settled), step, "Rejected", told(settlement));
        Balances after = balances();
        check(after.equals(before), step, "no movement", before.until(after));
        return settlement;
    }

    /** Shows once that a new untouched payment is settled; else the rule is inconclusive. */
    public void showSettling() {
        if (!shownToSettle) {
            Balances before = control("looking at the balances", this::balances);
            Payment payment = control("paying the offer", this::pay);
            Balances funded = balances();
            Settlement settlement = control("settling the untouched payment", () -> settle(payment));
            control(
                    settlement instanceof Settlement.Settled,
                    "settling the untouched payment ended as " + told(settlement));
            Balances after = balances();
            control(
                    after.payee().compareTo(before.payee()) > 0 && after.payer().compareTo(funded.payer()) < 0,
                    "settling the untouched payment moved " + funded.until(after));
            shownToSettle = true;
        }
    }

    /** Makes the rule fail unless the fact holds. */
    public void check(boolean holds, String step, String expected, String observed) {
        if (!holds) {
            throw new RuleViolation(step, expected, observed);
        }
    }

    /** Makes the rule inconclusive unless the fact holds, which the rule takes for granted. */
    public void control(boolean holds, String otherwise) {
        if (!holds) {
            throw Unjudged.inconclusive(otherwise);
        }
    }

    /** The result of a step that the rule takes for granted; the rule is inconclusive when it throws. */
    public <T> T control(String step, Supplier<T> taken) {
        doing(step);
        try {
            return taken.get();
        } catch (Unjudged e) {
            throw e;
        } catch (RuntimeException | LinkageError | AssertionError e) {
            throw Unjudged.inconclusive(step + " threw " + Thrown.told(e));
        }
    }

    /** Ends the rule as not applicable. */
    public RuntimeException notApplicable(String why) {
        return Unjudged.notApplicable(why);
    }

    /** A judgement in words, without what the payer signed. */
    public static String told(@Nullable Verification verification) {
        if (verification instanceof Verification.Valid valid) {
            return "Valid(payer=" + valid.payer() + ")";
        }
        if (verification instanceof Verification.Invalid invalid) {
            return "Invalid(" + invalid.code().value() + ")";
        }
        return verification == null ? "null" : "Unavailable";
    }

    /** A settlement in words. */
    public static String told(@Nullable Settlement settlement) {
        if (settlement instanceof Settlement.Settled settled) {
            return "Settled(" + settled.receipt().amount() + ", " + settled.stage() + ")";
        }
        if (settlement instanceof Settlement.Rejected rejected) {
            return "Rejected(" + rejected.code().value() + ")";
        }
        if (settlement instanceof Settlement.Reversed reversed) {
            return "Reversed(" + reversed.code().value() + ")";
        }
        return settlement instanceof Settlement.Pending pending ? "Pending(started=" + pending.started() + ")" : "null";
    }

    /** The stage at which the rail says that a settlement is answered. */
    Stage answerAt() {
        PaymentRequirements offer = fixture.offer();
        Optional<RailNetwork> network = fixture.rails().stream()
                .flatMap(rail -> rail.networks().stream())
                .filter(known -> known.id().equals(offer.network()))
                .findFirst();
        return network.map(RailNetwork::answerAt).orElse(Stage.SETTLED);
    }

    Packaged packaged() {
        return new Packaged(control("looking for the jar or folder of the plugin", fixture::artifact));
    }

    /** Closes this as well when the rule is over. */
    <S extends AutoCloseable> S opened(S side) {
        return sides.opened(side);
    }

    void close() {
        sides.close();
    }
}
