package dev.x402.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.interop.SvmMarket.Balances;
import dev.x402.spec.SettleResponse;
import dev.x402.testbed.svm.Commitment;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every client pays every server through every facilitator, on Solana. */
@ExtendWith(SvmMarketExtension.class)
final class SvmPaymentTest {
    @ParameterizedTest(name = "{0} client, {1} server, {2} facilitator")
    @MethodSource("dev.x402.interop.PaymentTest#directions")
    void one_request_is_one_transaction_one_run_and_one_receipt(
            Side client, Side server, Side facilitator, SvmMarket market) throws Exception {
        URI resource = market.resource(server, facilitator);
        Balances before = market.balances();
        int runs = market.runs(server, facilitator);

        Answer answer = market.pay(client, resource);

        assertEquals(200, answer.status());
        assertTrue(answer.body().contains("Protected endpoint accessed successfully"), answer.body());
        SettleResponse receipt = answer.receipt().orElseThrow();
        assertTrue(receipt.success());
        assertEquals(market.payer(client), receipt.payer());
        assertTrue(market.node()
                .chain()
                .awaitStatus(receipt.transaction(), Commitment.CONFIRMED)
                .succeeded());
        assertEquals(
                market.feePayer(facilitator),
                keys(market, receipt.transaction()).get(0));
        assertEquals(before.paidBy(client), market.balances());
        assertEquals(runs + 1, market.runs(server, facilitator));
        assertEquals(1, market.link(facilitator).asked("/settle").size());
    }

    /** What Phantom (one guard) and Solflare (two) make of the transaction before they sign it. */
    @ParameterizedTest(name = "{0} guards, {1} server, {2} facilitator")
    @MethodSource("wallets")
    void a_wallet_that_adds_its_guards_pays(int guards, Side server, Side facilitator, SvmMarket market)
            throws Exception {
        Balances before = market.balances();

        Answer answer = market.theirClient().payGuarded(market.resource(server, facilitator), guards);

        assertEquals(200, answer.status(), answer.body());
        SettleResponse receipt = answer.receipt().orElseThrow();
        assertEquals(before.paidBy(Side.THEIRS), market.balances());
        assertTrue(
                keys(market, receipt.transaction()).contains("L2TExMFKdjpN9kozasaurPirfHy9P8sbXoAN1qA3S95"),
                receipt.transaction());
        assertEquals(4 + guards, instructions(market, receipt.transaction()));
    }

    static Stream<Arguments> wallets() {
        return Stream.of(1, 2)
                .flatMap(guards -> Stream.of(Side.values())
                        .flatMap(server -> Stream.of(Side.values())
                                .map(facilitator -> Arguments.of(guards, server, facilitator))));
    }

    private static List<String> keys(SvmMarket market, String transaction) {
        List<?> keys = (List<?>) message(market, transaction).get("accountKeys");
        return keys.stream().map(String::valueOf).toList();
    }

    private static int instructions(SvmMarket market, String transaction) {
        return ((List<?>) message(market, transaction).get("instructions")).size();
    }

    private static Map<?, ?> message(SvmMarket market, String transaction) {
        Object answer = market.node()
                .chain()
                .call("getTransaction", transaction, Map.of("encoding", "json", "maxSupportedTransactionVersion", 0));
        Map<?, ?> landed = (Map<?, ?>) ((Map<?, ?>) answer).get("transaction");
        return (Map<?, ?>) landed.get("message");
    }
}
