package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.core.market.Coin;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentRequirements;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a payer repeats of an offer must be the offer. */
class MatchingTest {
    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    private void accepts(PaymentRequirements accepted) {
        shop.admitted(Shop.paid(Coin.payment(accepted, "1")));
    }

    private void refuses(PaymentRequirements accepted, ErrorCode code, String message) {
        assertEquals(
                new Decision.Challenge(Shop.challenge(code.value()), Optional.of(code), message, Optional.empty()),
                shop.gate.decide(Shop.paid(Coin.payment(accepted, "1"))));
        assertEquals(List.of("supported"), shop.bank.asked);
    }

    static Stream<PaymentRequirements> altered() {
        return Terms.changes().stream().map(change -> change.apply(Shop.OFFER));
    }

    @ParameterizedTest
    @MethodSource("altered")
    void altered_terms_match_no_offer_and_reach_no_facilitator(PaymentRequirements accepted) {
        refuses(
                accepted,
                ErrorCode.NO_MATCHING_REQUIREMENTS,
                "accepted: expected the terms of one of the offers, saw others; sign an offer of this answer");
    }

    @Test
    void another_network_is_named() {
        refuses(
                PaymentRequirements.of(
                        Coin.ON_TEST, AtomicAmount.of(10_000), "gold", "bob", 300, Shop.OFFER.extraOrEmpty()),
                ErrorCode.INVALID_NETWORK,
                "accepted/network: expected the network of an offer, saw coin:test");
    }

    @Test
    void another_scheme_is_named() {
        refuses(
                PaymentRequirements.of(
                        new Kind("shell", Coin.MAIN),
                        AtomicAmount.of(10_000),
                        "gold",
                        "bob",
                        300,
                        Shop.OFFER.extraOrEmpty()),
                ErrorCode.UNSUPPORTED_SCHEME,
                "accepted/scheme: expected the scheme of an offer on coin:main, saw another");
    }

    @Test
    void other_spellings_of_asset_and_payee_match() {
        accepts(PaymentRequirements.of(
                Coin.ON_MAIN, AtomicAmount.of(10_000), "GOLD", "Bob", 300, Shop.OFFER.extraOrEmpty()));
    }

    @Test
    void a_payee_that_is_no_account_does_not_match() {
        refuses(
                PaymentRequirements.of(
                        Coin.ON_MAIN, AtomicAmount.of(10_000), "gold", "bob!", 300, Shop.OFFER.extraOrEmpty()),
                ErrorCode.NO_MATCHING_REQUIREMENTS,
                "accepted: expected the terms of one of the offers, saw others; sign an offer of this answer");
    }

    @Test
    void members_that_the_client_adds_match() {
        accepts(Shop.OFFER.withExtra(Shop.OFFER.extraOrEmpty().with("more", "of it")));
    }

    @Test
    void absent_null_and_empty_are_alike() {
        try (Shop nothing = new Shop(gate -> gate.route(PricedRoute.of(
                "report",
                Shop.way()
                        .extra(Json.Obj.EMPTY.with("a", Json.Null.NULL).with("b", Json.Obj.EMPTY))
                        .build())))) {
            nothing.admitted(Shop.paid(Coin.payment(Shop.OFFER, "1")));
        }
    }

    @Test
    void an_array_must_come_back_as_it_was() {
        try (Shop listed = new Shop(gate -> gate.route(PricedRoute.of(
                "report",
                Shop.way()
                        .extra(Json.Obj.EMPTY.with("list", Json.array(Json.of("a"))))
                        .build())))) {
            Json.Obj longer = Shop.OFFER.extraOrEmpty().with("list", Json.array(Json.of("a"), Json.of("b")));
            Decision.Challenge challenge =
                    (Decision.Challenge) listed.gate.decide(Shop.paid(Coin.payment(Shop.OFFER.withExtra(longer), "1")));
            assertEquals(Optional.of(ErrorCode.NO_MATCHING_REQUIREMENTS), challenge.code());
        }
    }

    @Test
    void dynamic_members_need_not_be_those_of_now() {
        shop.coin.dynamic = Set.of("block");
        accepts(Shop.OFFER.withExtra(Shop.OFFER.extraOrEmpty().with("block", Json.of(12))));
        assertEquals(
                Shop.OFFER.withExtra(Shop.OFFER.extraOrEmpty().with("block", Json.of(12))),
                shop.bank.verified.get(0).requirements());
    }

    @Test
    void a_repeat_of_dynamic_members_is_the_same_payment() {
        shop.coin.dynamic = Set.of("block");
        PaymentRequirements accepted = ((Decision.Challenge) shop.gate.decide(Shop.request()))
                .required()
                .accepts()
                .get(0);
        shop.bought(Shop.paid(Coin.payment(accepted, "1")), "report");
        assertEquals(
                new Decision.Replay(Shop.bytes("report"), Shop.receipt("1")),
                shop.gate.decide(Shop.paid(Coin.payment(accepted, "1"))));
        assertEquals(shop.bank.settled.get(0), shop.bank.settled.get(1));
    }

    @Test
    void the_first_offer_that_matches_is_taken() {
        try (Shop two = new Shop(gate -> gate.route(PricedRoute.of(
                "report",
                WayToPay.by(Coin.ON_TEST).price(Price.atomic(5)).payTo("bob").build(),
                Shop.way().build())))) {
            assertEquals(
                    Shop.OFFER,
                    two.admitted(Shop.paid(Coin.payment(Shop.OFFER, "1"))).offer());
        }
    }
}
