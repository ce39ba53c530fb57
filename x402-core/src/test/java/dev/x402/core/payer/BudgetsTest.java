package dev.x402.core.payer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.market.Coin;
import dev.x402.core.market.Time;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.BudgetLedger;
import dev.x402.spi.plugins.Plugins;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gold is a dollar with 6 decimals, silver a euro with 2. */
@Timeout(60)
final class BudgetsTest {
    private static final String URL = "https://shop.example/report";

    private final Time time = new Time();
    private final Coin coin = new Coin();
    private final Plugins plugins = Plugins.builder()
            .clock(time)
            .add(coin)
            .add(new Coin.Ground())
            .add(new Coin.Mint())
            .build();
    private final BudgetLedger ledger = InMemoryBudgetLedger.builder(time).build();

    @AfterEach
    void close() {
        plugins.close();
    }

    private Payer payer(String... budgets) {
        return Payer.builder(plugins)
                .offers((url, challenge, payable) -> new Choice(payable, candidate -> "as offered"))
                .spend(Budgets.of(plugins, ledger, budgets))
                .clock(time)
                .build();
    }

    private static PaymentRequirements offer(Kind kind, long amount, String asset, String payTo) {
        return PaymentRequirements.of(kind, AtomicAmount.of(amount), asset, payTo, 300, Json.Obj.EMPTY);
    }

    private static PaymentRequirements cents(long cents) {
        return offer(Coin.ON_MAIN, cents * 10_000, "gold", "bob");
    }

    private String buys(Payer payer, String url, PaymentRequirements offer) {
        return told(payer.intent(url), offer);
    }

    private String told(PaymentIntent intent, PaymentRequirements offer) {
        Purchase purchase = intent.pay(
                PaymentRequired.of(null, ResourceInfo.of(intent.url()), List.of(offer)),
                time.instant().plusSeconds(10));
        return purchase instanceof Purchase.Refused refused
                ? refused.verdicts().get(0).why()
                : "paid";
    }

    @Test
    void payments_up_to_the_limit_are_paid_and_the_next_is_told_why_not() {
        Payer payer = payer("0.20 USD per day");
        assertEquals("paid", buys(payer, URL, cents(15)));
        assertEquals("0.2 USD per day: 0.15 is taken, 0.06 is asked", buys(payer, URL, cents(6)));
        assertEquals("paid", buys(payer, URL, cents(5)));
        assertEquals(2, coin.signatures.get());
    }

    @Test
    void all_budgets_must_have_room() {
        Payer payer = payer("0.20 USD per host per hour", "0.30 USD per day");
        assertEquals("paid", buys(payer, URL, cents(20)));
        assertEquals("0.2 USD per host per hour: 0.2 is taken, 0.01 is asked", buys(payer, URL, cents(1)));
        assertEquals("paid", buys(payer, "https://other.example/", cents(10)));
        assertEquals("0.3 USD per day: 0.3 is taken, 0.01 is asked", buys(payer, "https://third.example/", cents(1)));
    }

    @Test
    void a_budget_that_has_no_room_leaves_the_others_untouched() {
        Payer payer = payer("0.20 USD per day", "0.10 USD per host per hour");
        assertEquals("0.1 USD per host per hour: 0 is taken, 0.15 is asked", buys(payer, URL, cents(15)));
        assertEquals("paid", buys(payer, URL, cents(10)));
        assertEquals("paid", buys(payer, "https://other.example/", cents(10)));
    }

    @Test
    void a_host_is_one_in_every_spelling_and_on_every_port() {
        Payer payer = payer("0.10 USD per host per hour");
        assertEquals("paid", buys(payer, URL, cents(10)));
        for (String same : List.of(
                "https://SHOP.example/",
                "https://shop.example./",
                "http://shop.example:8080/",
                "https://x@shop.example/")) {
            assertEquals("0.1 USD per host per hour: 0.1 is taken, 0.01 is asked", buys(payer, same, cents(1)));
        }
        assertEquals("paid", buys(payer, "https://[::1]/", cents(10)));
        assertEquals(
                "0.1 USD per host per hour: 0.1 is taken, 0.01 is asked",
                buys(payer, "https://[0:0:0:0:0:0:0:1]:9/", cents(1)));
    }

    @Test
    void an_address_without_a_host_is_refused() {
        Payer payer = payer("0.10 USD per host per hour");
        assertEquals(
                "0.1 USD per host per hour: the address names no host", buys(payer, "https://shöp.example/", cents(1)));
        assertEquals("0.1 USD per host per hour: the address names no host", buys(payer, "no address", cents(1)));
    }

    @Test
    void a_payee_is_one_in_every_spelling_and_on_every_network() {
        Payer payer = payer("0.10 USD per payee per hour");
        assertEquals("paid", buys(payer, URL, offer(Coin.ON_MAIN, 100_000, "gold", "bob")));
        assertEquals(
                "0.1 USD per payee per hour: 0.1 is taken, 0.01 is asked",
                buys(payer, "https://other.example/", offer(Coin.ON_TEST, 10_000, "gold", "BOB")));
        assertEquals("paid", buys(payer, URL, offer(Coin.ON_MAIN, 100_000, "gold", "carol")));
    }

