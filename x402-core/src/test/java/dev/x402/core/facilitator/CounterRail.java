package dev.x402.core.facilitator;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Bytes;
import dev.x402.spi.Lane;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Preparation;
import dev.x402.spi.Receipt;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A rail whose answers a test sets by hand, and that lists what it was asked. */
final class CounterRail implements PaymentScheme {
    static final Network NETWORK = Network.parse("counter:1");
    static final Kind KIND = new Kind("exact", NETWORK);
    static final Lane LANE = new Lane(NETWORK, "signer");

    final List<String> calls = new ArrayList<>();
    final List<PaymentKey> landed = new ArrayList<>();
    final Set<String> references = new HashSet<>();
    Function<Payment, Verification> verification = payment -> new Verification.Valid("payer", Json.Obj.EMPTY);
    UnaryOperator<Preparation> preparation = signed -> signed;
    UnaryOperator<Sighting> sighting = seen -> seen;
    Runnable onSubmit = () -> {};
    Stage stage = Stage.FINAL;
    boolean offered = true;

    static Payment payment(String nonce) {
        return payment(nonce, "shop", 5);
    }

    static Payment payment(String nonce, String payTo, long amount) {
        PaymentRequirements offer =
                PaymentRequirements.of(KIND, AtomicAmount.of(amount), "coin", payTo, 60, Json.Obj.EMPTY);
        return Payment.of(PaymentPayload.of(null, offer, Json.Obj.EMPTY.with("nonce", nonce)), offer);
    }

    static PaymentKey keyOf(Payment payment) {
        return new PaymentKey("counter:"
                + payment.payload()
                        .payload()
                        .text("nonce")
                        .orElseThrow(() -> new MalformedMessageException("/payload/nonce", "a text", "none")));
    }

    @Override
    public String name() {
        return KIND.scheme();
    }

    @Override
    public NetworkPattern networks() {
        return NetworkPattern.of(NETWORK);
    }

    @Override
    public PaymentKey key(Payment payment) {
        return keyOf(payment);
    }

    @Override
    public Optional<SchemeFacilitator> facilitator(SchemeContext context) {
        return Optional.of(new Side());
    }

    private final class Side implements SchemeFacilitator {
        @Override
        public Set<Network> networks() {
            return Set.of(NETWORK);
        }

        @Override
        public SupportedKind kind(Network network) {
            if (!offered) {
                throw new IllegalStateException("bug");
            }
            return SupportedKind.of(KIND);
        }

        @Override
        public List<String> signers(Network network) {
            return List.of(LANE.signer());
        }

        @Override
        public List<Lane> lanes(List<Payment> payments) {
            return List.of(LANE);
        }

        @Override
        public Verification verify(Payment payment, Instant by) {
            calls.add("verify");
            return verification.apply(payment);
        }

        @Override
        public long confirmedNext(Lane lane, Instant by) {
            calls.add("confirmedNext");
            return 0;
        }

        @Override
        public Preparation prepare(Movement movement, Instant by) {
            Attempt last = movement.last();
            calls.add("prepare " + last.number());
            String reference = "tx" + last.slot().orElseThrow().sequence() + "." + last.number();
            return preparation.apply(new Signed(reference, 1, Bytes.of(reference.getBytes(StandardCharsets.UTF_8))));
        }

        @Override
        public void submit(Movement movement, Attempt attempt, Instant by) {
            calls.add("submit " + attempt.number());
            onSubmit.run();
            if (references.add(attempt.signed().orElseThrow().reference())) {
                movement.payments().forEach(payment -> landed.add(keyOf(payment)));
            }
        }

        @Override
        public Sighting observe(Movement movement, Instant by) {
            calls.add("observe");
            List<Outcome> outcomes = new ArrayList<>();
            for (Payment payment : movement.payments()) {
                Receipt receipt = new Receipt(
                        movement.last().signed().orElseThrow().reference(),
                        "payer",
                        payment.requirements().amount(),
                        Json.Obj.EMPTY);
                outcomes.add(landed.contains(keyOf(payment)) ? new Outcome.Landed(receipt, stage) : new Outcome.Open());
            }
            boolean done =
                    outcomes.stream().allMatch(outcome -> outcome instanceof Outcome.Landed && stage == Stage.FINAL);
            return sighting.apply(new Sighting(done ? Advice.DONE : Advice.RESEND, Duration.ofSeconds(1), outcomes));
        }
    }
}
