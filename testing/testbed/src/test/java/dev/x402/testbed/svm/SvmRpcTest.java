package dev.x402.testbed.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.x402.testbed.RpcException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the node answers, as a real one does. */
@ExtendWith(SvmNodeExtension.class)
class SvmRpcTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PAYEE = SvmAccounts.PAYEE.address();
    private static final String PAYER = SvmAccounts.payer().address();

    private final SvmNode node;
    private final SvmChain chain;

    SvmRpcTest(SvmNode node) {
        this.node = node;
        this.chain = node.chain();
    }

    private JsonNode posted(String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(node.uri())
                .POST(BodyPublishers.ofString(body))
                .build();
        return JSON.readTree(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
    }

    private JsonNode called(String method, Object... parameters) {
        return JSON.valueToTree(chain.call(method, parameters));
    }

    @Test
    void answers_a_batch_in_its_order() throws Exception {
        JsonNode answers = posted("[{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"getHealth\"},"
                + "{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"getNothing\"}]");
        assertEquals(7, answers.get(0).get("id").intValue());
        assertEquals("ok", answers.get(0).get("result").textValue());
        assertEquals(8, answers.get(1).get("id").intValue());
        assertEquals(-32601, answers.get(1).get("error").get("code").intValue());
    }

    @Test
    void refuses_what_is_no_call() throws Exception {
        assertEquals(-32700, posted("{").get("error").get("code").intValue());
        assertEquals(-32600, posted("{}").get("error").get("code").intValue());
        assertEquals(-32600, posted("null").get("error").get("code").intValue());
    }

    @Test
    void tells_what_a_transaction_would_cost() {
        byte[] wire = Base64.getDecoder().decode(Transfer.of(node, SvmMint.USDC, 7, chain.blockhash()));
        String message = Base64.getEncoder().encodeToString(Arrays.copyOfRange(wire, 1 + 128, wire.length));
        Map<String, String> processed = Map.of("commitment", "processed");
        assertEquals(
                10_000,
                called("getFeeForMessage", message, processed).get("value").intValue());
        chain.advance(151);
        assertTrue(called("getFeeForMessage", message, processed).get("value").isNull());
    }

    @Test
    void tells_where_the_epoch_is() {
        JsonNode info = called("getEpochInfo", Map.of("commitment", "processed"));
        assertEquals(chain.slot(), info.get("absoluteSlot").longValue());
        assertEquals(chain.blockHeight(), info.get("blockHeight").longValue());
        assertEquals(432_000, info.get("slotsInEpoch").intValue());
    }

    @Test
    void tells_what_an_account_must_have() {
        assertEquals(2_039_280, called("getMinimumBalanceForRentExemption", 165).intValue());
    }

    @Test
    void shows_accounts_parsed_and_raw() {
        String account = node.usdc().account(PAYER);
        JsonNode parsed = called(
                        "getMultipleAccounts",
                        List.of(account, SvmAccounts.STRANGER.address(), SvmMint.HOOK),
                        Map.of("encoding", "jsonParsed"))
                .get("value");
        assertEquals(
                "1000000",
                parsed.at("/0/data/parsed/info/tokenAmount/uiAmountString").textValue());
        assertEquals(PAYER, parsed.at("/0/data/parsed/info/owner").textValue());
        assertEquals("base64", parsed.at("/1/data/1").textValue());
        assertTrue(parsed.get(2).isNull());
        JsonNode sliced = called(
                "getAccountInfo",
                account,
                Map.of("encoding", "base64", "dataSlice", Map.of("offset", 64, "length", 8)));
        assertEquals("ABCl1OgAAAA=", sliced.at("/value/data/0").textValue());
    }

    @Test
    void names_the_extensions_of_a_mint() {
        JsonNode mint = called("getAccountInfo", SvmMint.WITH_FEE.address(), Map.of("encoding", "jsonParsed"));
        assertEquals(
                "transferFeeConfig",
                mint.at("/value/data/parsed/info/extensions/0/extension").textValue());
    }

    @Test
    void tells_the_balance_of_a_token_account() {
        JsonNode balance = called("getTokenAccountBalance", node.usdc().account(PAYER));
        assertEquals("1000000000000", balance.at("/value/amount").textValue());
        assertEquals(6, balance.at("/value/decimals").intValue());
        RpcException missing = assertThrows(RpcException.class, () -> called("getTokenAccountBalance", SvmMint.HOOK));
        assertEquals("Invalid param: could not find account", missing.reason());
        RpcException other = assertThrows(RpcException.class, () -> called("getTokenAccountBalance", PAYER));
        assertEquals("Invalid param: not a Token account", other.reason());
    }

    @Test
    void finds_the_token_accounts_of_an_owner() {
        JsonNode found = called(
                "getTokenAccountsByOwner", PAYER, Map.of("mint", SvmMint.USDC.address()), Map.of("encoding", "base64"));
        assertEquals(1, found.get("value").size());
        assertEquals(node.usdc().account(PAYER), found.at("/value/0/pubkey").textValue());
    }

    @Test
    void simulates_with_another_blockhash_where_it_is_asked_to() {
        String transfer = Transfer.of(node, SvmMint.USDC, 7, chain.blockhash());
        chain.advance(151);
        Map<String, Object> replaced = Map.of("encoding", "base64", "replaceRecentBlockhash", true);
        JsonNode value = called("simulateTransaction", transfer, replaced).get("value");
        assertTrue(value.get("err").isNull());
        assertEquals(
                chain.blockhash(), value.at("/replacementBlockhash/blockhash").textValue());
        assertTrue(value.get("unitsConsumed").intValue() > 0);
    }

    @Test
    void simulates_what_nobody_signed_unless_signatures_are_asked_for() {
        String forged = Transfer.forged(node, SvmMint.USDC, 7, chain.blockhash());
        JsonNode value = called("simulateTransaction", forged, Map.of("encoding", "base64"))
                .get("value");
        assertTrue(value.get("err").isNull());
        Map<String, Object> strict = Map.of("encoding", "base64", "sigVerify", true);
        RpcException refusal = assertThrows(RpcException.class, () -> called("simulateTransaction", forged, strict));
        assertEquals(-32003, refusal.code());
    }

    @Test
    void refuses_to_verify_signatures_over_another_blockhash() {
        String transfer = Transfer.of(node, SvmMint.USDC, 7, chain.blockhash());
        Map<String, Object> both = Map.of("encoding", "base64", "sigVerify", true, "replaceRecentBlockhash", true);
        RpcException refusal = assertThrows(RpcException.class, () -> called("simulateTransaction", transfer, both));
        assertEquals("sigVerify may not be used with replaceRecentBlockhash", refusal.reason());
    }

    @Test
    void shows_the_accounts_after_a_simulation() {
        String transfer = Transfer.of(node, SvmMint.USDC, 7, chain.blockhash());
        Map<String, Object> wanted = Map.of(
                "encoding",
                "base64",
                "accounts",
                Map.of(
                        "encoding",
                        "jsonParsed",
                        "addresses",
                        List.of(node.usdc().account(PAYEE))));
        JsonNode after = called("simulateTransaction", transfer, wanted).at("/value/accounts/0");
        assertEquals("7", after.at("/data/parsed/info/tokenAmount/amount").textValue());
        assertEquals(BigInteger.ZERO, node.usdc().balance(PAYEE));
    }

    @Test
    void gives_sol_to_who_asks() {
        chain.call("requestAirdrop", PAYEE, 5);
        assertEquals(SvmAccounts.POCKET_MONEY.add(BigInteger.valueOf(5)), chain.balance(PAYEE));
    }

    @Test
    void knows_no_transaction_that_never_was() {
        assertNull(chain.call("getTransaction", "1".repeat(64), Map.of("encoding", "json")));
    }
}
