package dev.x402.spec;

import static dev.x402.spec.Wire.json;
import static dev.x402.spec.Wire.refusal;
import static dev.x402.spec.Wire.rewritten;
import static dev.x402.spec.Wire.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A facilitator's answers, as the specification and as other implementations write them. */
class AnswersTest {
    private static VerifyResponse verify(String text) {
        return Codec.VERIFY_RESPONSE.read(utf8(text));
    }

    private static SettleResponse settle(String text) {
        return Codec.SETTLE_RESPONSE.read(utf8(text));
    }

    private static SupportedResponse supported(String text) {
        return Codec.SUPPORTED_RESPONSE.read(utf8(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"isValid\":\"true\"}|/isValid: expected true or false, saw \"true\"",
                "{\"isValid\":1}|/isValid: expected true or false, saw 1",
                "{\"isValid\":null}|/isValid: expected a value, saw null",
                "{}|/isValid: expected a value, saw nothing",
                "<html>|message: expected JSON, saw what is none at character 0"
            })
    void takes_nothing_else_for_a_verdict(String answer, String message) {
        assertEquals(message, refusal(Codec.VERIFY_RESPONSE, answer));
    }

    @Test
    void reads_the_details_of_an_invalid_reason() {
        assertEquals(
                "too little",
                verify("{\"isValid\":false,\"invalidReason\":\"x\",\"invalidReasonDetails\":\"too little\"}")
                        .invalidMessage());
    }

    @Test
    void takes_an_empty_payer_for_unknown_and_writes_it_back() {
        String answer = "{\"isValid\":false,\"invalidReason\":\"x\",\"payer\":\"\"}";
        assertNull(verify(answer).payer());
        assertEquals(answer, rewritten(Codec.VERIFY_RESPONSE, answer));
    }

    @Test
    void reads_a_failed_settlement_that_names_no_network_and_no_transaction() {
        SettleResponse failed =
                settle("{\"success\":false,\"error_reason\":\"insufficient_funds\",\"network\":\"\",\"payer\":\"\"}");
        assertEquals(ErrorCode.INSUFFICIENT_FUNDS, failed.errorReason());
        assertNull(failed.network());
        assertNull(failed.payer());
        assertEquals("", failed.transaction());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"transaction\":null", "\"transaction\":\"\"", "\"network\":null", "\"errorReason\":\"\""})
    void reads_a_failed_settlement_that_leaves_a_member_empty(String member) {
        assertEquals("", settle("{\"success\":false," + member + "}").transaction());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"success\":true,\"transaction\":\"0x1\",\"network\":\"\"}|/network: expected a CAIP-2 network such as eip155:8453, saw \"\"",
                "{\"success\":true,\"transaction\":\"0x1\"}|/network: expected a value, saw nothing",
                "{\"success\":true,\"network\":\"eip155:1\"}|/transaction: expected a value, saw nothing",
                "{\"success\":true,\"network\":\"eip155:1\",\"transaction\":\"0x\\n\"}|/transaction: expected an identifier of printable ASCII characters, saw \"0x\\u{a}\"",
                "{\"success\":\"true\"}|/success: expected true or false, saw \"true\"",
                "{\"success\":false,\"network\":\"base\"}|/network: expected a CAIP-2 network such as eip155:8453, saw \"base\""
            })
    void rejects_a_settlement_that_does_not_say_what_moved_where(String answer, String message) {
        assertEquals(message, refusal(Codec.SETTLE_RESPONSE, answer));
    }

    @Test
    void reads_a_settlement_of_nothing() {
        SettleResponse nothing =
                settle("{\"success\":true,\"transaction\":\"\",\"network\":\"eip155:1\",\"amount\":\"0\"}");
        assertEquals(AtomicAmount.ZERO, nothing.amount());
    }

    @Test
    void writes_the_transaction_of_a_failed_settlement_even_when_empty() {
        assertEquals(
                "{\"success\":false,\"errorReason\":\"x\",\"transaction\":\"\",\"network\":\"eip155:1\"}",
                rewritten(
                        Codec.SETTLE_RESPONSE,
                        "{\"success\":false,\"errorReason\":\"x\",\"network\":\"eip155:1\",\"transaction\":\"\"}"));
    }

    @Test
    void parses_an_alias_in_an_answer() {
        assertEquals(
                ErrorCode.INVALID_EXACT_EVM_PAYLOAD_SIGNATURE,
                verify("{\"isValid\":false,\"invalidReason\":\"invalid_signature\"}")
                        .invalidReason());
    }

    @Test
    void keeps_kinds_that_it_cannot_read_apart() {
        SupportedResponse supported =
                supported("{\"kinds\":[{\"x402Version\":1,\"scheme\":\"exact\",\"network\":\"base\"},"
                        + "{\"x402Version\":2,\"scheme\":\"exact\",\"network\":\"eip155:1\"},7,null],"
                        + "\"extensions\":null,\"signers\":null}");
        assertEquals(List.of(SupportedKind.of(new Kind("exact", Network.parse("eip155:1")))), supported.kinds());
        assertEquals(3, supported.otherKinds().size());
        assertEquals(List.of(), supported.extensions());
        assertEquals(Map.of(), supported.signers());
    }

    @Test
    void reads_no_kinds() {
        assertEquals(List.of(), supported("{\"kinds\":null}").kinds());
    }

    @Test
    void rejects_an_answer_without_kinds() {
        assertEquals("/kinds: expected a value, saw nothing", refusal(Codec.SUPPORTED_RESPONSE, "{}"));
    }

    @Test
    void reads_signers_of_families_and_of_networks_and_skips_others() {
        assertEquals(
                Map.of(
                        NetworkPattern.parse("eip155:*"), List.of("0x1"),
                        NetworkPattern.parse("eip155:8453"), List.of("0x2")),
                supported("{\"kinds\":[],\"signers\":{\"eip155:*\":[\"0x1\"],\"eip155:8453\":[\"0x2\"],\"base\":7}}")
                        .signers());
    }

    @Test
    void reads_more_kinds_than_a_payment_may_have_elements() {
        String kind = "{\"x402Version\":2,\"scheme\":\"exact\",\"network\":\"eip155:1\"}";
        assertEquals(
                256,
                supported("{\"kinds\":[" + (kind + ",").repeat(255) + kind + "]}")
                        .kinds()
                        .size());
    }

    @Test
    void keeps_resources_that_it_cannot_read_apart() {
        String resource = "{\"resource\":\"https://example.com\",\"type\":\"http\",\"x402Version\":2,\"accepts\":["
                + Wire.OFFER + "],\"lastUpdated\":\"2026-01-01\",\"metadata\":{}}";
        String page =
                "{\"x402Version\":2,\"items\":[" + resource + ",{\"type\":\"http\"}],\"pagination\":{\"limit\":2}}";
        DiscoveryResponse read = Codec.DISCOVERY_RESPONSE.read(utf8(page));
        assertEquals("https://example.com", read.items().get(0).resource());
        assertEquals(List.of(json("{\"type\":\"http\"}")), read.otherItems());
        assertEquals(page, rewritten(Codec.DISCOVERY_RESPONSE, page));
    }

    @Test
    void reads_a_page_of_search_results() {
        String page = "{\"x402Version\":2,\"resources\":[{}],\"partialResults\":true,\"pagination\":null,\"new\":1}";
        DiscoverySearchResponse read = Codec.DISCOVERY_SEARCH_RESPONSE.read(utf8(page));
        assertEquals(Boolean.TRUE, read.partialResults());
        assertEquals(json(page), json(rewritten(Codec.DISCOVERY_SEARCH_RESPONSE, page)));
    }
}
