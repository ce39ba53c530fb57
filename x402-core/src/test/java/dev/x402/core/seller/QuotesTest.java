package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.core.market.Coin;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Bytes;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A quote that was given is honoured until it ends, for the request that it was given for. */
class QuotesTest {
    /** What the tariff says now; null fails. */
    private final AtomicReference<Price> tariff = new AtomicReference<>(Price.atomic(10_000));

    private final AtomicReference<String> payee = new AtomicReference<>("bob");

    private PricedRoute.Builder route() {
        return PricedRoute.builder("report")
                .way(Shop.way()
                        .price(request -> tariff.get())
                        .payTo(request -> payee.get())
                        .build());
    }

    private Shop shop() {
        return shop(UnaryOperator.identity());
    }

    private Shop shop(UnaryOperator<PaymentGate.Builder> change) {
        return new Shop(gate -> change.apply(gate.route(route().build())));
    }

    private static PaymentRequirements quoted(Shop shop, ResourceRequest request) {
        return ((Decision.Challenge) shop.gate.decide(request))
                .required()
                .accepts()
                .get(0);
    }

    private static ResourceRequest paying(ResourceRequest request, PaymentRequirements offer) {
        return request.withPayment(Coin.payment(offer, "1"));
    }

    private static Optional<ErrorCode> refusal(Shop shop, ResourceRequest request) {
        Decision decision = shop.gate.decide(request);
        return assertInstanceOf(Decision.Challenge.class, decision).code();
    }

    @Test
    void a_quote_is_its_end_and_a_code() {
        try (Shop shop = shop()) {
            String quote =
                    quoted(shop, Shop.request()).extraOrEmpty().text("quote").orElseThrow();
            assertTrue(quote.matches("1767225900\\.[A-Za-z0-9_-]{22}"), quote);
        }
    }

    @Test
    void an_offer_that_is_constant_carries_no_quote() {
        try (Shop shop = new Shop()) {
            assertEquals(Shop.OFFER, quoted(shop, Shop.request()));
        }
    }

    @Test
    void price_and_payee_of_the_quote_are_verified_and_settled() {
        try (Shop shop = shop()) {
            PaymentRequirements quote = quoted(shop, Shop.request());
            tariff.set(Price.atomic(20_000));
            payee.set("carol");
            shop.bought(paying(Shop.request(), quote), "report");
            assertEquals(quote, shop.bank.verified.get(0).requirements());
            assertEquals(quote, shop.bank.settled.get(0).requirements());
            assertEquals("bob", quote.payTo());
            assertEquals(AtomicAmount.of(10_000), quote.amount());
        }
    }

    @Test
    void a_quote_is_honoured_when_its_function_fails_now() {
        try (Shop shop = shop()) {
            PaymentRequirements quote = quoted(shop, Shop.request());
            tariff.set(null);
            shop.bought(paying(Shop.request(), quote), "report");
            assertEquals(quote, shop.bank.settled.get(0).requirements());
        }
    }

    @Test
    void a_quote_is_honoured_when_its_kind_is_not_offered_any_more() {
        try (Shop shop = shop()) {
            PaymentRequirements quote = quoted(shop, Shop.request());
            shop.bank.kinds = List.of();
            shop.time.pass(Duration.ofMinutes(4));
            shop.bought(paying(Shop.request(), quote), "report");
        }
    }

    @Test
    void a_payment_that_is_refused_is_told_what_is_asked_now() {
        try (Shop shop = shop()) {
            PaymentRequirements quote = quoted(shop, Shop.request());
            tariff.set(Price.atomic(20_000));
            Decision.Challenge challenge = (Decision.Challenge)
                    shop.gate.decide(Shop.request().withPayment(Coin.payment(quote, "alice", "1", "forged")));
            assertEquals(
                    List.of(AtomicAmount.of(20_000)),
                    challenge.required().accepts().stream()
                            .map(PaymentRequirements::amount)
                            .toList());
        }
    }

