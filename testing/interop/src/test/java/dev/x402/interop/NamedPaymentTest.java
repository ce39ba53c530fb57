package dev.x402.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.http.client.Outcome;
import dev.x402.interop.Market.Balances;
import dev.x402.spec.Codec;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.Network;
import dev.x402.testbed.evm.DevAccounts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Payments that their payers name, by either client at the other's server. */
@ExtendWith(MarketExtension.class)
final class NamedPaymentTest {
    private static final String NAME = "pay_7d5d747be160e280504c099d984bcfe0";

    private static Storefront storefront(Market market) throws IOException {
        return new Storefront(
                Network.parse(market.node().network()),
                DevAccounts.PAYEE.address(),
                market.link(Side.OURS).uri());
    }

    @Test
    void a_repeat_of_a_payment_that_their_client_named_is_answered_and_not_paid(Market market) throws Exception {
        try (Storefront ours = storefront(market)) {
            URI resource = ours.uri().resolve("/named");
            Balances before = market.balances();

            Answer first = market.theirClient().named(resource, NAME);
            Answer repeat = market.ourClient().present(resource, first.payment().orElseThrow());

            assertEquals(200, first.status(), first.body());
            assertEquals(200, repeat.status(), repeat.body());
            assertEquals("sold 1", repeat.body());
            assertEquals(first.receipt(), repeat.receipt());
            assertEquals(1, ours.runs());
            // A settled payment may be asked about again, by the same words.
            assertEquals(
                    1,
                    market.link(Side.OURS).asked("/settle").stream().distinct().count());
            assertEquals(before.paidBy(Side.THEIRS, 1), market.balances());
        }
    }

    @Test
    void a_name_of_their_client_is_good_for_one_payment(Market market) throws Exception {
        try (Storefront ours = storefront(market)) {
            URI resource = ours.uri().resolve("/named");
            Balances before = market.balances();

            Answer first = market.theirClient().named(resource, NAME);
            Answer other = market.theirClient().named(resource, NAME);

            assertEquals(200, first.status(), first.body());
            assertEquals(409, other.status(), other.body());
            assertTrue(other.body().contains("payment_identifier_conflict"), other.body());
            assertEquals(1, ours.runs());
            assertEquals(before.paidBy(Side.THEIRS, 1), market.balances());
        }
    }

    @Test
    void their_client_is_told_that_a_name_is_required(Market market) throws Exception {
        try (Storefront ours = storefront(market)) {
            Balances before = market.balances();

            Answer answer = market.pay(Side.THEIRS, ours.uri().resolve("/named"));

            assertEquals(400, answer.status(), answer.body());
            assertTrue(answer.body().contains("payment_identifier_required"), answer.body());
            assertEquals(0, ours.runs());
            assertEquals(before, market.balances());
        }
    }

    @Test
    void their_server_reads_the_name_that_our_client_gives(Market market) throws Exception {
        try (Program theirs = Program.start(
                "extended.mjs", market.server(market.link(Side.OURS).uri().toString()))) {
            Outcome<String> outcome = market.ourClient().send(theirs.uri().resolve("/named"));

            Outcome.Paid<?> paid = assertInstanceOf(Outcome.Paid.class, outcome);
            JsonCursor told = Codec.JSON
                    .read(String.valueOf(paid.response().body()).getBytes(StandardCharsets.UTF_8))
                    .cursor();
            assertTrue(told.member("valid").bool());
            assertTrue(
                    told.member("id").text().matches("pay_[0-9a-f]{32}"),
                    told.member("id").text());
        }
    }
}
