package dev.x402.siwx;

import static dev.x402.siwx.Shop.ALICE;
import static dev.x402.siwx.Shop.BOB;
import static dev.x402.siwx.Shop.assertGranted;
import static dev.x402.siwx.Shop.assertNotEntitled;
import static dev.x402.siwx.Shop.receipt;
import static dev.x402.siwx.Shop.sale;
import static dev.x402.siwx.World.BASE;
import static dev.x402.siwx.World.MAINNET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.ErrorCode;
import dev.x402.spi.PaymentExtension.Access;
import dev.x402.spi.PaymentExtension.Visit;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EntitlementTest {
    private static Settlement settled(String payer, Stage stage) {
        return new Settlement.Settled(receipt(payer), stage);
    }

    private static Access at(Shop shop, String token, String tenant, String method, String route, String target) {
        return shop.side.enter(Shop.visit(tenant, method, route, target, Map.of(Sessions.HEADER, token)));
    }

    @Test
    void ten_calls_are_the_paid_one_and_nine_more() {
        Shop shop = Shop.with(Plan.calls(10));
        shop.paid("p1", BASE, ALICE);
        String token = shop.signIn(BASE, ALICE);

        for (int i = 0; i < 8; i++) {
            assertGranted(shop.session(token)).pass().ended(true);
        }
        assertNotEntitled(shop.session(token));
    }

    @Test
    void a_call_that_was_not_served_is_given_back() {
        Shop shop = Shop.with(Plan.calls(3));
        shop.paid("p1", BASE, ALICE);
        String token = shop.signIn(BASE, ALICE);

        assertGranted(shop.session(token)).pass().ended(false);
        assertGranted(shop.session(token)).pass().ended(true);
        assertNotEntitled(shop.session(token));
    }

    @Test
    void many_at_once_get_what_was_bought_and_no_more() throws Exception {
        Shop shop = Shop.with(Plan.calls(101));
        shop.paid("p1", BASE, ALICE);
        String token = shop.signIn(BASE, ALICE);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(() -> {
                    int got = 0;
                    for (int n = 0; n < 30; n++) {
                        got += shop.session(token) instanceof Access.Granted ? 1 : 0;
                    }
                    return got;
                });
            }
            int granted = 0;
            for (Future<Integer> one : threads.invokeAll(all)) {
                granted += one.get();
            }
            assertEquals(99, granted);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void an_hour_ends_after_an_hour() {
        Shop shop = Shop.with(Plan.lasting(Duration.ofHours(1)));
        shop.paid("p1", BASE, ALICE);
        String token = shop.signIn(BASE, ALICE);
        shop.world.clock.advance(Duration.ofMinutes(59));
        String next = Shop.token(shop.enter(shop.proof(BASE, ALICE)));
        assertGranted(shop.session(next));
        shop.world.clock.advance(Duration.ofMinutes(1));

        assertNotEntitled(shop.session(token));
    }

    @Test
    void what_costs_nothing_is_used_first() {
        World world = new World();
        dev.x402.spi.PaymentExtension.Store store = dev.x402.core.seller.InMemoryExtensionStore.of(world.clock);
        Shop calls = new Shop(world, store, settings -> settings.plan("weather", Plan.calls(2)));
        calls.paid("calls", BASE, ALICE);
        Shop hours = new Shop(world, store, settings -> settings.plan("weather", Plan.lasting(Duration.ofHours(1))));
        hours.paid("hour", BASE, ALICE);
        String token = hours.signIn(BASE, ALICE);

        assertEquals("hour", assertGranted(hours.session(token)).key().value());
        world.clock.advance(Duration.ofHours(1));
        assertEquals("calls", assertGranted(hours.session(token)).key().value());
    }

    /** I08: tenant and route are part of what was bought. */
    @Test
    void what_was_bought_opens_no_other_route_and_no_other_tenants() {
        Shop shop = Shop.of(settings -> settings.plan("weather", Plan.forEver()).plan("news", Plan.forEver()));
        shop.paid("p1", BASE, ALICE);
        String token = shop.signIn(BASE, ALICE);

        assertNotEntitled(at(shop, token, "", "GET", "news", "/news"));
        String elsewhere = Shop.header(shop.proof(
                Shop.message(
                        shop.declared(Shop.visit("acme", "GET", "weather", "/weather", Map.of()), BASE), BASE, ALICE),
                ALICE));
        assertNotEntitled(
                shop.side.enter(Shop.visit("acme", "GET", "weather", "/weather", Map.of(Proof.HEADER, elsewhere))));
        assertGranted(shop.session(token));
    }

    /** I08: one article is its method, path and query. */
    @Test
    void one_article_opens_nothing_but_itself() {
        Shop shop = Shop.with(Plan.forEver().forOneTarget());
        Visit article = Shop.visit("", "GET", "weather", "/weather?day=1", Map.of());
        shop.side.reserve(article, Shop.payment(BASE, "p1").payload());
        shop.paid("p1", BASE, ALICE);
        String token = shop.signIn(BASE, ALICE);

        assertGranted(at(shop, token, "", "GET", "weather", "/weather?day=1"));
        assertNotEntitled(at(shop, token, "", "GET", "weather", "/weather?day=2"));
        assertNotEntitled(at(shop, token, "", "GET", "weather", "/weather"));
        assertNotEntitled(at(shop, token, "", "POST", "weather", "/weather?day=1"));
    }

    /** I09: the payload names another address; the route that the server matched counts. */
    @Test
    void what_the_payer_says_was_bought_does_not_matter() {
        Shop shop = Shop.of(settings -> settings.plan("weather", Plan.forEver()).plan("elsewhere", Plan.forEver()));
        shop.paid("p1", BASE, ALICE);
        String token = shop.signIn(BASE, ALICE);

        assertNotEntitled(at(shop, token, "", "GET", "elsewhere", "/elsewhere"));
        assertGranted(shop.session(token));
    }

    /** I10: the payload names Bob; the receipt names Alice. */
    @Test
    void the_receipt_alone_says_who_paid() {
        Shop shop = Shop.with(Plan.forEver());
        shop.paid("p1", BASE, ALICE);

        assertNotEntitled(shop.enter(shop.proof(BASE, BOB)));
        assertGranted(shop.enter(shop.proof(BASE, ALICE)));
    }

    /** I10. */
    @Test
    void nothing_is_bought_by_what_was_not_settled() {
        Shop shop = Shop.with(Plan.forEver());
        shop.side.became(sale("", "weather", "p1", BASE, new Settlement.Rejected(ErrorCode.INSUFFICIENT_FUNDS, "no")));
        shop.side.became(sale(
                "",
                "weather",
                "p2",
                BASE,
                new Settlement.Pending(java.util.Optional.empty(), true, Duration.ofSeconds(1))));

        assertNotEntitled(shop.enter(shop.proof(BASE, ALICE)));
    }

    @Test
    void money_that_may_vanish_buys_nothing_until_it_is_settled() {
        Shop shop = Shop.with(Plan.forEver());
        String token = shop.signIn(BASE, ALICE);
        shop.side.became(sale("", "weather", "p1", BASE, settled(ALICE, Stage.SEEN)));
        assertNotEntitled(shop.session(token));
        shop.side.became(sale("", "weather", "p1", BASE, settled(ALICE, Stage.SETTLED)));

        assertGranted(shop.session(token));
    }

    @Test
    void a_plan_may_count_from_another_stage() {
        Shop early = Shop.with(Plan.forEver().from(Stage.SEEN));
        early.side.became(sale("", "weather", "p1", BASE, settled(ALICE, Stage.SEEN)));
        assertGranted(early.enter(early.proof(BASE, ALICE)));
        Shop late = Shop.with(Plan.forEver().from(Stage.FINAL));
        late.paid("p1", BASE, ALICE);

        assertNotEntitled(late.enter(late.proof(BASE, ALICE)));
    }

    @Test
    void news_that_come_again_buy_nothing_again() {
        Shop shop = Shop.with(Plan.calls(3));
        shop.paid("p1", BASE, ALICE);
        String token = shop.signIn(BASE, ALICE);
        assertGranted(shop.session(token));
        shop.side.became(sale("", "weather", "p1", BASE, settled(ALICE, Stage.FINAL)));
        shop.paid("p1", BASE, ALICE);

        assertNotEntitled(shop.session(token));
    }

    @Test
    void two_payments_buy_twice() {
        Shop shop = Shop.with(Plan.calls(2));
        shop.paid("p1", BASE, ALICE);
        shop.paid("p2", MAINNET, ALICE);
        String token = shop.signIn(BASE, ALICE);

        assertGranted(shop.session(token));
        assertNotEntitled(shop.session(token));
    }

    /** I17. */
    @Test
    void a_reversal_takes_it_away_and_nothing_brings_it_back() {
        Shop shop = Shop.with(Plan.forEver());
        shop.paid("p1", BASE, ALICE);
        String token = shop.signIn(BASE, ALICE);
        assertGranted(shop.session(token));
        shop.reversed("p1", BASE, ALICE);
        assertNotEntitled(shop.session(token));
        shop.paid("p1", BASE, ALICE);

        assertNotEntitled(shop.session(token));
    }

    /** I17: news may come in any order. */
    @Test
    void a_reversal_that_is_heard_of_first_still_counts() {
        Shop shop = Shop.with(Plan.forEver());
        shop.reversed("p1", BASE, ALICE);
        shop.paid("p1", BASE, ALICE);

        assertNotEntitled(shop.enter(shop.proof(BASE, ALICE)));
    }

    /** I17: also when it is heard of in the midst of writing the purchase down. */
    @Test
    void a_reversal_in_the_midst_of_the_purchase_counts() {
        World world = new World();
        Interrupted store = new Interrupted(dev.x402.core.seller.InMemoryExtensionStore.of(world.clock));
        Shop shop = new Shop(world, store, settings -> settings.plan("weather", Plan.forEver()));
        store.before("siwx-entitled", () -> shop.reversed("p1", BASE, ALICE));
        shop.paid("p1", BASE, ALICE);

        assertNotEntitled(shop.enter(shop.proof(BASE, ALICE)));
    }

    /** A crash between the two records: the news come again, and the purchase counts once. */
    @Test
    void a_purchase_that_was_half_written_is_written_once() {
        World world = new World();
        Interrupted store = new Interrupted(dev.x402.core.seller.InMemoryExtensionStore.of(world.clock));
        Shop shop = new Shop(world, store, settings -> settings.plan("weather", Plan.calls(2)));
        for (String space : List.of("siwx-sale", "siwx-entitled", "siwx-sale")) {
            store.before(space, () -> {
                throw new IllegalStateException("crashed");
            });
            assertThrows(IllegalStateException.class, () -> shop.paid("p1", BASE, ALICE));
        }
        shop.paid("p1", BASE, ALICE);
        shop.paid("p1", BASE, ALICE);
        String token = Shop.token(assertGranted(shop.enter(shop.proof(BASE, ALICE))));

        assertNotEntitled(shop.session(token));
    }

    /** I17. */
    @Test
    void a_refund_takes_away_what_its_payment_bought_and_no_more() {
        Shop shop = Shop.with(Plan.forEver());
        shop.paid("p1", BASE, ALICE);
        shop.paid("p2", BASE, ALICE);
        String token = shop.signIn(BASE, ALICE);
        SignInDesk desk = SignInDesk.of(shop.store, shop.world.clock);
        desk.revoke(new PaymentKey("p1"));
        assertEquals("p2", assertGranted(shop.session(token)).key().value());
        desk.revoke(new PaymentKey("p2"));
        desk.revoke(new PaymentKey("p2"));

        assertNotEntitled(shop.session(token));
    }

    @Test
    void a_call_given_back_after_a_reversal_is_no_call() {
        Shop shop = Shop.with(Plan.calls(5));
        shop.paid("p1", BASE, ALICE);
        String token = shop.signIn(BASE, ALICE);
        Access.Granted under = assertGranted(shop.session(token));
        shop.reversed("p1", BASE, ALICE);
        under.pass().ended(false);

        assertNotEntitled(shop.session(token));
    }

    @Test
    void what_was_bought_under_a_former_plan_still_opens() {
        World world = new World();
        dev.x402.spi.PaymentExtension.Store store = dev.x402.core.seller.InMemoryExtensionStore.of(world.clock);
        Shop before = new Shop(world, store, settings -> settings.plan("weather", Plan.forEver()));
        before.paid("p1", BASE, ALICE);
        Shop after = new Shop(
                world,
                store,
                settings -> settings.plan("weather", Plan.forEver().forOneTarget()));

        assertGranted(after.enter(after.proof(BASE, ALICE)));
    }

    @Test
    void more_than_can_be_kept_is_heard_of_again_and_drops_nothing() {
        Shop shop = Shop.with(Plan.forEver());
        IllegalStateException full = assertThrows(IllegalStateException.class, () -> {
            for (int i = 0; i < 1000; i++) {
                shop.paid("x".repeat(200) + i, BASE, ALICE);
            }
        });

        assertEquals(
                "entitlement: expected no more purchases of one account for one route, saw 70 that are not used up",
                full.getMessage());
        assertGranted(shop.enter(shop.proof(BASE, ALICE)));
    }

    @Test
    void used_up_calls_make_room_in_time() {
        Shop shop = Shop.with(Plan.calls(2));
        for (int i = 0; i < 500; i++) {
            shop.paid("x".repeat(200) + i, BASE, ALICE);
            assertGranted(shop.enter(shop.proof(BASE, ALICE)));
            shop.world.clock.advance(Duration.ofMinutes(5));
        }
        assertNotEntitled(shop.enter(shop.proof(BASE, ALICE)));
    }

    @Test
    void a_plan_is_bounded() {
        assertEquals(
                "plan: expected 2 calls or more, saw 1; the paid request is the first of them",
                assertThrows(IllegalArgumentException.class, () -> Plan.calls(1))
                        .getMessage());
        assertEquals(
                "plan: expected a time above zero and up to 100 years, saw PT0S",
                assertThrows(IllegalArgumentException.class, () -> Plan.lasting(Duration.ZERO))
                        .getMessage());
    }
}
