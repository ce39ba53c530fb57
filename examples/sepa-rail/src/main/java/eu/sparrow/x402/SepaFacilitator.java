package eu.sparrow.x402;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Bytes;
import dev.x402.spi.Declined;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Preparation;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Receipt;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The facilitator's side. It remembers nothing: what was signed is in the movement, what happened is at the bank.
 *
 * <p>The bank takes one order of a reference. That makes it short: one attempt a movement, and the same bytes again.
 */
final class SepaFacilitator implements SchemeFacilitator {
    static final ErrorCode EXPIRED = new ErrorCode("sepa_order_expired");
    static final ErrorCode MISMATCH = new ErrorCode("sepa_order_mismatch");
    static final ErrorCode SIGNATURE = new ErrorCode("sepa_order_signature");
    static final ErrorCode USED = new ErrorCode("sepa_nonce_used");

    /** Time that an order needs to get to the bank. */
    static final int MARGIN_SECONDS = 3;

    private static final int FORMAT = 1;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(2);
    private static final Duration SELDOM = Duration.ofHours(12);

    private final SepaBank bank;
    private final Clock clock;
    private final Function<Payment, PaymentKey> keys;

    SepaFacilitator(SepaBank bank, Clock clock, Function<Payment, PaymentKey> keys) {
        this.bank = bank;
        this.clock = clock;
        this.keys = keys;
    }

    @Override
    public Set<Network> networks() {
        return Set.of(SepaRail.NETWORK);
    }

    @Override
    public SupportedKind kind(Network network) {
        return SupportedKind.of(new Kind(SepaScheme.NAME, network));
    }