    @Test
    void a_quote_that_is_over_is_a_fresh_challenge_that_says_so() {
        try (Shop shop = shop()) {
            PaymentRequirements quote = quoted(shop, Shop.request());
            tariff.set(Price.atomic(20_000));
            shop.time.pass(Duration.ofMinutes(5));
            Decision.Challenge challenge = (Decision.Challenge) shop.gate.decide(paying(Shop.request(), quote));
            assertEquals(Optional.of(new ErrorCode("quote_expired")), challenge.code());
            assertEquals(
                    "accepted/extra/quote: expected a quote that still holds, saw one that ended at"
                            + " 2026-01-01T00:05:00Z; sign an offer of this answer",
                    challenge.message());
            assertEquals(
                    AtomicAmount.of(20_000),
                    challenge.required().accepts().get(0).amount());
            assertEquals(List.of(), shop.bank.verified);
        }
    }

    @Test
    void a_quote_holds_up_to_its_last_moment() {
        try (Shop shop = shop()) {
            PaymentRequirements quote = quoted(shop, Shop.request());
            tariff.set(Price.atomic(20_000));
            shop.time.pass(Duration.ofMinutes(5).minusMillis(1));
            shop.admitted(paying(Shop.request(), quote));
        }
    }

    @Test
    void a_quote_that_is_over_and_is_what_is_asked_now_is_taken() {
        try (Shop shop = shop()) {
            PaymentRequirements quote = quoted(shop, Shop.request());
            shop.time.pass(Duration.ofDays(1));
            shop.admitted(paying(Shop.request(), quote));
        }
    }

    @Test
    void what_was_bought_by_a_quote_comes_back_after_its_end() {
        try (Shop shop = shop()) {
            ResourceRequest paid = paying(Shop.request(), quoted(shop, Shop.request()));
            shop.bought(paid, "report");
            tariff.set(Price.atomic(20_000));
            shop.time.pass(Duration.ofMinutes(6));
            assertEquals(new Decision.Replay(Shop.bytes("report"), Shop.receipt("1")), shop.gate.decide(paid));
        }
    }

    @Test
    void a_route_says_how_long_its_quotes_hold() {
        try (Shop shop = new Shop(
                gate -> gate.route(route().quoteFor(Duration.ofSeconds(7)).build()))) {
            PaymentRequirements quote = quoted(shop, Shop.request());
            tariff.set(Price.atomic(20_000));
            shop.time.pass(Duration.ofSeconds(7));
            assertEquals(Optional.of(new ErrorCode("quote_expired")), refusal(shop, paying(Shop.request(), quote)));
        }
    }

    /** The dear request is another in one way; the quote of the cheap one buys it in none. */
    @Test
    void a_quote_is_for_one_request_alone() {
        ResourceRequest cheap = Shop.request().withBodyDigest("small").withCaller("member");
        for (ResourceRequest dear : List.of(
                cheap.withTenant("another"),
                cheap.withCaller("stranger"),
                cheap.withBodyDigest("large"),
                ResourceRequest.of("POST", "report", "/report", Shop.URL)
                        .withBodyDigest("small")
                        .withCaller("member"),
                ResourceRequest.of("GET", "report", "/report?all", Shop.URL)
                        .withBodyDigest("small")
                        .withCaller("member"))) {
            tariff.set(Price.atomic(10_000));
            try (Shop shop = shop()) {
                PaymentRequirements quote = quoted(shop, cheap);
                tariff.set(Price.atomic(20_000));
                assertEquals(Optional.of(ErrorCode.NO_MATCHING_REQUIREMENTS), refusal(shop, paying(dear, quote)));
                assertEquals(List.of(), shop.bank.verified);
                shop.admitted(paying(cheap, quote));
            }
        }
    }

    @Test
    void a_quote_is_for_one_route_alone() {
        try (Shop shop = new Shop(gate -> gate.route(route().build())
                .route(PricedRoute.of(
                        "other",
                        Shop.way().price(request -> Price.atomic(20_000)).build())))) {
            PaymentRequirements quote = quoted(shop, Shop.request());
            assertEquals(
                    Optional.of(ErrorCode.NO_MATCHING_REQUIREMENTS),
                    refusal(shop, paying(ResourceRequest.of("GET", "other", "/report", Shop.URL), quote)));
        }
    }

