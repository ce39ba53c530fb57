package dev.x402.core.payer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.market.Coin;
import dev.x402.core.market.Time;
import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.plugins.Plugins;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PayerTest {
    private static final String URL = "https://shop.example/report";
    private static final PaymentRequirements OFFER = offer(Coin.ON_MAIN, 10_000, "gold");

    private final Time time = new Time();
    private final Coin coin = new Coin();
    private final Ledger ledger = new Ledger();
    private final Plugins plugins = plugins(List.of());
    private final Payer payer = payer(plugins, anything());

    @AfterEach
    void close() {
        plugins.close();
    }

    private Plugins plugins(List<PaymentExtension> extensions) {
        Plugins.Builder builder =
                Plugins.builder().clock(time).add(coin).add(new Coin.Ground()).add(new Coin.Mint());
        extensions.forEach(builder::add);
        return builder.build();
    }

    private Payer payer(Plugins with, OfferPolicy policy) {
        return Payer.builder(with).offers(policy).spend(ledger).clock(time).build();
    }

    private OfferPolicy anything() {
        return BuyerPolicy.parse(
                        "prefer coin:test", "prefer gold", "at most 1 USD per payment", "at most 10000 EUR per payment")
                .with(plugins);
    }

    private static PaymentRequirements offer(Kind kind, long amount, String asset) {
        return PaymentRequirements.of(kind, AtomicAmount.of(amount), asset, "bob", 300, Json.Obj.EMPTY);
    }

    private static PaymentRequired challenge(PaymentRequirements... offers) {
        return PaymentRequired.of(null, ResourceInfo.of(URL), List.of(offers));
    }

    private Instant by() {
        return time.instant().plusSeconds(10);
    }

    private Purchase bought(PaymentRequirements... offers) {
        return payer.intent(URL).pay(challenge(offers), by());
    }

    /** Holds what is reserved; one coin more than the limit is refused. */
    private static final class Ledger implements SpendPolicy {
        private final List<String> entries = Collections.synchronizedList(new ArrayList<>());
        private boolean books = true;
        private AtomicAmount limit = AtomicAmount.of(1_000_000);
        private AtomicAmount ceiling = AtomicAmount.of(1_000_000);

        @Override
        public Answer reserve(String url, Candidate candidate) {
            AtomicAmount amount = candidate.offer().amount();
            if (amount.compareTo(limit) > 0) {
                return new Answer.Denied("the budget has " + limit + " left");
            }
            entries.add("reserve " + amount);
            return new Answer.Granted(new Hold() {
                @Override
                public AtomicAmount ceiling() {
                    return ceiling;
                }

                @Override
                public void release() {
                    entries.add("release");
                }

                @Override
                public void commit(Instant liveUntil) {
                    if (!books) {
                        throw new IllegalStateException("ledger: closed");
                    }
                    entries.add("commit until " + liveUntil);
                }

                @Override
                public void receipt(SettleResponse receipt) {
                    entries.add("receipt " + receipt.success());
                }
            });
        }
    }

    @Test
    void a_payment_echoes_offer_and_resource_as_they_came() {
        PaymentRequirements odd = new PaymentRequirements(
                "coin",
                Coin.MAIN,
                AtomicAmount.of(10_000),
                "GoLd",
                "BoB",
                300,
                null,
                Json.Obj.EMPTY.with("unknown", Json.Null.NULL));
        assertEquals(
                new Purchase.Paid(
                        new PaymentPayload(
                                ResourceInfo.of(URL),
                                odd,
                                Coin.payment(odd, "1").payload(),
                                null,
                                Json.Obj.EMPTY),
                        odd,
                        List.of(new Verdict(
                                odd, "0.01 GOLD", Standing.CHOSEN, "the only offer that the policy allows")),
                        Instant.parse("2026-01-01T00:05:00Z")),
                bought(odd));
    }

    @Test
    void the_amount_is_held_before_signing_and_until_the_signature_is_dead() {
        bought(OFFER);
        assertEquals(List.of("reserve 10000", "commit until 2026-01-01T00:05:00Z"), ledger.entries);
    }

    @Test
    void the_policy_decides_and_every_offer_is_explained() {
        PaymentRequirements onTest = offer(Coin.ON_TEST, 10_000, "gold");
        PaymentRequirements pearl = offer(Coin.ON_MAIN, 1, "pearl");
        PaymentRequirements dear = offer(Coin.ON_MAIN, 2_000_000, "gold");
        PaymentRequirements shell = offer(new Kind("shell", Coin.MAIN), 1, "gold");
        Purchase.Paid paid = assertInstanceOf(Purchase.Paid.class, bought(OFFER, pearl, dear, shell, onTest));
        assertEquals(onTest, paid.chosen());
        assertEquals(
                List.of(
                        "allowed: 0.01 GOLD by coin on coin:main: place 2 of 2, after one that is better by"
                                + " \"prefer coin:test\"",
                        "refused: 1 of pearl by coin on coin:main: no asset source knows its asset coin:main/pearl and"
                                + " no line names it; \"at most 1 USD per payment\" and"
                                + " \"at most 10000 EUR per payment\" do not limit it: no asset source knows its asset"
                                + " coin:main/pearl",
                        "refused: 2 GOLD by coin on coin:main: \"at most 1 USD per payment\": it asks 2 USD",
                        "refused: 1 of gold by shell on coin:main: no plugin pays by shell on coin:main",
                        "chosen: 0.01 GOLD by coin on coin:test: first of 2 by \"prefer coin:test\""),
                paid.verdicts().stream().map(Verdict::toString).toList());
    }

    @Test
    void within_a_network_the_order_of_assets_decides_then_the_amount() {
        PaymentRequirements silver = offer(Coin.ON_MAIN, 1, "silver");
        PaymentRequirements cheaper = offer(Coin.ON_MAIN, 9_000, "gold");
        Purchase.Paid paid = assertInstanceOf(Purchase.Paid.class, bought(silver, OFFER, cheaper));
        assertEquals(cheaper, paid.chosen());
    }

    @Test
    void nothing_payable_is_refused_with_the_reasons() {
        PaymentRequirements shell = offer(new Kind("shell", Coin.MAIN), 1, "gold");
        assertEquals(
                new Purchase.Refused(
                        List.of(new Verdict(
                                shell, "1 of gold", Standing.REFUSED, "no plugin pays by shell on coin:main")),
                        false),
                bought(shell));
    }

    @Test
    void a_challenge_without_offers_is_refused() {
        assertEquals(new Purchase.Refused(List.of(), false), bought());
    }

    @Test
    void an_offer_that_the_plugin_cannot_pay_is_refused() {
        coin.canPay = false;
        assertEquals(
                new Purchase.Refused(
                        List.of(new Verdict(
                                OFFER,
                                "10000 of gold",
                                Standing.REFUSED,
                                "the plugin for coin on coin:main cannot pay it")),
                        false),
                bought(OFFER));
    }

    @Test
    void an_unknown_payment_flow_is_refused() {
        PaymentRequirements odd = OFFER.withExtra(Json.Obj.EMPTY.with("paymentFlow", "later"));
        assertEquals(
                new Purchase.Refused(
                        List.of(new Verdict(
                                odd,
                                "10000 of gold",
                                Standing.REFUSED,
                                "extra/paymentFlow: expected one of authorization, escrow, upfront, saw another")),
                        false),
                bought(odd));
    }

    @Test
    void a_budget_that_refuses_one_offer_lets_the_next_be_paid() {
        ledger.limit = AtomicAmount.of(5_000);
        PaymentRequirements silver = offer(Coin.ON_MAIN, 100, "silver");
        Purchase.Paid paid = assertInstanceOf(Purchase.Paid.class, bought(OFFER, silver));
        assertEquals(
                List.of(
                        new Verdict(OFFER, "0.01 GOLD", Standing.REFUSED, "the budget has 5000 left"),
                        new Verdict(
                                silver,
                                "1 SILVER",
                                Standing.CHOSEN,
                                "place 2 of 2, after one that is better by \"prefer gold\"")),
                paid.verdicts());
    }

    @Test
    void nothing_is_signed_above_the_ceiling() {
        ledger.ceiling = AtomicAmount.of(9_999);
        assertEquals(
                new Purchase.Refused(
                        List.of(new Verdict(
                                OFFER, "0.01 GOLD", Standing.REFUSED, "costs more than the ceiling of 9999")),
                        false),
                bought(OFFER));
        assertEquals(0, coin.signatures.get());
        assertEquals(List.of("reserve 10000", "release"), ledger.entries);
    }

    @Test
    void a_rail_that_cannot_be_read_frees_the_amount_and_may_be_tried_again() {
        coin.railDown = true;
        PaymentIntent intent = payer.intent(URL);
        assertEquals(
                new Purchase.Refused(
                        List.of(new Verdict(
                                OFFER, "0.01 GOLD", Standing.REFUSED, "the rail could not be read: coin: no block")),
                        true),
                intent.pay(challenge(OFFER), by()));
        assertEquals(List.of("reserve 10000", "release"), ledger.entries);
        coin.railDown = false;
        assertInstanceOf(Purchase.Paid.class, intent.pay(challenge(OFFER), by()));
    }

    @Test
    void an_intent_is_signed_once_whatever_a_second_challenge_says() {
        PaymentIntent intent = payer.intent(URL);
        Purchase first = intent.pay(challenge(OFFER), by());
        assertSame(first, intent.pay(challenge(offer(Coin.ON_TEST, 1, "gold")), by()));
        assertSame(first, intent.pay(challenge(), by()));
        assertEquals(1, coin.signatures.get());
    }

    @Test
    void a_second_challenge_frees_nothing() {
        PaymentIntent intent = payer.intent(URL);
        intent.pay(challenge(OFFER), by());
        intent.receipt(new SettleResponse(false, null, null, null, "", null, null, null, null, Json.Obj.EMPTY));
        intent.pay(challenge(OFFER), by());
        assertEquals(List.of("reserve 10000", "commit until 2026-01-01T00:05:00Z", "receipt false"), ledger.entries);
    }

    @Test
    void a_receipt_without_a_payment_says_nothing() {
        payer.intent(URL)
                .receipt(new SettleResponse(true, null, null, null, "tx", null, null, null, null, Json.Obj.EMPTY));
        assertEquals(List.of(), ledger.entries);
    }

    @Test
    void another_intent_is_another_payment() {
        bought(OFFER);
        bought(OFFER);
        assertEquals(2, coin.signatures.get());
    }

    @Test
    void a_hundred_threads_with_one_intent_sign_once() throws Exception {
        PaymentIntent intent = payer.intent(URL);
        ExecutorService pool = Executors.newFixedThreadPool(100);
        try {
            CyclicBarrier barrier = new CyclicBarrier(100);
            List<Future<Purchase>> futures = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                futures.add(pool.submit(() -> {
                    barrier.await();
                    return intent.pay(challenge(OFFER), by());
                }));
            }
            Set<Purchase> answers = new HashSet<>();
            for (Future<Purchase> future : futures) {
                answers.add(future.get(30, TimeUnit.SECONDS));
            }
            assertEquals(1, answers.size());
            assertEquals(1, coin.signatures.get());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void a_policy_that_throws_signs_nothing_and_leaves_the_intent_open() {
        List<String> moods = new ArrayList<>(List.of("bad"));
        Payer moody = payer(plugins, (url, required, payable) -> {
            if (!moods.isEmpty()) {
                throw new IllegalStateException(moods.remove(0));
            }
            return anything().choose(url, required, payable);
        });
        PaymentIntent intent = moody.intent(URL);
        assertThrows(IllegalStateException.class, () -> intent.pay(challenge(OFFER), by()));
        assertEquals(0, coin.signatures.get());
        assertInstanceOf(Purchase.Paid.class, intent.pay(challenge(OFFER), by()));
    }

    @Test
    void a_ledger_that_cannot_write_keeps_the_signature_back() {
        ledger.books = false;
        PaymentIntent intent = payer.intent(URL);
        assertThrows(IllegalStateException.class, () -> intent.pay(challenge(OFFER), by()));
        assertEquals(List.of("reserve 10000", "release"), ledger.entries);
        ledger.books = true;
        assertInstanceOf(Purchase.Paid.class, intent.pay(challenge(OFFER), by()));
    }

    @Test
    void a_policy_cannot_bring_an_offer_of_its_own() {
        Payer tricked = payer(plugins, (url, required, payable) -> {
            Candidate given = payable.get(0);
            Candidate other = new Candidate(
                    given.offer().withAmount(AtomicAmount.of(1)), given.assetId(), given.asset(), given.network());
            return new Choice(List.of(other), candidate -> "cheaper");
        });
        assertEquals(
                "offer policy: expected candidates that it was given, saw another on coin on coin:main",
                assertThrows(
                                IllegalStateException.class,
                                () -> tricked.intent(URL).pay(challenge(OFFER), by()))
                        .getMessage());
    }

    @Test
    void candidates_carry_what_is_known_and_guess_nothing() {
        List<Candidate> seen = new ArrayList<>();
        PaymentRequirements pearl = offer(Coin.ON_MAIN, 1, "Pearl");
        payer(plugins, (url, required, payable) -> {
                    seen.addAll(payable);
                    return new Choice(List.of(), candidate -> "");
                })
                .intent(URL)
                .pay(challenge(OFFER, pearl), by());
        assertEquals(Optional.of(Coin.Mint.gold(Coin.MAIN)), seen.get(0).asset());
        assertEquals(Optional.empty(), seen.get(1).asset());
        assertEquals(new AssetId(Coin.MAIN, "pearl"), seen.get(1).assetId());
        assertFalse(seen.get(0).network().orElseThrow().testnet());
    }

    private static PaymentExtension answering(String key, Function<Json, Optional<Json>> answer) {
        return new PaymentExtension() {
            @Override
            public String key() {
                return key;
            }

            @Override
            public Optional<ClientSide> client(Context context) {
                return Optional.of(new ClientSide() {
                    @Override
                    public Optional<Json> answer(Json declared, PaymentRequirements chosen) {
                        return answer.apply(declared);
                    }
                });
            }
        };
    }

    @Test
    void the_servers_members_of_extensions_win() {
        PaymentExtension label = answering(
                "label",
                declared -> Optional.of(Json.Obj.EMPTY.with("color", "red").with("size", "small")));
        Json.Obj declared = Json.Obj.EMPTY
                .with("label", Json.Obj.EMPTY.with("color", "blue"))
                .with("other", Json.array(Json.of("as it came")));
        try (Plugins labelled = plugins(List.of(label))) {
            Purchase.Paid paid = (Purchase.Paid) payer(labelled, anything())
                    .intent(URL)
                    .pay(
                            new PaymentRequired(null, ResourceInfo.of(URL), List.of(OFFER), declared, Json.Obj.EMPTY),
                            by());
            assertEquals(
                    declared.with("label", Json.Obj.EMPTY.with("color", "blue").with("size", "small")),
                    paid.payload().extensions());
        }
    }

    @Test
    void an_extension_that_fails_to_answer_is_echoed_as_it_came() {
        PaymentExtension broken = answering("broken", declared -> {
            throw new IllegalStateException("no answer");
        });
        Json.Obj declared = Json.Obj.EMPTY.with("broken", Json.of("as it came"));
        try (Plugins with = plugins(List.of(broken))) {
            Purchase.Paid paid = (Purchase.Paid) payer(with, anything())
                    .intent(URL)
                    .pay(
                            new PaymentRequired(null, ResourceInfo.of(URL), List.of(OFFER), declared, Json.Obj.EMPTY),
                            by());
            assertEquals(declared, paid.payload().extensions());
        }
    }

    @Test
    void an_extension_that_was_not_declared_is_not_answered() {
        PaymentExtension eager = answering("eager", declared -> Optional.of(Json.of("me too")));
        try (Plugins with = plugins(List.of(eager))) {
            Purchase.Paid paid =
                    (Purchase.Paid) payer(with, anything()).intent(URL).pay(challenge(OFFER), by());
            assertEquals(null, paid.payload().extensions());
        }
    }

    @Test
    void a_payer_without_policies_is_not_built() {
        assertEquals(
                "payer: expected offers, spend and clock, saw none for offers spend clock",
                assertThrows(
                                IllegalStateException.class,
                                () -> Payer.builder(plugins).build())
                        .getMessage());
    }

    @Test
    void nothing_prints_the_proof() {
        assertFalse(bought(OFFER).toString().contains("valid"));
        assertEquals(
                "intent to pay for https://shop.example/report",
                payer.intent(URL).toString());
    }

    @Test
    void per_payment_grants_what_the_offer_policy_allows() {
        Payer plain = Payer.builder(plugins)
                .offers(anything())
                .spend(SpendPolicies.perPayment())
                .clock(time)
                .build();
        assertInstanceOf(Purchase.Paid.class, plain.intent(URL).pay(challenge(OFFER), by()));
    }
}
