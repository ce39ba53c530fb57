package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.core.Flow;
import dev.x402.core.market.Bank;
import dev.x402.core.market.Coin;
import dev.x402.core.market.Time;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Bytes;
import dev.x402.spi.Claim;
import dev.x402.spi.Claim.Charge;
import dev.x402.spi.ClaimStore;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Stores, facilitators and handlers that fail around money that moves before the work. */
class UpfrontFailuresTest {
    private static final PaymentRequirements OFFER =
            Shop.OFFER.withExtra(Shop.OFFER.extraOrEmpty().with("paymentFlow", "upfront"));

    /** A store that loses calls when told to, before or after the deed. */
    private record Losing(ClaimStore inside, BooleanSupplier lost) implements ClaimStore {
        @Override
        public Claim claim(PaymentKey key, String binding, Duration lease) {
            return around(() -> inside.claim(key, binding, lease));
        }

        @Override
        public boolean renew(Claim.Mine mine, Duration lease) {
            return around(() -> inside.renew(mine, lease));
        }

        @Override
        public boolean ask(Claim.Mine mine, Charge charge) {
            return around(() -> inside.ask(mine, charge));
        }

        @Override
        public boolean finish(Claim.Mine mine, Bytes response, Charge charge) {
            return around(() -> inside.finish(mine, response, charge));
        }

        @Override
        public boolean note(Claim.Mine mine, Settlement now, Optional<Duration> again, boolean fetched) {
            return around(() -> inside.note(mine, now, again, fetched));
        }

        @Override
        public void forget(Claim.Mine mine) {
            around(() -> {
                inside.forget(mine);
                return true;
            });
        }

        @Override
        public List<Claim.Mine> due(int limit) {
            return inside.due(limit);
        }

        @Override
        public List<Charge> undelivered(int limit) {
            return inside.undelivered(limit);
        }

        private <T> T around(Supplier<T> deed) {
            stumble();
            T done = deed.get();
            stumble();
            return done;
        }

        private void stumble() {
            if (lost.getAsBoolean()) {
                throw new IllegalStateException("store: lost");
            }
        }
    }

    private static Shop shop(ClaimStore store) {
        PricedRoute route = PricedRoute.builder("report")
                .way(Shop.way().build())
                .flow(Flow.UPFRONT)
                .build();
        return new Shop(gate -> gate.route(route).waitInFlight(Duration.ZERO), List.of(), store);
    }

    private static ResourceRequest paid() {
        return Shop.request().withPayment(Coin.payment(OFFER, "1"));
    }

    @Test
    void a_charge_that_cannot_be_written_down_is_not_settled() {
        boolean[] down = {false};
        try (Shop shop = shop(new Losing(InMemoryClaimStore.builder(new Time()).build(), () -> down[0]))) {
            shop.bank.verifications.add(payment -> {
                down[0] = true;
                return new dev.x402.spi.Verification.Valid("alice", dev.x402.spec.Json.Obj.EMPTY);
            });
            assertEquals(LookUp.storeUnavailable(), shop.gate.decide(paid()));
            assertEquals(List.of("supported", "verify"), shop.bank.asked);
        }
    }

    @Test
    void a_response_that_cannot_be_kept_goes_out_for_it_is_paid() {
        boolean[] down = {false};
        try (Shop shop = shop(new Losing(InMemoryClaimStore.builder(new Time()).build(), () -> down[0]))) {
            Admission admission = shop.admitted(paid());
            down[0] = true;
            assertEquals(new Completion.Release(Shop.receipt("1")), admission.finish(Shop.bytes("report")));
        }
    }

    /**
     * Whatever fails where: a coin moves once, no handler runs for a coin that did not move, after a coin may have moved
     * nobody is asked for another, and in the end the identical request gets what was bought.
     */
    @Test
    void random_failures_never_double_a_payment_nor_lose_what_was_bought() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Time time = new Time();
            boolean[] calm = {false};
            Losing store =
                    new Losing(InMemoryClaimStore.builder(time).build(), () -> !calm[0] && random.nextInt(8) == 0);
            try (Shop shop = shop(store)) {
                boolean delivered = false;
                for (int i = 0; i < 24; i++) {
                    calm[0] = i >= 12;
                    delivered |= oneRequest(shop, random, calm[0], "seed " + seed + ", request " + i);
                    time.pass(Duration.ofSeconds(random.nextInt(400)));
                }
                assertEquals(true, delivered, "seed " + seed);
                assertEquals(1, shop.bank.moved(), "seed " + seed);
                assertEquals(List.of(), shop.gate.undelivered(9), "seed " + seed);
            }
        }
    }

    private static boolean oneRequest(Shop shop, Random random, boolean calm, String where) {
        shop.bank.settlements.clear();
        int luck = calm ? 0 : random.nextInt(4);
        if (luck == 1) {
            shop.bank.settlements.add(payment -> Bank.pending(""));
        } else if (luck == 2) {
            shop.bank.settlements.add(payment -> {
                shop.bank.move(payment);
                throw new IllegalStateException("the answer was lost");
            });
        }
        boolean mayHaveMoved = !shop.bank.settled.isEmpty();
        Decision decision = shop.gate.decide(paid());
        assertEquals(false, mayHaveMoved && decision instanceof Decision.Challenge, where);
        if (!(decision instanceof Decision.Admit admit)) {
            return decision instanceof Decision.Replay;
        }
        assertEquals(1, shop.bank.moved(), where);
        if (!calm && random.nextBoolean()) {
            admit.admission().cancel();
            return false;
        }
        return admit.admission().finish(Shop.bytes("report")) instanceof Completion.Release;
    }
}