    @Test
    void no_term_of_a_quote_can_be_changed() {
        try (Shop shop = shop()) {
            PaymentRequirements quote = quoted(shop, Shop.request());
            tariff.set(Price.atomic(20_000));
            for (UnaryOperator<PaymentRequirements> change : Terms.changes()) {
                PaymentRequirements changed = change.apply(quote);
                String token = quote.extraOrEmpty().text("quote").orElseThrow();
                PaymentRequirements forged =
                        changed.withExtra(changed.extraOrEmpty().with("quote", token));
                assertNotEquals(quote, forged);
                assertEquals(
                        Optional.of(ErrorCode.NO_MATCHING_REQUIREMENTS), refusal(shop, paying(Shop.request(), forged)));
            }
            assertEquals(List.of(), shop.bank.verified);
        }
    }

    @Test
    void a_forged_quote_is_an_unknown_offer() {
        try (Shop shop = shop()) {
            PaymentRequirements quote = quoted(shop, Shop.request());
            String token = quote.extraOrEmpty().text("quote").orElseThrow();
            tariff.set(Price.atomic(20_000));
            for (String forged : List.of(
                    "",
                    ".",
                    token.substring(0, token.length() - 1),
                    token + "A",
                    token.substring(0, 11) + "A".repeat(22),
                    "9767225900" + token.substring(10),
                    "01767225900" + token.substring(10),
                    "99999999999999999999" + token.substring(10),
                    "-1" + token.substring(10),
                    token.replace('.', '!'))) {
                assertEquals(
                        Optional.of(ErrorCode.NO_MATCHING_REQUIREMENTS),
                        refusal(
                                shop,
                                paying(
                                        Shop.request(),
                                        quote.withExtra(quote.extraOrEmpty().with("quote", forged)))),
                        forged);
            }
            assertEquals(
                    Optional.of(ErrorCode.NO_MATCHING_REQUIREMENTS),
                    refusal(
                            shop,
                            paying(
                                    Shop.request(),
                                    quote.withExtra(quote.extraOrEmpty().with("quote", Json.of(7))))));
        }
    }

    @Test
    void a_quote_in_another_spelling_of_asset_and_payee_is_the_same() {
        try (Shop shop = shop()) {
            PaymentRequirements quote = quoted(shop, Shop.request());
            tariff.set(Price.atomic(20_000));
            Admission admission = shop.admitted(paying(
                    Shop.request(),
                    PaymentRequirements.of(quote.kind(), quote.amount(), "GOLD", "Bob", 300, quote.extraOrEmpty())));
            assertEquals(quote, admission.offer());
        }
    }

    @Test
    void what_the_scheme_makes_anew_for_each_challenge_does_not_count() {
        try (Shop shop = shop()) {
            shop.coin.dynamic = java.util.Set.of("block");
            PaymentRequirements quote = quoted(shop, Shop.request());
            tariff.set(Price.atomic(20_000));
            PaymentRequirements later = quote.withExtra(quote.extraOrEmpty().with("block", Json.of(99)));
            assertEquals(later, shop.admitted(paying(Shop.request(), later)).offer());
        }
    }

    @Test
    void replicas_that_share_a_key_honour_each_others_quotes() {
        try (Shop one = shop();
                Shop other = shop()) {
            PaymentRequirements quote = quoted(one, Shop.request());
            tariff.set(Price.atomic(20_000));
            other.admitted(paying(Shop.request(), quote));
        }
    }

