package dev.x402.core.facilitator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.core.Pause;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Advice;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.SettlementListener;
import dev.x402.spi.SettlementStore;
import dev.x402.spi.Sighting;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One payment at one engine. */
class SettlementTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final CounterRail rail = new CounterRail();
    private final ManualTime time = new ManualTime();
    private final SettlementStore store = new InMemorySettlementStore(time);
    private final Plugins plugins = Plugins.builder()
            .add(rail)
            .add(new ToyRail(Stage.SETTLED))
            .clock(time)
            .build();
    private final FacilitatorEngine engine = builder().build();

    @AfterEach
    void close() {
        plugins.close();
    }

    @Test
    void settles_a_payment_without_waiting() {
        assertEquals(settled("tx0.0", Stage.FINAL), settle("a"));
        assertEquals(List.of("verify", "confirmedNext", "prepare 0", "submit 0", "observe"), rail.calls);
        assertEquals(ManualTime.START, time.instant());
    }

    @Test
    void asks_the_rail_for_its_number_once_for_each_lane() {
        settle("a");
        rail.calls.clear();

        assertEquals(settled("tx1.0", Stage.FINAL), settle("b"));
        assertEquals(List.of("verify", "prepare 0", "submit 0", "observe"), rail.calls);
    }

    @Test
    void answers_a_repeat_with_the_first_result_and_without_the_rail() {
        Settlement first = settle("a");
        rail.calls.clear();

        assertEquals(first, settle("a"));
        assertEquals(List.of(), rail.calls);
    }

    @Test
    void answers_a_repeat_of_a_rejection_with_the_same_words() {
        rail.verification =
                payment -> new Verification.Invalid(ErrorCode.INSUFFICIENT_FUNDS, "balance 3, needed 5", true);
        Settlement first = settle("a");
        rail.verification = new CounterRail().verification;

        assertEquals(new Settlement.Rejected(ErrorCode.INSUFFICIENT_FUNDS, "balance 3, needed 5"), first);
        assertEquals(first, settle("a"));
    }

    @Test
    void answers_a_repeat_in_another_spelling_of_the_same_terms() {
        Settlement first = engine.settle(CounterRail.payment("a", "shop", 5), soon());

        assertEquals(first, engine.settle(CounterRail.payment("a", "SHOP", 5), soon()));
    }

    @Test
    void rejects_the_same_right_for_other_terms() {
        settle("a");

        assertEquals(
                new Settlement.Rejected(
                        ErrorCode.DUPLICATE_SETTLEMENT,
                        "the same right to move money was used for a payment with another seller or other terms"),
                engine.settle(CounterRail.payment("a", "thief", 5), soon()));
    }

    @Test
    void rejects_the_same_right_with_another_proof() {
        Payment first = CounterRail.payment("a");
        settle("a");
        Payment forged = Payment.of(
                PaymentPayload.of(
                        null, first.requirements(), first.payload().payload().with("signature", "forged")),
                first.requirements());

        assertEquals(
                new Settlement.Rejected(
                        ErrorCode.DUPLICATE_SETTLEMENT,
                        "the same right to move money was used for a payment with another proof"),
                engine.settle(forged, soon()));
    }

    @Test
    void rejects_a_payload_without_its_shape() {
        PaymentRequirements offer = CounterRail.payment("a").requirements();

        assertEquals(
                new Settlement.Rejected(ErrorCode.INVALID_PAYLOAD, "/payload/nonce: expected a text, saw none"),
                engine.settle(Payment.of(PaymentPayload.of(null, offer, Json.Obj.EMPTY), offer), soon()));
    }

    @Test
    void rejects_a_scheme_that_no_plugin_serves() {
        PaymentRequirements offer = PaymentRequirements.of(
                new Kind("upto", CounterRail.NETWORK), AtomicAmount.of(5), "coin", "shop", 60, Json.Obj.EMPTY);

        assertEquals(
                new Settlement.Rejected(
                        ErrorCode.UNSUPPORTED_SCHEME,
                        "upto on counter:1: not switched on at this facilitator; ask /supported"),
                engine.settle(Payment.of(PaymentPayload.of(null, offer, Json.Obj.EMPTY), offer), soon()));
    }

    @Test
    void rejects_a_network_that_no_plugin_serves() {
        PaymentRequirements offer = PaymentRequirements.of(
                new Kind("exact", Network.parse("nonces:1")), AtomicAmount.of(5), "coin", "shop", 60, Json.Obj.EMPTY);

        assertEquals(
                new Settlement.Rejected(
                        ErrorCode.INVALID_NETWORK,
                        "exact on nonces:1: not switched on at this facilitator; ask /supported"),
                engine.settle(Payment.of(PaymentPayload.of(null, offer, Json.Obj.EMPTY), offer), soon()));
    }

    @Test
    void rejects_what_the_policy_refuses_and_asks_nobody_else() {
        FacilitatorEngine strict = builder(FacilitatorPolicy.payees(
                        plugins, List.of(new FacilitatorPolicy.Payee("", CounterRail.NETWORK, "coin", "SHOP"))))
                .build();
        assertEquals(settled("tx0.0", Stage.FINAL), strict.settle(CounterRail.payment("a"), soon()));
        rail.calls.clear();

        assertEquals(
                new Settlement.Rejected(
                        ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                        "payTo: not a payee of this tenant on counter:1; have the operator allow it"),
                strict.settle(CounterRail.payment("b", "thief", 5), soon()));
        assertEquals(List.of(), rail.calls);
    }

    @Test
    void keeps_a_refusal_of_the_policy() {
        FacilitatorEngine strict =
                builder(FacilitatorPolicy.payees(plugins, List.of())).build();
        Settlement refused = strict.settle(CounterRail.payment("a"), soon());

        assertEquals(refused, settle("a"));
    }

    @Test
    void takes_a_failing_policy_for_no_answer() {
        FacilitatorEngine broken = builder(payment -> {
                    throw new IllegalStateException("no list");
                })
                .build();

        assertEquals(pending(Optional.empty(), false, SECOND), broken.settle(CounterRail.payment("a"), soon()));
    }

    @Test
    void says_pending_with_the_reference_when_the_deadline_comes() {
        rail.sighting = seen -> new Sighting(Advice.WAIT, Duration.ofSeconds(3), List.of(new Outcome.Open()));

        assertEquals(pending(Optional.of("tx0.0"), true, Duration.ofSeconds(3)), settle("a"));
        assertEquals(ManualTime.START.plusSeconds(10), time.instant());
    }

    @Test
    void looks_again_exactly_when_the_rail_said() {
        rail.stage = Stage.SEEN;
        List<Instant> looks = new ArrayList<>();
        rail.sighting = seen -> {
            looks.add(time.instant());
            rail.stage = looks.size() == 3 ? Stage.FINAL : Stage.SEEN;
            return seen.advice() == Advice.DONE
                    ? seen
                    : new Sighting(Advice.WAIT, Duration.ofSeconds(2), seen.outcomes());
        };

        assertEquals(settled("tx0.0", Stage.FINAL), settle("a"));
        assertEquals(
                List.of(0L, 2L, 4L, 6L),
                looks.stream()
                        .map(at -> Duration.between(ManualTime.START, at).toSeconds())
                        .toList());
    }

    @Test
    void goes_on_when_submitting_throws() {
        rail.onSubmit = () -> {
            rail.onSubmit = () -> {};
            throw new IllegalStateException("connection reset");
        };

        assertEquals(settled("tx0.0", Stage.FINAL), settle("a"));
        assertEquals(
                List.of("verify", "confirmedNext", "prepare 0", "submit 0", "observe", "submit 0", "observe"),
                rail.calls);
    }

    @Test
    void gives_the_slot_back_when_signing_throws() {
        rail.preparation = signed -> {
            throw new IllegalStateException("signer is broken");
        };
        assertEquals(pending(Optional.empty(), true, Duration.ofMillis(500)), settle("a"));

        rail.preparation = signed -> signed;
        assertEquals(settled("tx0.0", Stage.FINAL), settle("b"));
    }

    @Test
    void never_fails_a_payment_because_a_plugin_throws() {
        rail.sighting = seen -> {
            throw new IllegalStateException("bug");
        };
        assertEquals(pending(Optional.of("tx0.0"), true, Duration.ofMillis(500)), settle("a"));

        rail.sighting = seen -> seen;
        assertEquals(settled("tx0.0", Stage.FINAL), settle("a"));
    }

    @Test
    void answers_nothing_final_for_advice_that_the_store_refuses() {
        rail.sighting = seen -> new Sighting(Advice.DONE, SECOND, List.of(new Outcome.Open()));

        assertEquals(pending(Optional.of("tx0.0"), true, Duration.ofMillis(500)), settle("a"));
    }

    @Test
    void says_that_a_payment_may_have_started_when_the_store_is_away() {
        SettlementStore away = new FaultyStore(store, new Faults(new Baton(), new Random(1), 0)) {
            @Override
            public Optional<dev.x402.spi.PaymentRow> find(dev.x402.spi.PaymentKey key, String binding) {
                throw new IllegalStateException("connection lost");
            }
        };
        FacilitatorEngine cut = FacilitatorEngine.builder(plugins, away, FacilitatorPolicy.anyPayee(), "one")
                .clock(time)
                .pause(time)
                .build();

        assertEquals(pending(Optional.empty(), true, SECOND), cut.settle(CounterRail.payment("a"), soon()));
    }

    @Test
    void waits_for_the_stage_that_the_operator_raised() {
        rail.stage = Stage.SETTLED;
        FacilitatorEngine patient =
                builder().answerAt(CounterRail.NETWORK, Stage.FINAL).build();

        assertEquals("pending", CalmWorld.kind(patient.settle(CounterRail.payment("a"), soon())));
        assertEquals(settled("tx0.0", Stage.SETTLED), settle("a"));
    }

    @Test
    void never_lowers_the_stage_of_the_rail() {
        rail.stage = Stage.SEEN;
        FacilitatorEngine hasty =
                builder().answerAt(CounterRail.NETWORK, Stage.SEEN).build();

        assertEquals("pending", CalmWorld.kind(hasty.settle(CounterRail.payment("a"), soon())));
    }

    @Test
    void finishes_by_the_completer_what_its_caller_left() {
        rail.stage = Stage.SETTLED;
        settle("a");
        rail.stage = Stage.FINAL;
        time.pause(SECOND);
        engine.sweep();
        rail.calls.clear();

        assertEquals(settled("tx0.0", Stage.FINAL), settle("a"));
        assertEquals(List.of(), rail.calls);
    }

    @Test
    void tells_listeners_again_until_none_throws() {
        List<String> heard = new ArrayList<>();
        SettlementListener moody = event -> {
            heard.add("moody");
            if (heard.size() < 3) {
                throw new IllegalStateException("not now");
            }
        };
        FacilitatorEngine listened = builder().listener(moody).build();
        settle("a");
        listened.sweep();
        listened.sweep();
        listened.sweep();
        listened.sweep();

        assertEquals(3, heard.size());
        assertEquals(List.of(), store.events(10));
    }

    @Test
    void keeps_the_order_of_a_payments_events_when_a_listener_throws() {
        List<Stage> heard = new ArrayList<>();
        boolean[] thrown = {false};
        FacilitatorEngine listened = builder()
                .listener(event -> {
                    if (!thrown[0]) {
                        thrown[0] = true;
                        throw new IllegalStateException("not now");
                    }
                    heard.add(((Settlement.Settled) event.now()).stage());
                })
                .build();
        rail.stage = Stage.SETTLED;
        settle("a");
        rail.stage = Stage.FINAL;
        time.pause(SECOND);
        listened.sweep();
        listened.sweep();

        assertEquals(List.of(Stage.SETTLED, Stage.FINAL), heard);
    }

    @Test
    void takes_no_new_payment_when_closed_and_still_tells_of_known_ones() {
        Settlement known = settle("a");
        engine.close();

        assertEquals(known, settle("a"));
        assertEquals(pending(Optional.empty(), false, SECOND), settle("b"));
    }

    @Test
    void answers_what_it_knows_when_interrupted() {
        rail.stage = Stage.SEEN;
        FacilitatorEngine interrupted = FacilitatorEngine.builder(plugins, store, FacilitatorPolicy.anyPayee(), "one")
                .clock(time)
                .pause(Pause.ofThreads())
                .build();
        Thread.currentThread().interrupt();

        assertEquals(pending(Optional.of("tx0.0"), true, SECOND), interrupted.settle(CounterRail.payment("a"), soon()));
        assertTrue(Thread.interrupted());
    }

    @Test
    void runs_a_completer_until_it_is_closed() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CountDownLatch heard = new CountDownLatch(1);
        FacilitatorEngine completed = FacilitatorEngine.builder(plugins, store, FacilitatorPolicy.anyPayee(), "one")
                .clock(Clock.systemUTC())
                .listener(event -> heard.countDown())
                .completer(threads, 2, Duration.ofMillis(1))
                .build();
        completed.settle(CounterRail.payment("a"), Instant.now().plusSeconds(10));

        assertTrue(heard.await(10, TimeUnit.SECONDS));
        completed.close();
        threads.shutdown();
        assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    }

    @Test
    void verifies_by_the_scheme() {
        assertEquals(new Verification.Valid("payer", Json.Obj.EMPTY), verify("a"));

        rail.verification = payment -> new Verification.Invalid(ErrorCode.INSUFFICIENT_FUNDS, "balance 3", true);
        assertEquals(new Verification.Invalid(ErrorCode.INSUFFICIENT_FUNDS, "balance 3", true), verify("a"));
    }

    @Test
    void verifies_nothing_twice_that_was_settled() {
        settle("a");

        assertEquals(
                new Verification.Invalid(
                        ErrorCode.DUPLICATE_SETTLEMENT, "the payment was settled: ask settle for its receipt", true),
                verify("a"));
    }

    @Test
    void never_calls_a_payment_invalid_while_it_is_settled() {
        rail.stage = Stage.SEEN;
        settle("a");
        rail.verification = payment -> new Verification.Invalid(new ErrorCode("nonce_used"), "used", true);

        assertEquals(
                new Verification.Unavailable(
                        ErrorCode.SETTLEMENT_PENDING,
                        "the payment is being settled: ask settle for its outcome",
                        SECOND),
                verify("a"));
    }

    @Test
    void says_unavailable_when_a_scheme_throws() {
        rail.verification = payment -> {
            throw new IllegalStateException("bug");
        };

        assertEquals(new Verification.Unavailable("the payment could not be verified; ask again", SECOND), verify("a"));
    }

    @Test
    void answers_a_repeat_whose_offer_was_completed_anew() {
        Settlement first = settle("a");
        Payment payment = CounterRail.payment("a");
        PaymentRequirements anew = payment.requirements().withExtra(Json.Obj.EMPTY.with("recentBlockhash", "9"));

        assertEquals(first, engine.settle(Payment.of(payment.payload(), anew), soon()));
    }

    @Test
    void is_not_built_without_a_clock() {
        assertEquals(
                "clock: expected one by clock(…), saw none",
                assertThrows(
                                IllegalStateException.class,
                                () -> FacilitatorEngine.builder(plugins, store, FacilitatorPolicy.anyPayee(), "one")
                                        .build())
                        .getMessage());
    }

    @Test
    void leaves_out_a_kind_whose_plugin_throws() {
        rail.offered = false;

        assertEquals(List.of(), engine.supported(soon()).kinds());
    }

    @Test
    void lists_kinds_and_signers() {
        assertEquals(
                new SupportedResponse(
                        List.of(SupportedKind.of(CounterRail.KIND)),
                        List.of(),
                        List.of(),
                        Map.of(NetworkPattern.of(CounterRail.NETWORK), List.of("signer")),
                        Json.Obj.EMPTY),
                engine.supported(soon()));
    }

    private Settlement settle(String nonce) {
        return engine.settle(CounterRail.payment(nonce), soon());
    }

    private Verification verify(String nonce) {
        return engine.verify(CounterRail.payment(nonce), soon());
    }

    private Instant soon() {
        return time.instant().plusSeconds(10);
    }

    private FacilitatorEngine.Builder builder() {
        return builder(FacilitatorPolicy.anyPayee());
    }

    private FacilitatorEngine.Builder builder(FacilitatorPolicy policy) {
        return FacilitatorEngine.builder(plugins, store, policy, "one")
                .clock(time)
                .pause(time);
    }

    private static Settlement pending(Optional<String> reference, boolean started, Duration retryAfter) {
        return new Settlement.Pending(reference, started, retryAfter);
    }

    private static Settlement settled(String reference, Stage stage) {
        return new Settlement.Settled(new Receipt(reference, "payer", AtomicAmount.of(5), Json.Obj.EMPTY), stage);
    }
}
