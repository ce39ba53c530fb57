package dev.x402.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.interop.SvmMarket.Balances;
import dev.x402.spec.HeaderNames;
import dev.x402.spec.Json;
import dev.x402.testbed.svm.SvmAccounts;
import dev.x402.testbed.svm.SvmMint;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What both facilitators refuse on Solana, they refuse for the same reason. */
@ExtendWith(SvmMarketExtension.class)
final class SvmRefusalTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void a_wrong_payment_is_refused_for_the_same_reason(String reason, Json.Obj mistake, SvmMarket market)
            throws Exception {
        for (Side server : Side.values()) {
            for (Side facilitator : Side.values()) {
                URI resource = market.resource(server, facilitator);
                Balances before = market.balances();
                int runs = market.runs(server, facilitator);

                Answer answer = market.theirClient().pay(resource, mistake);

                String where = server + " server, " + facilitator + " facilitator";
                assertEquals(402, answer.status(), where);
                assertTrue(answer.error().orElse("").contains(reason), where + ": " + answer.error());
                assertEquals(before, market.balances(), where);
                assertEquals(runs, market.runs(server, facilitator), where);
            }
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("amount_mismatch", with("amount", "999")),
                Arguments.of("amount_mismatch", with("amount", "1001")),
                Arguments.of("recipient_mismatch", with("payTo", SvmAccounts.ISSUER.address())),
                Arguments.of("mint_mismatch", with("asset", SvmMint.DOLLAR_2022.address())));
    }

    private static Json.Obj with(String member, String value) {
        return Json.object().put(member, value).build();
    }

    /** Ours says more than that the simulation failed. */
    @ParameterizedTest(name = "{0} facilitator")
    @CsvSource({"OURS, insufficient_funds", "THEIRS, transaction_simulation_failed"})
    void a_payer_without_money_is_refused(Side facilitator, String reason, SvmMarket market) throws Exception {
        String payer = market.payer(Side.THEIRS);
        BigInteger had = market.node().usdc().balance(payer);
        market.node().usdc().setBalance(payer, BigInteger.ZERO);
        try {
            Answer answer = market.theirClient().pay(market.resource(Side.OURS, facilitator), Json.Obj.EMPTY);
            assertEquals(402, answer.status());
            assertTrue(answer.error().orElse("").contains(reason), String.valueOf(answer.error()));
        } finally {
            market.node().usdc().setBalance(payer, had);
        }
    }

    @ParameterizedTest(name = "{0} server, {1} facilitator")
    @MethodSource("dev.x402.interop.SvmRefusalTest#pairs")
    void a_payment_that_was_used_moves_nothing_again(Side server, Side facilitator, SvmMarket market) throws Exception {
        URI resource = market.resource(server, facilitator);
        String payment =
                market.theirClient().pay(resource, Json.Obj.EMPTY).payment().orElseThrow();
        Balances before = market.balances();
        int runs = market.runs(server, facilitator);

        HttpRequest again = HttpRequest.newBuilder(resource)
                .setHeader(HeaderNames.PAYMENT_SIGNATURE, payment)
                .build();
        HttpClient.newHttpClient().send(again, BodyHandlers.ofString());

        assertEquals(before, market.balances());
        if (server == Side.OURS) {
            assertEquals(runs, market.runs(server, facilitator));
        }
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Side.values())
                .flatMap(server -> Stream.of(Side.values()).map(facilitator -> Arguments.of(server, facilitator)));
    }
}