    /** Nobody signs: a bank knows who hands in. */
    @Override
    public List<String> signers(Network network) {
        return List.of();
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        Order order;
        try {
            order = Order.of(payment);
        } catch (MalformedMessageException malformed) {
            return Terms.refused(ErrorCode.INVALID_PAYLOAD, String.valueOf(malformed.getMessage()))
                    .orElseThrow();
        }
        Optional<Verification.Invalid> refusal =
                Terms.refusal(payment.requirements()).or(() -> mismatch(order, payment));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            return judged(order, bank.look(order.from().value(), order.reference(), by));
        } catch (RailUnavailableException unavailable) {
            return new Verification.Unavailable(String.valueOf(unavailable.getMessage()), LATER);
        }
    }

    /** What the payer signed against what the seller asks. */
    private Optional<Verification.Invalid> mismatch(Order order, Payment payment) {
        PaymentRequirements terms = payment.requirements();
        boolean same = order.to().value().equals(terms.payTo().toUpperCase(Locale.ROOT))
                && !order.to().equals(order.from())
                && order.cents().equals(terms.amount())
                && Optional.of(order.speed()).equals(Speed.of(terms));
        if (!same) {
            return Terms.refused(MISMATCH, "payload.order: expected payee, amount and speed of the offer, saw others");
        }
        return order.isOver(clock.instant().plusSeconds(MARGIN_SECONDS))
                ? Terms.refused(EXPIRED, "payload.order.validUntil: expected a later time")
                : Optional.empty();
    }

    private static Verification judged(Order order, SepaBank.View view) {
        boolean authentic = view.account()
                .filter(account -> Keys.verifies(account.key(), order.text(), order.signature()))
                .isPresent();
        if (!authentic) {
            return new Verification.Invalid(
                    SIGNATURE, "payload.signature: expected one of the account's owner over payload.order", false);
        }
        if (view.entry().isPresent()) {
            return new Verification.Invalid(
                    USED, "payload.order.nonce: expected a new one, saw one that the bank took before", true);
        }
        return order.cents()
                                .value()
                                .compareTo(java.math.BigInteger.valueOf(
                                        view.account().orElseThrow().cents()))
                        > 0
                ? new Verification.Invalid(ErrorCode.INSUFFICIENT_FUNDS, "payer: expected more on the account", true)
                : new Verification.Valid(order.from().value(), Json.Obj.EMPTY);
    }

    /** Names the order, unless the bank would not take it any more; nothing is handed in. */
    @Override
    public Preparation prepare(Movement movement, Instant by) {
        Payment payment = movement.payments().get(0);
        Verification now = verify(payment, by);
        if (now instanceof Verification.Valid || isTaken(payment, now, by)) {
            Order order = Order.of(payment);
            return new Signed(order.reference(), FORMAT, Bytes.of(Codec.JSON.write(order.toJson())));
        }
        return new Declined(Map.of(keys.apply(payment), now));
    }

    /** Whether somebody else handed this very order in after it was verified: then looking will find it. */
    private boolean isTaken(Payment payment, Verification now, Instant by) {
        return now instanceof Verification.Invalid invalid
                && invalid.code().equals(USED)
                && entry(Order.of(payment), by).filter(entry -> isOurs(payment, entry)).isPresent();
    }

    /** Hands in the stored bytes, not new ones: a crash may have come in between. */
    @Override
    public void submit(Movement movement, Attempt attempt, Instant by) {
        Signed signed = attempt.signed().orElseThrow();
        readable(signed);
        bank.handIn(signed.bytes().toArray(), by);
    }

    // snippet: observe
    @Override
    public Sighting observe(Movement movement, Instant by) {
        movement.attempts().forEach(attempt -> attempt.signed().ifPresent(SepaFacilitator::readable));
        Payment payment = movement.payments().get(0);
        Order order = Order.of(payment);
        SepaBank.View view = bank.look(order.from().value(), order.reference(), by);
        if (view.entry().isEmpty()) {
            return order.isOver(view.asOf())
                    ? over(new Outcome.Failed(EXPIRED)) // by the bank's clock: it takes it no more
                    : new Sighting(Advice.RESEND, SOON, List.of(new Outcome.Open()));
        }
        SepaBank.Entry entry = view.entry().get();
        if (!isOurs(payment, entry)) {
            return over(new Outcome.Failed(USED));
        }
        return switch (entry.state()) {
            case TAKEN -> waiting(view, entry.settles(), new Outcome.Open());
            case SETTLED ->
                waiting(view, entry.finalAt(), new Outcome.Landed(receipt(order, entry), Stage.SETTLED));
            case FINAL -> over(new Outcome.Landed(receipt(order, entry), Stage.FINAL));
            case REFUSED -> over(new Outcome.Failed(code("sepa_refused_", entry)));
            case RETURNED -> over(new Outcome.Reversed(receipt(order, entry), code("sepa_return_", entry)));
        };
    }

    private static Sighting over(Outcome outcome) {
        return new Sighting(Advice.DONE, Duration.ZERO, List.of(outcome));
    }

    /** Banks tell returns once or twice a day; nothing is gained by asking more often. */
    private static Sighting waiting(SepaBank.View view, Instant until, Outcome outcome) {
        Duration left = Duration.between(view.asOf(), until);
        Duration again = left.compareTo(SOON) < 0 ? SOON : left.compareTo(SELDOM) > 0 ? SELDOM : left;
        return new Sighting(Advice.WAIT, again, List.of(outcome));
    }

    private static Receipt receipt(Order order, SepaBank.Entry entry) {
        Receipt receipt = new Receipt(
                order.reference(), order.from().value(), AtomicAmount.of(entry.cents()), Json.Obj.EMPTY);
        return order.speed() == Speed.INSTANT ? receipt : receipt.withFinalAt(entry.finalAt());
    }
    // end: observe

    private static ErrorCode code(String kind, SepaBank.Entry entry) {
        return new ErrorCode(kind + entry.reason().toLowerCase(Locale.ROOT));
    }

    private static boolean isOurs(Payment payment, SepaBank.Entry entry) {
        PaymentRequirements terms = payment.requirements();
        return entry.payee().equalsIgnoreCase(terms.payTo())
                && AtomicAmount.of(entry.cents()).equals(terms.amount());
    }

    private Optional<SepaBank.Entry> entry(Order order, Instant by) {
        return bank.look(order.from().value(), order.reference(), by).entry();
    }

    private static void readable(Signed signed) {
        if (signed.format() != FORMAT) {
            throw new IllegalArgumentException("order " + signed.reference() + ": expected format " + FORMAT
                    + ", saw " + signed.format() + "; a newer version of this plugin wrote it");
        }
    }
}