    @Test
    void a_task_has_its_own_sum() {
        Payer payer = payer("0.10 USD per task");
        assertEquals("paid", buys(payer.forTask("a"), URL, cents(10)));
        time.pass(Duration.ofDays(1_000));
        assertEquals("0.1 USD per task: 0.1 is taken, 0.01 is asked", buys(payer.forTask("a"), URL, cents(1)));
        assertEquals("paid", buys(payer.forTask("b"), URL, cents(10)));
    }

    @Test
    void a_payment_without_a_task_is_refused_under_a_budget_per_task() {
        assertEquals(
                "0.1 USD per task: the payment belongs to no task; name it by forTask",
                buys(payer("0.10 USD per task", "1 USD per day"), URL, cents(1)));
    }

    @Test
    void a_task_that_ended_begins_anew() {
        Budgets budgets = Budgets.of(plugins, ledger, "0.10 USD per task");
        Payer payer = payer("0.10 USD per task").forTask("a");
        assertEquals("paid", buys(payer, URL, cents(10)));
        budgets.end("a");
        assertEquals("paid", buys(payer, URL, cents(10)));
    }

    @Test
    void a_task_is_named_in_plain_characters() {
        Budgets budgets = Budgets.of(plugins, ledger, "0.10 USD per task");
        for (String name : List.of("", " ", "a\nb", "x".repeat(257))) {
            assertThrows(IllegalArgumentException.class, () -> budgets.forTask(name));
        }
    }

    @Test
    void currencies_are_counted_apart_and_an_uncounted_one_is_refused() {
        Payer payer = payer("0.10 USD per day");
        assertEquals(
                "no budget is in a unit of this asset: SILVER, which stands for EUR",
                buys(payer, URL, offer(Coin.ON_MAIN, 1, "silver", "bob")));
        Payer both = payer("0.10 USD per day", "1 EUR per day");
        assertEquals("paid", buys(both, URL, cents(10)));
        assertEquals("paid", buys(both, URL, offer(Coin.ON_MAIN, 100, "silver", "bob")));
        assertEquals(
                "1 EUR per day: 1 is taken, 0.01 is asked", buys(both, URL, offer(Coin.ON_MAIN, 1, "silver", "bob")));
    }

    @Test
    void one_currency_on_two_networks_adds_up() {
        Payer payer = payer("0.10 USD per day");
        assertEquals("paid", buys(payer, URL, offer(Coin.ON_MAIN, 60_000, "gold", "bob")));
        assertEquals(
                "0.1 USD per day: 0.06 is taken, 0.050001 is asked",
                buys(payer, URL, offer(Coin.ON_TEST, 50_001, "gold", "bob")));
    }

    @Test
    void an_unknown_asset_is_refused_and_its_decimals_are_not_guessed() {
        assertEquals(
                "no budget is in a unit of this asset: nobody knows it",
                buys(payer("1000000 USD per day"), URL, offer(Coin.ON_MAIN, 1, "lead", "bob")));
    }

    @Test
    void the_smallest_unit_of_an_unknown_asset_can_be_counted() {
        Payer payer = payer("10 atomic coin:main/Lead per day");
        assertEquals("paid", buys(payer, URL, offer(Coin.ON_MAIN, 10, "lead", "bob")));
        assertEquals(
                "10 atomic coin:main/Lead per day: 10 is taken, 1 is asked",
                buys(payer, URL, offer(Coin.ON_MAIN, 1, "LEAD", "bob")));
    }

    @Test
    void a_budget_in_a_symbol_counts_that_asset_alone() {
        Payer payer = payer("1 GOLD per day");
        assertEquals("paid", buys(payer, URL, cents(100)));
        assertEquals("1 GOLD per day: 1 is taken, 0.01 is asked", buys(payer, URL, cents(1)));
    }

    @Test
    void a_failure_told_by_the_server_frees_nothing() {
        Payer payer = payer("0.10 USD per day");
        PaymentIntent intent = payer.intent(URL);
        assertEquals("paid", told(intent, cents(10)));
        intent.receipt(new SettleResponse(
                false,
                new ErrorCode("insufficient_funds"),
                null,
                null,
                "",
                Coin.MAIN,
                null,
                null,
                null,
                Json.Obj.EMPTY));
        assertEquals("0.1 USD per day: 0.1 is taken, 0.01 is asked", buys(payer, URL, cents(1)));
        time.pass(Duration.ofHours(23));
        assertEquals("0.1 USD per day: 0.1 is taken, 0.01 is asked", buys(payer, URL, cents(1)));
    }