    private static Bytes key(int filling) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filling);
        return Bytes.of(key);
    }

    @Test
    void after_a_change_of_keys_the_older_quotes_hold() {
        try (Shop before = shop(gate -> gate.quotes(QuoteKeys.of(key(1))));
                Shop after = shop(gate -> gate.quotes(QuoteKeys.of(key(2), key(1))))) {
            PaymentRequirements quote = quoted(before, Shop.request());
            tariff.set(Price.atomic(20_000));
            after.admitted(paying(Shop.request(), quote));
        }
    }

    @Test
    void quotes_of_a_key_that_was_dropped_are_unknown() {
        try (Shop before = shop(gate -> gate.quotes(QuoteKeys.of(key(1))));
                Shop after = shop(gate -> gate.quotes(QuoteKeys.of(key(2))))) {
            PaymentRequirements quote = quoted(before, Shop.request());
            tariff.set(Price.atomic(20_000));
            assertEquals(
                    Optional.of(ErrorCode.NO_MATCHING_REQUIREMENTS), refusal(after, paying(Shop.request(), quote)));
        }
    }

    @Test
    void the_first_key_signs() {
        try (Shop both = shop(gate -> gate.quotes(QuoteKeys.of(key(2), key(1))));
                Shop after = shop(gate -> gate.quotes(QuoteKeys.of(key(2))))) {
            PaymentRequirements quote = quoted(both, Shop.request());
            tariff.set(Price.atomic(20_000));
            after.admitted(paying(Shop.request(), quote));
        }
    }

    @Test
    void keys_are_read_from_base64() {
        String text = Base64.getEncoder().encodeToString(key(1).toArray());
        try (Shop one = shop(gate -> gate.quotes(QuoteKeys.parse(text)));
                Shop other = shop(gate -> gate.quotes(QuoteKeys.of(key(1))))) {
            assertEquals(quoted(one, Shop.request()), quoted(other, Shop.request()));
        }
    }

    @Test
    void keys_that_are_none_are_refused_and_not_shown() {
        assertEquals(
                "quote key 2: expected base64 of 32 bytes or more, saw 8 characters that are none",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> QuoteKeys.parse(Base64.getEncoder().encodeToString(key(1).toArray()), "s€cret!!"))
                        .getMessage());
        assertEquals(
                "quote key 1: expected 32 bytes or more, saw 31; make one with openssl rand -base64 32",
                assertThrows(IllegalArgumentException.class, () -> QuoteKeys.of(Bytes.of(new byte[31])))
                        .getMessage());
        Bytes[] many = new Bytes[8];
        Arrays.fill(many, key(1));
        assertEquals(
                "quote keys: expected at most 8, saw 9; drop the oldest",
                assertThrows(IllegalArgumentException.class, () -> QuoteKeys.of(key(1), many))
                        .getMessage());
    }

    @Test
    void random_keys_differ() {
        assertNotEquals(
                Bytes.of(QuoteKeys.random(new SecureRandom()).mac(0, new byte[0])),
                Bytes.of(QuoteKeys.random(new SecureRandom()).mac(0, new byte[0])));
    }

    /** Two challenges of one second differ in nothing; of two seconds in their quotes alone. */
    @Test
    void the_same_payment_with_another_quote_of_the_same_terms_is_the_same() {
        try (Shop shop = shop()) {
            PaymentRequirements first = quoted(shop, Shop.request());
            shop.time.pass(Duration.ofSeconds(1));
            PaymentRequirements second = quoted(shop, Shop.request());
            assertNotEquals(first, second);
            shop.bought(paying(Shop.request(), first), "report");
            assertEquals(
                    new Decision.Replay(Shop.bytes("report"), Shop.receipt("1")),
                    shop.gate.decide(paying(Shop.request(), second)));
        }
    }

    @Test
    void a_quote_that_was_not_echoed_is_not_made_up() {
        try (Shop shop = shop()) {
            PaymentRequirements plain = Shop.OFFER;
            assertEquals(plain, shop.admitted(paying(Shop.request(), plain)).offer());
        }
    }

    @Test
    void a_gate_says_which_routes_depend_on_the_request() {
        try (Shop shop =
                shop(gate -> gate.route(PricedRoute.of("constant", Shop.way().build())))) {
            assertTrue(shop.gate.quotes("report"));
            assertEquals(List.of(false, false), List.of(shop.gate.quotes("constant"), shop.gate.quotes("nowhere")));
        }
    }
}
