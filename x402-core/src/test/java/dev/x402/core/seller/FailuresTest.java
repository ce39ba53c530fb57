package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.core.market.Bank;
import dev.x402.core.market.Time;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spi.Bytes;
import dev.x402.spi.Claim;
import dev.x402.spi.Claim.Charge;
import dev.x402.spi.ClaimStore;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Stores and listeners that fail, payers that do not come back. */
class FailuresTest {
    /** A store that can lose the call, or the answer after the deed. */
    private static final class Shaky implements ClaimStore {
        private final ClaimStore inside = InMemoryClaimStore.builder(new Time()).build();
        private boolean failBefore;
        private boolean failAfter;

        @Override
        public Claim claim(PaymentKey key, String binding, Duration lease) {
            before();
            Claim claim = inside.claim(key, binding, lease);
            after();
            return claim;
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
            before();
            inside.forget(mine);
            after();
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
            before();
            T done = deed.get();
            after();
            return done;
        }

        private void before() {
            if (failBefore) {
                throw new IllegalStateException("store: the call was lost");
            }
        }

        private void after() {
            if (failAfter) {
                throw new IllegalStateException("store: the answer was lost");
            }
        }
    }

    private final Shaky store = new Shaky();

    private Shop shop() {
        return new Shop(gate -> gate.route(Shop.report()), List.of(), store);
    }

    private static Decision.RetryLater comeAgain() {
        return new Decision.RetryLater(
                Decision.Wait.UNAVAILABLE,
                ErrorCode.RESERVATION_UNAVAILABLE,
                "the payment cannot be reserved now; come again with it",
                Duration.ofSeconds(1),
                Optional.empty());
    }

    @Test
    void a_store_that_cannot_be_asked_sells_nothing() {
        store.failBefore = true;
        try (Shop shop = shop()) {
            assertEquals(comeAgain(), shop.gate.decide(Shop.paid("1")));
            assertEquals(List.of("supported"), shop.bank.asked);
        }
    }

    @Test
    void a_response_that_cannot_be_kept_is_not_settled() {
        try (Shop shop = shop()) {
            Admission admission = shop.admitted(Shop.paid("1"));
            store.failBefore = true;
            assertEquals(comeAgain(), admission.finish(Shop.bytes("report")));
            assertEquals(0, shop.bank.moved());
        }
    }

    @Test
    void a_response_that_was_kept_without_saying_so_is_settled_by_the_repeat() {
        try (Shop shop = shop()) {
            Admission admission = shop.admitted(Shop.paid("1"));
            store.failAfter = true;
            assertEquals(comeAgain(), admission.finish(Shop.bytes("report")));
            store.failAfter = false;
            assertEquals(
                    new Decision.Replay(Shop.bytes("report"), Shop.receipt("1")), shop.gate.decide(Shop.paid("1")));
        }
    }

    @Test
    void a_claim_that_cannot_be_given_up_does_not_change_the_answer() {
        try (Shop shop = shop()) {
            shop.bank.verifications.add(payment -> {
                store.failBefore = true;
                return new Verification.Unavailable("the node sleeps", Duration.ofSeconds(4));
            });
            assertEquals(
                    new Decision.RetryLater(
                            Decision.Wait.UNAVAILABLE,
                            ErrorCode.FACILITATOR_UNAVAILABLE,
                            "the node sleeps",
                            Duration.ofSeconds(4),
                            Optional.empty()),
                    shop.gate.decide(Shop.paid("1")));
        }
    }

    @Test
    void a_rejected_settlement_keeps_the_claim() {
        try (Shop shop = new Shop()) {
            shop.bank.settlements.add(payment -> new Settlement.Rejected(ErrorCode.INSUFFICIENT_FUNDS, "no gold"));
            shop.bank.settlements.add(payment -> new Settlement.Rejected(ErrorCode.INSUFFICIENT_FUNDS, "no gold"));
            shop.bought(Shop.paid("1"), "report");
            shop.gate.decide(Shop.paid("1"));
            assertEquals(1, shop.bank.verified.size());
        }
    }

    @Test
    void a_listener_that_throws_changes_nothing() {
        try (Shop shop = new Shop(gate -> gate.route(Shop.report()).listener(event -> {
            throw new IllegalStateException("no metrics today");
        }))) {
            assertEquals(new Completion.Release(Shop.receipt("1")), shop.bought(Shop.paid("1"), "report"));
        }
    }

    @Test
    void a_listener_whose_library_is_missing_changes_nothing() {
        try (Shop shop = new Shop(gate -> gate.route(Shop.report()).listener(event -> {
            throw new NoClassDefFoundError("no metrics here");
        }))) {
            assertEquals(new Completion.Release(Shop.receipt("1")), shop.bought(Shop.paid("1"), "report"));
        }
    }

    @Test
    void a_listener_hears_every_step_with_the_key() {
        try (Shop shop = new Shop()) {
            shop.gate.decide(Shop.request());
            shop.bank.settlements.add(payment -> Bank.pending("tx-9"));
            shop.bought(Shop.paid("1"), "report");
            shop.gate.decide(Shop.paid("1"));
            shop.gate.decide(Shop.paid("1").withBodyDigest("other"));
            assertEquals(
                    List.of(
                            GateEvent.What.CHALLENGED,
                            GateEvent.What.ADMITTED,
                            GateEvent.What.PENDING,
                            GateEvent.What.REPLAYED,
                            GateEvent.What.REJECTED),
                    shop.whats());
            assertEquals(
                    new GateEvent(
                            GateEvent.What.REPLAYED,
                            shop.time.instant(),
                            "",
                            "report",
                            Optional.of(new PaymentKey("coin:main/alice/1")),
                            Optional.empty(),
                            Optional.of(Shop.receipt("1"))),
                    shop.events.get(3));
        }
    }

