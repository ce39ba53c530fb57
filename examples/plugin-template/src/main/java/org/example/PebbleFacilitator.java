// snippet: file
package org.example;

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
import dev.x402.spi.Preparation;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Receipt;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The facilitator verifies, signs, sends and looks; it remembers nothing. */
record PebbleFacilitator(PebbleBank bank, SchemeContext context) implements SchemeFacilitator {
    private static final ErrorCode USED = new ErrorCode("pebble_note_used");
    private static final ErrorCode OVER = new ErrorCode("pebble_order_over");
    private static final int FORMAT = 1;

    @Override
    public Set<Network> networks() {
        return Set.of(Pebble.BEACH);
    }

    @Override
    public SupportedKind kind(Network network) {
        return SupportedKind.of(new Kind("exact", network));
    }

    @Override
    public List<String> signers(Network network) {
        return List.of();
    }

    /** Shape, offer, terms, time, signature; then the books. */
    @Override
    public Verification verify(Payment payment, Instant by) {
        Order order;
        try {
            order = Order.of(payment);
        } catch (MalformedMessageException malformed) {
            return new Verification.Invalid(ErrorCode.INVALID_PAYLOAD, String.valueOf(malformed.getMessage()), false);
        }
        PaymentRequirements terms = payment.requirements();
        PaymentRequirements accepted = payment.payload().accepted();
        var problem = PebbleServer.problem(terms, context);
        if (problem.isPresent()) {
            return new Verification.Invalid(ErrorCode.INVALID_PAYMENT_REQUIREMENTS, problem.get(), false);
        }
        if (!accepted.kind().equals(terms.kind())
                || !accepted.asset().equals(terms.asset())
                || !accepted.payTo().equals(terms.payTo())
                || !accepted.amount().equals(terms.amount())) {
            return new Verification.Invalid(
                    ErrorCode.NO_MATCHING_REQUIREMENTS, "accepted: expected the seller's offer, saw another", false);
        }
        if (!pays(order, terms) || order.from().equals(order.to())) {
            return new Verification.Invalid(
                    ErrorCode.INVALID_PAYLOAD, "payload: expected payTo, asset and amount of the offer", false);
        }
        if (order.isOver(context.clock().instant())) {
            return new Verification.Invalid(OVER, "payload.until: expected a later time", false);
        }
        if (!bank.signed(order.from(), order.text(), order.signature())) {
            return new Verification.Invalid(
                    ErrorCode.INVALID_PAYLOAD, "payload.signature: expected one of payload.from over it", false);
        }
        try {
            return judged(order, bank.look(order.from(), order.note(), order.asset()));
        } catch (RailUnavailableException unavailable) {
            return new Verification.Unavailable("the bank does not answer", Duration.ofSeconds(2));
        }
    }

    private static Verification judged(Order order, PebbleBank.Entry entry) {
        if (entry.used().isPresent()) {
            return new Verification.Invalid(USED, "payload.note: expected a new one, saw one that was used", true);
        }
        return entry.balance().compareTo(order.amount()) < 0
                ? new Verification.Invalid(ErrorCode.INSUFFICIENT_FUNDS, "payer: expected a higher balance", true)
                : new Verification.Valid(order.from(), Json.Obj.EMPTY);
    }

    /** The bytes to send, made before anything is sent: the engine stores them first. */
    @Override
    public Preparation prepare(Movement movement, Instant by) {
        Payment payment = movement.payments().get(0);
        Verification now = verify(payment, by);
        boolean paid = now instanceof Verification.Invalid invalid
                && invalid.code().equals(USED)
                && observe(movement, by).outcomes().get(0) instanceof Outcome.Landed;
        if (!(now instanceof Verification.Valid) && !paid) {
            return new Declined(Map.of(new PebbleScheme().key(payment), now));
        }
        Order order = Order.of(payment);
        return new Signed(order.from() + "/" + order.note(), FORMAT, Bytes.of(payloadOf(order)));
    }

    /** Exactly the stored bytes. */
    @Override
    public void submit(Movement movement, Attempt attempt, Instant by) {
        bank.enter(read(attempt.signed().orElseThrow()));
    }

    /** The books decide, whoever entered the order; failed is only what can never be entered any more. */
    @Override
    public Sighting observe(Movement movement, Instant by) {
        movement.attempts().forEach(attempt -> attempt.signed().ifPresent(PebbleFacilitator::read));
        Payment payment = movement.payments().get(0);
        Order order = Order.of(payment);
        PebbleBank.Entry entry = bank.look(order.from(), order.note(), order.asset());
        Outcome outcome;
        if (entry.used().isPresent()) {
            Order used = entry.used().get();
            Receipt receipt = new Receipt(
                    order.from() + "/" + order.note(), order.from(), used.amount(), Json.Obj.EMPTY);
            outcome = pays(used, payment.requirements())
                    ? new Outcome.Landed(receipt, Stage.FINAL)
                    : new Outcome.Failed(USED);
        } else {
            outcome = order.isOver(entry.time()) ? new Outcome.Failed(OVER) : new Outcome.Open();
        }
        return outcome instanceof Outcome.Open
                ? new Sighting(Advice.RESEND, Duration.ofMillis(200), List.of(outcome))
                : new Sighting(Advice.DONE, Duration.ZERO, List.of(outcome));
    }

    private static boolean pays(Order order, PaymentRequirements terms) {
        return order.to().equals(terms.payTo())
                && order.asset().equals(terms.asset())
                && order.amount().equals(terms.amount());
    }

    private static byte[] payloadOf(Order order) {
        return Codec.JSON.write(order.toJson());
    }

    private static byte[] read(Signed signed) {
        if (signed.format() != FORMAT) {
            throw new IllegalArgumentException("order " + signed.reference() + ": expected format " + FORMAT + ", saw "
                    + signed.format() + "; a newer version of this plugin wrote it");
        }
        return signed.bytes().toArray();
    }
}
// end: file
