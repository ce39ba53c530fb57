package dev.x402.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.interop.Market.Balances;
import dev.x402.spec.SettleResponse;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every client pays every server through every facilitator. */
@ExtendWith(MarketExtension.class)
final class PaymentTest {
    @ParameterizedTest(name = "{0} client, {1} server, {2} facilitator")
    @MethodSource("directions")
    void one_request_is_one_transaction_one_run_and_one_receipt(
            Side client, Side server, Side facilitator, Market market) throws Exception {
        URI resource = market.resource(server, facilitator);
        Balances before = market.balances();
        int runs = market.runs(server, facilitator);

        Answer answer = market.pay(client, resource);

        assertEquals(200, answer.status());
        assertTrue(answer.body().contains("Protected endpoint accessed successfully"), answer.body());
        SettleResponse receipt = answer.receipt().orElseThrow();
        assertTrue(receipt.success());
        assertEquals(
                market.payer(client).toLowerCase(Locale.ROOT),
                String.valueOf(receipt.payer()).toLowerCase(Locale.ROOT));
        assertTrue(market.node().chain().awaitReceipt(receipt.transaction()).succeeded());
        assertEquals(
                market.signer(facilitator).toLowerCase(Locale.ROOT),
                sender(market, receipt.transaction()).toLowerCase(Locale.ROOT));
        assertEquals(before.paidBy(client, 1), market.balances());
        assertEquals(runs + 1, market.runs(server, facilitator));
        assertEquals(1, market.link(facilitator).asked("/settle").size());
    }

    /** Client, server, facilitator. */
    static Stream<Arguments> directions() {
        return Stream.of(Side.values())
                .flatMap(client -> sellers().map(seller -> Arguments.of(client, seller.get()[0], seller.get()[1])));
    }

    /** Server, facilitator. */
    static Stream<Arguments> sellers() {
        return Stream.of(Side.values())
                .flatMap(server -> Stream.of(Side.values()).map(facilitator -> Arguments.of(server, facilitator)));
    }

    private static String sender(Market market, String transaction) {
        return market.node().chain().call("eth_getTransactionByHash", transaction) instanceof Map<?, ?> members
                ? String.valueOf(members.get("from"))
                : "no transaction " + transaction;
    }
}