    @Test
    void money_that_came_for_a_response_nobody_fetched_is_told() {
        try (Shop shop = new Shop()) {
            shop.bank.settlements.add(payment -> Bank.pending("tx-9"));
            shop.bought(Shop.paid("1"), "report");
            assertEquals(0, shop.gate.poll());
            assertEquals(List.of("supported", "verify", "settle"), shop.bank.asked);
            shop.time.pass(Duration.ofSeconds(3));
            assertEquals(0, shop.gate.poll());
            assertEquals(
                    List.of(GateEvent.What.ADMITTED, GateEvent.What.PENDING, GateEvent.What.UNCLAIMED), shop.whats());
            assertEquals(Optional.of(Shop.receipt("1")), shop.events.get(2).receipt());
        }
    }

    @Test
    void a_response_that_was_found_unclaimed_can_still_be_fetched() {
        try (Shop shop = new Shop()) {
            shop.bank.settlements.add(payment -> Bank.pending("tx-9"));
            shop.bought(Shop.paid("1"), "report");
            shop.time.pass(Duration.ofSeconds(3));
            shop.gate.poll();
            assertEquals(
                    new Decision.Replay(Shop.bytes("report"), Shop.receipt("1")), shop.gate.decide(Shop.paid("1")));
        }
    }

    @Test
    void a_payer_that_came_back_is_not_polled_for() {
        try (Shop shop = new Shop()) {
            shop.bank.settlements.add(payment -> Bank.pending("tx-9"));
            shop.bought(Shop.paid("1"), "report");
            shop.gate.decide(Shop.paid("1"));
            assertEquals(0, shop.gate.poll());
        }
    }

    @Test
    void a_settlement_without_proof_is_polled_again_and_not_told_as_money() {
        try (Shop shop = new Shop()) {
            shop.bank.settlements.add(payment -> Bank.pending("tx-9"));
            shop.bank.settlements.add(payment -> new Settlement.Settled(
                    new Receipt("", "alice", payment.requirements().amount(), Json.Obj.EMPTY), Stage.FINAL));
            shop.bought(Shop.paid("1"), "report");
            shop.time.pass(Duration.ofSeconds(3));
            assertEquals(1, shop.gate.poll());
            assertEquals(List.of(GateEvent.What.ADMITTED, GateEvent.What.PENDING), shop.whats());
        }
    }

    @Test
    void what_is_still_pending_is_polled_again() {
        try (Shop shop = new Shop()) {
            for (int i = 0; i < 3; i++) {
                shop.bank.settlements.add(payment -> Bank.pending("tx-9"));
            }
            shop.bought(Shop.paid("1"), "report");
            for (int i = 0; i < 2; i++) {
                shop.time.pass(Duration.ofSeconds(3));
                assertEquals(1, shop.gate.poll());
            }
            shop.time.pass(Duration.ofSeconds(3));
            assertEquals(0, shop.gate.poll());
        }
    }

    /**
     * Whatever fails where: a coin moves once, a response goes out only for a coin that moved, and after a coin may
     * have moved nobody is asked for another.
     */
    @Test
    void random_failures_never_double_a_payment_nor_ask_for_a_second_one() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            try (Shop shop = new Shop(
                    gate -> gate.route(Shop.report()).waitInFlight(Duration.ZERO),
                    List.of(),
                    new Failing(new Time(), random))) {
                boolean mayHaveMoved = false;
                int handled = 0;
                for (int i = 0; i < 12; i++) {
                    shop.bank.settlements.clear();
                    int luck = random.nextInt(4);
                    if (luck == 1) {
                        shop.bank.settlements.add(payment -> Bank.pending(""));
                    } else if (luck == 2) {
                        shop.bank.settlements.add(payment -> {
                            shop.bank.move(payment);
                            throw new IllegalStateException("the answer was lost");
                        });
                    }
                    Decision decision = shop.gate.decide(Shop.paid("1"));
                    Object answer = decision;
                    if (decision instanceof Decision.Admit admit) {
                        handled++;
                        answer = admit.admission().finish(Shop.bytes("report"));
                    }
                    String where = "seed " + seed + ", request " + i + ": " + answer;
                    assertEquals(false, mayHaveMoved && answer instanceof Decision.Challenge, where);
                    boolean delivered = answer instanceof Completion.Release || answer instanceof Decision.Replay;
                    assertEquals(true, !delivered || shop.bank.moved() == 1, where);
                    mayHaveMoved |= shop.bank.settled.size() > 0;
                }
                assertEquals(true, shop.bank.moved() <= 1 && handled <= 1, "seed " + seed);
            }
        }
    }

    /** A store of which every fourth call is lost, before or after the deed. */
    private record Failing(ClaimStore inside, Random random) implements ClaimStore {
        Failing(Time time, Random random) {
            this(InMemoryClaimStore.builder(time).build(), random);
        }

        @Override
        public Claim claim(PaymentKey key, String binding, Duration lease) {
            stumble();
            Claim claim = inside.claim(key, binding, lease);
            stumble();
            return claim;
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
            stumble();
            inside.forget(mine);
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
            if (random.nextInt(8) == 0) {
                throw new IllegalStateException("store: lost");
            }
        }
    }
}