    @Test
    void a_pending_payment_counts_until_its_authorisation_expires_beyond_a_short_window() {
        Payer payer = payer("0.10 USD per minute");
        assertEquals("paid", buys(payer, URL, cents(10)));
        time.pass(Duration.ofSeconds(299));
        assertEquals("0.1 USD per minute: 0.1 is taken, 0.01 is asked", buys(payer, URL, cents(1)));
        time.pass(Duration.ofSeconds(2));
        assertEquals("paid", buys(payer, URL, cents(1)));
    }

    @Test
    void what_the_rail_proves_did_not_move_may_be_spent_again() {
        Payer payer = payer("0.10 USD per day");
        PaymentIntent intent = payer.intent(URL);
        assertEquals("paid", told(intent, cents(10)));
        intent.proven(AtomicAmount.of(30_000));
        assertEquals("0.1 USD per day: 0.03 is taken, 0.08 is asked", buys(payer, URL, cents(8)));
        assertEquals("paid", buys(payer, URL, cents(7)));
    }

    @Test
    void nothing_is_proven_before_the_authorisation_has_expired() {
        Payer payer = payer("0.10 USD per day");
        PaymentIntent intent = payer.intent(URL);
        intent.proven(AtomicAmount.ZERO);
        assertEquals("paid", told(intent, cents(10)));
        assertEquals(
                "moved: expected proof of nothing after 2026-01-01T00:05:00Z, when the payment cannot be used any more,"
                        + " saw it at 2026-01-01T00:00:00Z",
                assertThrows(IllegalStateException.class, () -> intent.proven(AtomicAmount.ZERO))
                        .getMessage());
        time.pass(Duration.ofSeconds(300));
        intent.proven(AtomicAmount.ZERO);
        assertEquals("paid", buys(payer, URL, cents(10)));
    }

    @Test
    void more_than_was_signed_is_no_proof() {
        PaymentIntent intent = payer("0.10 USD per day").intent(URL);
        assertEquals("paid", told(intent, cents(1)));
        assertEquals(
                "moved: expected 0 to 10000, saw 10001",
                assertThrows(IllegalArgumentException.class, () -> intent.proven(AtomicAmount.of(10_001)))
                        .getMessage());
    }

    @Test
    void a_signature_that_took_longer_than_the_reservation_is_kept_back() {
        Budgets budgets = Budgets.of(plugins, ledger, "0.10 USD per day");
        Candidate candidate = new Candidate(
                cents(10),
                Coin.Mint.gold(Coin.MAIN).id(),
                plugins.asset(Coin.Mint.gold(Coin.MAIN).id()),
                plugins.network(Coin.MAIN));
        SpendPolicy.Hold hold = assertInstanceOf(SpendPolicy.Answer.Granted.class, budgets.reserve(URL, candidate))
                .hold();
        Instant begun = time.instant();
        time.pass(Duration.ofMinutes(10));
        assertEquals(
                "budgets: expected a signature within PT10M of the reservation, saw it later; nothing was handed out",
                assertThrows(IllegalStateException.class, () -> hold.commit(begun.plusSeconds(900)))
                        .getMessage());
    }

    @Test
    void a_full_ledger_refuses() {
        Budgets budgets = Budgets.of(
                plugins, InMemoryBudgetLedger.builder(time).maxAccounts(1).build(), "1 USD per host per day");
        Payer payer = Payer.builder(plugins)
                .offers((url, challenge, payable) -> new Choice(payable, candidate -> "as offered"))
                .spend(budgets)
                .clock(time)
                .build();
        assertEquals("paid", buys(payer, URL, cents(1)));
        assertEquals("the ledger of budgets is full", buys(payer, "https://other.example/", cents(1)));
    }

    @Test
    void every_problem_is_told_at_once() {
        assertEquals(
                "budget: expected a limit such as 2 USD per day, 5 USD per task or 50 USD in all, saw \"2 USD\"\n"
                        + "budget 2 USDD per day: expected a unit of a known asset such as EUR, GOLD, SILVER, USD, saw USDD\n"
                        + "budgets 1 USD per day and 2 USD per day limit the same sum; keep one",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Budgets.of(
                                        plugins, ledger, "2 USD", "2 USDD per day", "1 USD per day", "$2 per 24 hours"))
                        .getMessage());
    }

    @Test
    void no_budget_is_refused() {
        assertEquals(
                "budgets: expected one or more, saw none",
                assertThrows(IllegalArgumentException.class, () -> Budgets.of(plugins, ledger, List.of()))
                        .getMessage());
    }

    @RepeatedTest(10)
    void a_hundred_threads_on_the_last_cent_spend_it_once() throws Exception {
        Payer payer = payer("0.20 USD per host per hour", "2 USD per day");
        assertEquals("paid", buys(payer, URL, cents(19)));
        CyclicBarrier start = new CyclicBarrier(100);
        ExecutorService threads = Executors.newFixedThreadPool(100);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return buys(payer, URL, cents(1));
                }));
            }
            int paid = 0;
            for (Future<String> answer : answers) {
                paid += answer.get().equals("paid") ? 1 : 0;
            }
            assertEquals(1, paid);
            assertEquals(2, coin.signatures.get());
        } finally {
            threads.shutdownNow();
        }
    }
}
