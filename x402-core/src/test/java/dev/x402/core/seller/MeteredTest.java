package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.Flow;
import dev.x402.core.market.Bank;
import dev.x402.core.market.Coin;
import dev.x402.core.market.Meter;
import dev.x402.core.market.Time;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.plugins.Plugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was used is charged, where the scheme can take less than the offer. */
class MeteredTest {
    private static final PaymentRequirements OFFER =
            PaymentRequirements.of(Meter.ON_MAIN, AtomicAmount.of(10_000), "gold", "bob", 300, Json.Obj.EMPTY);
    private static final ResourceRequest PAID = Shop.request().withPayment(Coin.payment(OFFER, "1"));

    private final Time time = new Time();
    private final Bank bank = new Bank();
    private final Meter meter = new Meter();
    private final List<PaymentExtension.Sale> sales = new ArrayList<>();
    private final Plugins plugins = Plugins.builder()
            .clock(time)
            .add(meter)
            .add(new Coin.Ground())
            .add(new Coin.Mint())
            .add(hearing())
            .build();
    private final PaymentGate gate;

    MeteredTest() {
        bank.kinds = List.of(Meter.ON_MAIN);
        gate = PaymentGate.builder(plugins)
                .facilitator(bank)
                .claims(InMemoryClaimStore.builder(time).build())
                .clock(time)
                .pause(time::pass)
                .route(PricedRoute.of(
                        "report",
                        WayToPay.by(Meter.ON_MAIN).price("$0.01").payTo("bob").build()))
                .build();
    }

    private PaymentExtension hearing() {
        return new PaymentExtension() {
            @Override
            public String key() {
                return "hearing";
            }

            @Override
            public Optional<ServerSide> server(Context context) {
                return Optional.of(new ServerSide() {
                    @Override
                    public void became(Sale sale) {
                        sales.add(sale);
                    }
                });
            }
        };
    }

    @AfterEach
    void close() {
        plugins.close();
    }

    private Admission admitted() {
        return ((Decision.Admit) gate.decide(PAID)).admission();
    }

    private static SettleResponse receipt(String transaction, @Nullable AtomicAmount amount) {
        return new SettleResponse(
                true, null, null, "alice", transaction, Coin.MAIN, amount, null, null, Json.Obj.EMPTY);
    }

    private List<AtomicAmount> amounts(List<Payment> asked) {
        return asked.stream().map(payment -> payment.requirements().amount()).toList();
    }

    @Test
    void the_whole_offer_is_verified_and_what_was_used_is_settled() {
        Admission admission = admitted();
        admission.charge(AtomicAmount.of(2_350));
        assertEquals(
                new Completion.Release(receipt("tx-alice-1", AtomicAmount.of(2_350))),
                admission.finish(Shop.bytes("report")));
        assertEquals(List.of(AtomicAmount.of(10_000)), amounts(bank.verified));
        assertEquals(List.of(AtomicAmount.of(2_350)), amounts(bank.settled));
    }

    @Test
    void who_does_not_say_charges_the_whole_offer() {
        assertEquals(
                new Completion.Release(receipt("tx-alice-1", null)), admitted().finish(Shop.bytes("report")));
        assertEquals(List.of(AtomicAmount.of(10_000)), amounts(bank.settled));
    }

    @Test
    void the_last_word_counts() {
        Admission admission = admitted();
        admission.charge(AtomicAmount.of(1));
        admission.charge(AtomicAmount.of(10_000));
        admission.charge(AtomicAmount.of(7));
        admission.finish(Shop.bytes("report"));
        assertEquals(List.of(AtomicAmount.of(7)), amounts(bank.settled));
    }

    @Test
    void a_repeat_settles_the_same_amount_and_says_so() {
        bank.settlements.add(payment -> Bank.pending("tx-alice-1"));
        Admission admission = admitted();
        admission.charge(AtomicAmount.of(2_350));
        admission.finish(Shop.bytes("report"));
        time.pass(Duration.ofSeconds(3));
        assertEquals(
                new Decision.Replay(Shop.bytes("report"), receipt("tx-alice-1", AtomicAmount.of(2_350))),
                gate.decide(PAID));
        assertEquals(List.of(AtomicAmount.of(2_350), AtomicAmount.of(2_350)), amounts(bank.settled));
    }

    @Test
    void the_offer_stays_what_the_handler_sees() {
        Admission admission = admitted();
        admission.charge(AtomicAmount.of(1));
        assertEquals(OFFER, admission.offer());
    }

