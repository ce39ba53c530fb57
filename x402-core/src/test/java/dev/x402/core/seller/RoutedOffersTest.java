package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.core.market.Bank;
import dev.x402.core.market.Coin;
import dev.x402.core.market.Time;
import dev.x402.core.router.FacilitatorRouter;
import dev.x402.core.router.RoutedFacilitator;
import dev.x402.core.router.RoutingPolicy;
import dev.x402.spec.AssetId;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.plugins.Plugins;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gate whose facilitator is a router over two banks. */
class RoutedOffersTest {
    private final Time time = new Time();
    private final Bank north = new Bank();
    private final Bank south = new Bank();
    private final Plugins plugins = Plugins.builder()
            .clock(time)
            .add(new Coin())
            .add(new Coin.Ground())
            .add(new Coin.Mint())
            .build();
    private final PaymentGate gate;

    RoutedOffersTest() {
        north.teller = "nora";
        south.teller = "sam";
        gate = PaymentGate.builder(plugins)
                .facilitator(FacilitatorRouter.builder(plugins)
                        .add(RoutedFacilitator.of("north", north))
                        .add(RoutedFacilitator.of("south", south))
                        .policy(RoutingPolicy.order("south").on(new AssetId(Coin.MAIN, "silver")))
                        .clock(time)
                        .random(new Random(1))
                        .executor(Runnable::run)
                        .build())
                .claims(InMemoryClaimStore.builder(time).build())
                .clock(time)
                .pause(time::pass)
                .route(PricedRoute.of(
                        "report",
                        Shop.way().build(),
                        WayToPay.by(Coin.ON_MAIN)
                                .price(Price.money("0.01", "EUR"))
                                .asset("silver")
                                .payTo("bob")
                                .build()))
                .build();
    }

    @AfterEach
    void stop() {
        plugins.close();
    }

    @Test
    void the_facilitator_is_chosen_for_each_offer_by_its_asset() {
        assertEquals(List.of("nora", "sam"), tellers());
    }

    @Test
    void a_payment_is_settled_by_the_facilitator_of_its_offer() {
        buy(offers().get(1));

        assertEquals(1, south.moved());
        assertEquals(0, north.moved());
    }

    @Test
    void a_key_that_was_rotated_is_in_the_next_offers_without_a_restart() {
        offers();
        north.teller = "nick";
        time.pass(Duration.ofMinutes(1));
        offers();

        assertEquals(List.of("nick", "sam"), tellers());
    }

    @Test
    void an_offer_made_before_a_rotation_is_honoured_while_it_may_be_paid() {
        PaymentRequirements early = offers().get(0);
        north.teller = "nick";
        time.pass(Duration.ofMinutes(1));
        offers();
        offers();
        buy(early);

        assertEquals(
                List.of(early),
                north.settled.stream().map(payment -> payment.requirements()).toList());
    }

    @Test
    void an_offer_made_before_a_rotation_ends_with_its_own_time() {
        PaymentRequirements early = offers().get(0);
        north.teller = "nick";
        time.pass(Duration.ofMinutes(1));
        offers();
        offers();
        time.pass(Duration.ofSeconds(300));

        Decision.Challenge challenge = assertInstanceOf(
                Decision.Challenge.class, gate.decide(Shop.request().withPayment(Coin.payment(early, "n1"))));
        assertEquals(ErrorCode.NO_MATCHING_REQUIREMENTS, challenge.code().orElseThrow());
    }

    private List<String> tellers() {
        return offers().stream()
                .map(offer -> offer.extraOrEmpty().text("teller").orElseThrow())
                .toList();
    }

    private List<PaymentRequirements> offers() {
        return assertInstanceOf(Decision.Challenge.class, gate.decide(Shop.request()))
                .required()
                .accepts();
    }

    private void buy(PaymentRequirements offer) {
        Decision decision = gate.decide(Shop.request().withPayment(Coin.payment(offer, "n1")));
        Admission admission = assertInstanceOf(Decision.Admit.class, decision).admission();
        assertInstanceOf(Completion.Release.class, admission.finish(Shop.bytes("the report")));
    }
}
