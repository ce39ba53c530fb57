package dev.x402.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.http.client.Outcome;
import dev.x402.interop.Market.Balances;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.testbed.evm.DevAccounts;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Payments that are wrong, of every client at every server with every facilitator: each learns why by the code. */
@ExtendWith(MarketExtension.class)
final class RefusalTest {
    private static final String EVERY = "dev.x402.interop.PaymentTest#directions";

    @ParameterizedTest(name = "{0} client, {1} server, {2} facilitator")
    @MethodSource(EVERY)
    void an_expired_payment_is_402_with_the_code_of_its_end(Side client, Side server, Side facilitator, Market market)
            throws Exception {
        assertRefused("invalid_exact_evm_payload_authorization_valid_before", server, facilitator, market, resource -> {
            if (client == Side.THEIRS) {
                return market.theirClient()
                        .pay(
                                resource,
                                Json.object().put("maxTimeoutSeconds", -60).build());
            }
            try (OurClient late =
                    new OurClient(DevAccounts.PAYERS.get(0), Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)))) {
                return late.pay(resource, UnaryOperator.identity());
            }
        });
    }

    @ParameterizedTest(name = "{0} client, {1} server, {2} facilitator")
    @MethodSource(EVERY)
    void a_payment_of_another_amount_is_402_with_the_code_of_its_amount(
            Side client, Side server, Side facilitator, Market market) throws Exception {
        assertRefused(
                "invalid_exact_evm_payload_authorization_value_mismatch",
                server,
                facilitator,
                market,
                resource -> client == Side.THEIRS
                        ? market.theirClient()
                                .pay(
                                        resource,
                                        Json.object().put("amount", "999").build())
                        : market.ourClient().pay(resource, offer -> with(offer, "999", offer.payTo())));
    }

    @ParameterizedTest(name = "{0} client, {1} server, {2} facilitator")
    @MethodSource(EVERY)
    void a_payment_to_somebody_else_is_402_with_the_code_of_its_payee(
            Side client, Side server, Side facilitator, Market market) throws Exception {
        String stranger = DevAccounts.STRANGER.address();
        // The facilitator has another name for it, which our server translates to that of the specification.
        String code = server == Side.THEIRS && facilitator == Side.THEIRS
                ? "invalid_exact_evm_recipient_mismatch"
                : "invalid_exact_evm_payload_recipient_mismatch";
        assertRefused(
                code,
                server,
                facilitator,
                market,
                resource -> client == Side.THEIRS
                        ? market.theirClient()
                                .pay(
                                        resource,
                                        Json.object().put("payTo", stranger).build())
                        : market.ourClient().pay(resource, offer -> with(offer, "1000", stranger)));
    }

    @ParameterizedTest(name = "{0} client, {1} server, {2} facilitator")
    @MethodSource(EVERY)
    void a_payment_that_comes_twice_moves_money_once(Side client, Side server, Side facilitator, Market market)
            throws Exception {
        URI resource = market.resource(server, facilitator);
        Balances before = market.balances();
        int runs = market.runs(server, facilitator);
        Answer first = client == Side.THEIRS
                ? market.theirClient().pay(resource, Json.Obj.EMPTY)
                : market.ourClient().pay(resource, UnaryOperator.identity());
        assertEquals(200, first.status());

        Answer second = market.ourClient().present(resource, first.payment().orElseThrow());

        if (server == Side.OURS) {
            assertEquals(200, second.status(), "what was bought is given again");
            assertEquals(first.body(), second.body());
            assertEquals(first.receipt(), second.receipt());
        } else {
            assertEquals(402, second.status());
            assertEquals(
                    Optional.of(
                            facilitator == Side.OURS ? "duplicate_settlement" : "invalid_exact_evm_nonce_already_used"),
                    second.error());
        }
        assertEquals(before.paidBy(client, 1), market.balances());
        assertEquals(runs + 1, market.runs(server, facilitator));
    }

    @ParameterizedTest(name = "{0} server, {1} facilitator")
    @MethodSource("dev.x402.interop.PaymentTest#sellers")
    void our_client_signs_no_second_payment_when_the_first_is_refused(Side server, Side facilitator, Market market)
            throws Exception {
        Balances before = market.balances();
        try (OurClient late =
                new OurClient(DevAccounts.PAYERS.get(0), Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)))) {
            Outcome.Unknown<?> unknown =
                    assertInstanceOf(Outcome.Unknown.class, late.send(market.resource(server, facilitator)));

            assertEquals(Optional.of(402), unknown.status());
            assertEquals(
                    server == Side.OURS
                            ? "402 after the payment: invalid_exact_evm_payload_authorization_valid_before"
                            : "402 after the payment",
                    unknown.message());
        }
        assertEquals(1, market.link(facilitator).asked("/verify").size());
        assertEquals(before, market.balances());
    }

    private interface Attempt {
        Answer at(URI resource) throws Exception;
    }

    private static void assertRefused(String code, Side server, Side facilitator, Market market, Attempt attempt)
            throws Exception {
        Balances before = market.balances();
        int runs = market.runs(server, facilitator);

        Answer answer = attempt.at(market.resource(server, facilitator));

        assertEquals(402, answer.status());
        assertEquals(Optional.of(code), answer.error());
        if (server == Side.OURS) {
            assertEquals(code, answer.receipt().orElseThrow().errorReason().value());
        }
        assertEquals(0, market.link(facilitator).asked("/settle").size());
        assertEquals(runs, market.runs(server, facilitator));
        assertEquals(before, market.balances());
    }

    private static PaymentRequirements with(PaymentRequirements offer, String amount, String payTo) {
        return PaymentRequirements.of(
                offer.kind(),
                AtomicAmount.parse(amount),
                offer.asset(),
                payTo,
                offer.maxTimeoutSeconds(),
                offer.extraOrEmpty());
    }
}