    @Test
    void more_than_the_offer_is_refused_and_the_handler_goes_on() {
        Admission admission = admitted();
        assertEquals(
                "charge: expected at most the offer's 10000, saw 10001; offer more next time",
                assertThrows(IllegalArgumentException.class, () -> admission.charge(AtomicAmount.of(10_001)))
                        .getMessage());
        admission.finish(Shop.bytes("report"));
        assertEquals(List.of(AtomicAmount.of(10_000)), amounts(bank.settled));
    }

    @Test
    void nothing_used_is_nothing_asked() {
        Admission admission = admitted();
        admission.charge(AtomicAmount.ZERO);
        assertEquals(new Completion.Release(receipt("", AtomicAmount.ZERO)), admission.finish(Shop.bytes("report")));
        assertEquals(List.of(), bank.settled);
        assertEquals(0, bank.moved());
    }

    @Test
    void nothing_used_is_nothing_sold() {
        Admission admission = admitted();
        admission.charge(AtomicAmount.ZERO);
        admission.finish(Shop.bytes("report"));
        assertEquals(List.of(), sales);
    }

    /** Whoever comes again after free work gets the same work, and is not charged for it either. */
    @Test
    void a_repeat_of_nothing_is_nothing() {
        Admission admission = admitted();
        admission.charge(AtomicAmount.ZERO);
        admission.finish(Shop.bytes("report"));
        assertEquals(new Decision.Replay(Shop.bytes("report"), receipt("", AtomicAmount.ZERO)), gate.decide(PAID));
        assertEquals(List.of(), bank.settled);
    }

    @Test
    void a_facilitator_that_proves_less_than_what_was_used_is_no_proof() {
        bank.settlements.add(payment -> bank.move(new Payment(
                payment.payload(), payment.requirements().withAmount(AtomicAmount.of(1)), payment.tenant())));
        Admission admission = admitted();
        admission.charge(AtomicAmount.of(2));
        assertEquals(Decision.Refusal.BAD_ANSWER, ((Decision.Reject) admission.finish(Shop.bytes("report"))).why());
    }

    @Test
    void a_scheme_that_would_settle_another_amount_settles_nothing() {
        meter.greed = 1;
        assertEquals(Decision.Refusal.BROKEN, ((Decision.Reject) admitted().finish(Shop.bytes("report"))).why());
        assertEquals(List.of(), bank.settled);
        meter.greed = 0;
        admitted().finish(Shop.bytes("report"));
    }

    @Test
    void nothing_is_charged_after_the_end() {
        Admission admission = admitted();
        admission.finish(Shop.bytes("report"));
        assertEquals(
                "charge: expected an admission in work, saw one that was ended before",
                assertThrows(IllegalStateException.class, () -> admission.charge(AtomicAmount.of(1)))
                        .getMessage());
    }

    @Test
    void a_scheme_that_takes_the_whole_offer_says_so_at_the_call() {
        try (Shop shop = new Shop()) {
            Admission admission = shop.admitted(Shop.paid("1"));
            assertEquals(
                    "charge: expected a scheme that can take less than the offer, saw coin on coin:main; it takes 10000",
                    assertThrows(UnsupportedOperationException.class, () -> admission.charge(AtomicAmount.of(9_999)))
                            .getMessage());
            admission.charge(AtomicAmount.of(10_000));
            admission.finish(Shop.bytes("report"));
            assertEquals(Shop.OFFER, shop.bank.settled.get(0).requirements());
        }
    }

    @Test
    void money_that_moved_before_the_work_cannot_be_less() {
        try (Shop shop = new Shop(gate -> gate.route(
                PricedRoute.of("report", Shop.way().flow(Flow.UPFRONT).build())))) {
            PaymentRequirements offer = ((Decision.Challenge) shop.gate.decide(Shop.request()))
                    .required()
                    .accepts()
                    .get(0);
            Admission admission = shop.admitted(Shop.request().withPayment(Coin.payment(offer, "1")));
            assertEquals(Optional.of("tx-alice-1"), admission.receipt().map(SettleResponse::transaction));
            assertEquals(
                    "charge: expected a flow that settles after the work, saw upfront, which took the whole offer",
                    assertThrows(UnsupportedOperationException.class, () -> admission.charge(AtomicAmount.of(1)))
                            .getMessage());
        }
    }
}
