package dev.x402.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.interop.Link.Reply;
import dev.x402.interop.Market.Balances;
import dev.x402.spec.Json;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A facilitator that is down or answers what is no answer: what the reference client learns of each server. */
@ExtendWith(MarketExtension.class)
final class BrokenFacilitatorTest {
    private static final String SELLERS = "dev.x402.interop.PaymentTest#sellers";
    private static final String HTML = "<html>gateway</html>";

    @ParameterizedTest(name = "{0} server, {1} facilitator")
    @MethodSource(SELLERS)
    void a_facilitator_that_is_down_sells_nothing(Side server, Side facilitator, Market market) throws Exception {
        market.link(facilitator).behave((asked, real) -> Optional.empty());

        Answer answer = unsold(server, facilitator, market);

        if (server == Side.OURS) {
            assertEquals(503, answer.status());
            assertEquals(Optional.of("facilitator_unavailable"), reason(answer));
            assertEquals(Optional.empty(), answer.required(), "nobody is asked to pay while it is down");
        } else {
            assertEquals(402, answer.status());
            assertEquals(Optional.of("fetch failed"), answer.error());
        }
    }

    @ParameterizedTest(name = "{0} server, {1} facilitator")
    @MethodSource(SELLERS)
    void a_judgement_that_is_none_sells_nothing(Side server, Side facilitator, Market market) throws Exception {
        market.link(facilitator)
                .behave((asked, real) ->
                        Optional.of(asked.path().equals("/verify") ? Reply.ok(HTML) : real.answer(asked)));

        Answer answer = unsold(server, facilitator, market);

        assertEquals(502, answer.status());
        if (server == Side.OURS) {
            assertEquals(Optional.of("facilitator_response_invalid"), reason(answer));
        } else {
            assertEquals("{\"error\":\"Facilitator verify returned invalid JSON: " + HTML + "\"}", answer.body());
        }
    }

    @ParameterizedTest(name = "{0} server, {1} facilitator")
    @MethodSource(SELLERS)
    void a_settlement_that_is_none_gives_nothing_away(Side server, Side facilitator, Market market) throws Exception {
        market.link(facilitator)
                .behave((asked, real) -> Optional.of(
                        asked.path().equals("/settle") ? Reply.ok("{\"success\":\"yes\"}") : real.answer(asked)));
        Balances before = market.balances();

        Answer answer = market.theirClient().pay(market.resource(server, facilitator), Json.Obj.EMPTY);

        assertEquals(1, market.link(facilitator).asked("/settle").size());
        assertEquals(before, market.balances());
        if (server == Side.OURS) {
            assertEquals(503, answer.status(), "the money may have moved, so nobody is asked to pay again");
            assertEquals(Optional.of("settlement_pending"), reason(answer));
        } else {
            assertEquals(502, answer.status());
            assertEquals(
                    "{\"error\":\"Facilitator settle returned invalid data: {\\\"success\\\":\\\"yes\\\"}\"}",
                    answer.body());
        }
    }

    private static Answer unsold(Side server, Side facilitator, Market market) throws Exception {
        URI resource = market.resource(server, facilitator);
        Balances before = market.balances();
        int runs = market.runs(server, facilitator);
        Answer answer = market.theirClient().pay(resource, Json.Obj.EMPTY);
        assertEquals(0, market.link(facilitator).asked("/settle").size());
        assertEquals(runs, market.runs(server, facilitator));
        assertEquals(before, market.balances());
        return answer;
    }

    private static Optional<String> reason(Answer answer) {
        return answer.receipt().map(receipt -> receipt.errorReason().value());
    }
}
