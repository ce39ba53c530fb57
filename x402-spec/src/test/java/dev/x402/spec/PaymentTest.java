package dev.x402.spec;

import static dev.x402.spec.Wire.CHALLENGE;
import static dev.x402.spec.Wire.OFFER;
import static dev.x402.spec.Wire.PAYMENT;
import static dev.x402.spec.Wire.REQUEST;
import static dev.x402.spec.Wire.json;
import static dev.x402.spec.Wire.paymentRefusal;
import static dev.x402.spec.Wire.refusal;
import static dev.x402.spec.Wire.refused;
import static dev.x402.spec.Wire.replaced;
import static dev.x402.spec.Wire.rewritten;
import static dev.x402.spec.Wire.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments, challenges and facilitator requests: what each member may be. */
class PaymentTest {
    private static PaymentPayload payment(String text) {
        return Codec.PAYMENT_PAYLOAD.read(utf8(text));
    }

    private static PaymentRequired challenge(String text) {
        return Codec.PAYMENT_REQUIRED.read(utf8(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1|1",
                "0|0",
                "3|3",
                "-2|-2",
                "\"2\"|\"2\"",
                "2.0|2.0",
                "2e0|2.0",
                "20e-1|2.0",
                "true|true",
                "2147483648|2147483648",
                "18446744073709551616|18446744073709551616",
                "{}|an object of 0"
            })
    void rejects_another_version(String version, String seen) {
        var e = refused(Codec.PAYMENT_PAYLOAD, replaced(PAYMENT, "\"x402Version\":2", "\"x402Version\":" + version));
        assertEquals("/x402Version: expected 2, saw " + seen, e.getMessage());
        assertEquals(ErrorCode.INVALID_X402_VERSION, e.code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"x\":1|/accepted: expected a value, saw nothing",
                "\"accepted\":null|/accepted: expected a value, saw null",
                "\"accepted\":[]|/accepted: expected an object, saw an array of 0",
                "\"accepted\":\"exact\"|/accepted: expected an object, saw \"exact\"",
                "\"accepted\":{}|/accepted/scheme: expected a value, saw nothing"
            })
    void rejects_a_payment_that_accepts_no_offer(String accepted, String message) {
        assertEquals(message, paymentRefusal("\"accepted\":" + OFFER, accepted));
    }

    @Test
    void reads_a_payment_without_resource() {
        assertNull(payment(replaced(PAYMENT, "\"resource\":{\"url\":\"https://example.com/a\"},", ""))
                .resource());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "javascript:alert(1)", "https://me:secret@example.com/#x", "https://\u0455.com", ""})
    void keeps_any_address_that_a_payer_names(String url) {
        String payment = replaced(PAYMENT, "https://example.com/a", url);
        assertEquals(payment, rewritten(Codec.PAYMENT_PAYLOAD, payment));
    }

    @Test
    void rejects_an_address_of_10000_characters() {
        assertEquals(
                "/resource/url: expected a string of at most 4096 characters, saw 10000 characters",
                paymentRefusal("https://example.com/a", "x".repeat(10_000)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"x\":{}|/payload: expected a value, saw nothing",
                "\"payload\":null|/payload: expected a value, saw null",
                "\"payload\":\"0xsecret\"|/payload: expected an object, saw a string of 8 characters",
                "\"payload\":[1]|/payload: expected an object, saw an array of 1",
                "\"payload\":17|/payload: expected an object, saw a number"
            })
    void rejects_a_payment_without_proof(String payload, String message) {
        assertEquals(message, paymentRefusal("\"payload\":{\"signature\":\"0x12\"}", payload));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"[]|an array of 0", "\"x\"|\"x\"", "1|1", "false|false"})
    void rejects_extensions_that_are_no_object(String extensions, String seen) {
        assertEquals(
                "/extensions: expected an object, saw " + seen,
                paymentRefusal("\"payload\"", "\"extensions\":" + extensions + ",\"payload\""));
    }

    @Test
    void rejects_more_than_16_extensions() {
        StringBuilder many = new StringBuilder("\"a0\":{}");
        for (int i = 1; i < 17; i++) {
            many.append(",\"a").append(i).append("\":{}");
        }
        assertEquals(
                "/extensions: expected at most 16 extensions, saw an object of 17",
                paymentRefusal("\"payload\"", "\"extensions\":{" + many + "},\"payload\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resource", "extensions"})
    void takes_null_for_an_absent_member_and_writes_it_back(String name) {
        String bare = replaced(PAYMENT, "\"resource\":{\"url\":\"https://example.com/a\"},", "");
        String payment = bare.substring(0, bare.length() - 1) + ",\"" + name + "\":null}";
        assertNull(payment(payment).resource());
        assertNull(payment(payment).extensions());
        assertEquals(payment, rewritten(Codec.PAYMENT_PAYLOAD, payment));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheme", "network", "amount", "asset", "payTo", "maxTimeoutSeconds"})
    void rejects_null_for_a_required_member(String name) {
        assertEquals(
                "/accepted/" + name + ": expected a value, saw null",
                paymentRefusal("\"" + name + "\":", "\"" + name + "\":null,\"was\":"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Exact", "exact ", "no-such-scheme"})
    void keeps_an_unknown_scheme_as_it_came(String scheme) {
        assertEquals(
                scheme,
                payment(replaced(PAYMENT, "\"exact\"", "\"" + scheme + "\""))
                        .accepted()
                        .scheme());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "scheme|exact||\"\"",
                "scheme|exact|ex\\u200dact|\"ex\\u{200d}act\"",
                "scheme|exact|exact\\u0000|\"exact\\u{0}\"",
                "asset|0xA|\\u202e0xA|\"\\u{202e}0xA\"",
                "payTo|0xB||\"\"",
                "payTo|0xB|\\u00000xB|\"\\u{0}0xB\""
            })
    void rejects_identifiers_beyond_printable_ascii(String name, String was, String value, String seen) {
        assertEquals(
                "/accepted/" + name + ": expected an identifier of printable ASCII characters, saw " + seen,
                paymentRefusal("\"" + was + "\"", "\"" + (value == null ? "" : value) + "\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base",
                "eip155",
                "eip155:",
                "eip155:8453 ",
                "EIP155:8453",
                "eip155:*",
                "eip155:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                ":",
                "a:b:c",
                "ab:1",
                "",
                "cloudflare:402"
            })
    void rejects_a_network_that_is_not_caip2(String network) {
        assertEquals(
                "/accepted/network: expected a CAIP-2 network such as eip155:8453, saw \"" + network + "\"",
                paymentRefusal("eip155:84532", network));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ach:us", "eip155:08453", "solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1"})
    void reads_any_network_of_the_form_of_caip2(String network) {
        assertEquals(
                network,
                payment(replaced(PAYMENT, "eip155:84532", network))
                        .accepted()
                        .network()
                        .toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"\"|\"\"",
                "\"-1\"|\"-1\"",
                "\"+1\"|\"+1\"",
                "\"01\"|\"01\"",
                "\"1.0\"|\"1.0\"",
                "\"1e6\"|\"1e6\"",
                "\"0x10\"|\"0x10\"",
                "\" 1\"|\" 1\"",
                "\"1_000\"|\"1_000\"",
                "\"\u0661\u0662\"|\"\\u{661}\\u{662}\"",
                "\"\uff11\"|\"\\u{ff11}\"",
                "10000|10000",
                "1e4|1E+4",
                "10000.0|10000.0",
                "true|true",
                "{}|an object of 0"
            })
    void rejects_an_amount_that_is_no_string_of_canonical_digits(String amount, String seen) {
        assertEquals(
                "/accepted/amount: expected a string of decimal digits such as \"10000\", saw " + seen,
                paymentRefusal("\"10000\"", amount));
    }

    @Test
    void rejects_an_offer_of_nothing() {
        assertEquals(
                "/accepted/amount: expected an amount of 1 or more, saw \"0\"", paymentRefusal("\"10000\"", "\"0\""));
    }

    @Test
    void reads_the_largest_256_bit_amount() {
        String most = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
        assertEquals(
                most,
                payment(replaced(PAYMENT, "10000", most)).accepted().amount().toString());
    }

    @Test
    void rejects_an_amount_of_79_digits() {
        assertEquals(
                "/accepted/amount: expected a string of decimal digits such as \"10000\", saw a string of 79 characters",
                paymentRefusal("10000", "1".repeat(79)));
    }

    @Test
    void reads_a_settled_amount_of_nothing_in_a_facilitator_request() {
        String request = "{\"x402Version\":2,\"paymentPayload\":" + PAYMENT + ",\"paymentRequirements\":"
                + replaced(OFFER, "\"10000\"", "\"0\"") + "}";
        assertEquals(
                AtomicAmount.ZERO,
                Codec.FACILITATOR_REQUEST
                        .read(utf8(request))
                        .paymentRequirements()
                        .amount());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0|0",
                "-1|-1",
                "1.5|1.5",
                "60.0|60.0",
                "6e1|6E+1",
                "\"60\"|\"60\"",
                "2147483648|2147483648",
                "1000000000000|1000000000000",
                "true|true"
            })
    void rejects_a_timeout_that_is_no_positive_integer(String seconds, String seen) {
        assertEquals(
                "/accepted/maxTimeoutSeconds: expected a whole number of 1 or more, saw " + seen,
                paymentRefusal("\"maxTimeoutSeconds\":60", "\"maxTimeoutSeconds\":" + seconds));
    }

    @Test
    void rejects_an_offer_without_timeout() {
        assertEquals(
                "/accepted/maxTimeoutSeconds: expected a value, saw nothing",
                paymentRefusal("\"maxTimeoutSeconds\":60,", ""));
    }

    @Test
    void keeps_the_spelling_of_payee_and_asset() {
        String payment = replaced(replaced(PAYMENT, "0xA", "UsDc"), "0xB", "0xabCD");
        assertEquals(payment, rewritten(Codec.PAYMENT_PAYLOAD, payment));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"\"x\"|\"x\"", "[]|an array of 0", "1|1"})
    void rejects_extra_that_is_no_object(String extra, String seen) {
        assertEquals("/accepted/extra: expected an object, saw " + seen, paymentRefusal("{\"name\":\"USDC\"}", extra));
    }

    @Test
    void takes_null_extra_for_absent_and_writes_it_back() {
        String payment = replaced(PAYMENT, "{\"name\":\"USDC\"}", "null");
        assertNull(payment(payment).accepted().extra());
        assertEquals(payment, rewritten(Codec.PAYMENT_PAYLOAD, payment));
    }

    @Test
    void tells_empty_extra_from_absent() {
        String payment = replaced(PAYMENT, "{\"name\":\"USDC\"}", "{}");
        assertEquals(Json.Obj.EMPTY, payment(payment).accepted().extra());
        assertEquals(payment, rewritten(Codec.PAYMENT_PAYLOAD, payment));
    }

    @Test
    void reads_a_challenge_without_offers() {
        assertEquals(List.of(), challenge(replaced(CHALLENGE, OFFER, "")).accepts());
    }

    @Test
    void reads_16_offers() {
        assertEquals(
                16,
                challenge(replaced(CHALLENGE, OFFER, (OFFER + ",").repeat(15) + OFFER))
                        .accepts()
                        .size());
    }

    @Test
    void rejects_17_offers() {
        assertEquals(
                "/accepts: expected at most 16 offers, saw an array of 17",
                refusal(Codec.PAYMENT_REQUIRED, replaced(CHALLENGE, OFFER, (OFFER + ",").repeat(16) + OFFER)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"null|null", "\"x\"|\"x\"", "[]|an array of 0"})
    void rejects_a_challenge_with_an_offer_that_is_no_object(String offer, String seen) {
        assertEquals(
                "/accepts/1: expected an object, saw " + seen,
                refusal(Codec.PAYMENT_REQUIRED, replaced(CHALLENGE, OFFER, OFFER + "," + offer)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"\"eip155:84532\"|\"cloudflare:402\"", "\"10000\"|10000", "\"10000\"|\"0\"", "60|\"60\""})
    void skips_an_offer_that_it_cannot_read_but_keeps_it(String part, String replacement) {
        String odd = replaced(OFFER, part, replacement);
        PaymentRequired challenge = challenge(replaced(CHALLENGE, OFFER, OFFER + "," + odd));
        assertEquals(1, challenge.accepts().size());
        assertEquals(List.of(json(odd)), challenge.otherAccepts());
        assertEquals(
                replaced(CHALLENGE, OFFER, OFFER + "," + odd),
                rewritten(Codec.PAYMENT_REQUIRED, replaced(CHALLENGE, OFFER, odd + "," + OFFER)));
    }

    @Test
    void keeps_dangerous_text_for_people_as_it_came() {
        String challenge = replaced(CHALLENGE, "Payment required", "<script>\\r\\n\\u001b[31m");
        assertEquals("<script>\r\n\u001b[31m", challenge(challenge).error());
        assertEquals(json(challenge), json(rewritten(Codec.PAYMENT_REQUIRED, challenge)));
    }

    @Test
    void shows_dangerous_text_escaped_in_a_refusal() {
        assertEquals(
                "/accepted/network: expected a CAIP-2 network such as eip155:8453, saw \"\\u{d}\\u{a}\\u{1b}[31m\"",
                paymentRefusal("eip155:84532", "\\r\\n\\u001b[31m"));
    }

    @Test
    void shows_long_text_by_its_length_in_a_refusal() {
        assertEquals(
                "/accepted/network: expected a CAIP-2 network such as eip155:8453, saw a string of 49 characters",
                paymentRefusal("eip155:84532", "x".repeat(49)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"paymentRequirements\":|\"other\":|/paymentRequirements: expected a value, saw nothing|invalid_payment_requirements",
                "\"paymentPayload\":|\"other\":|/paymentPayload: expected a value, saw nothing|invalid_payload",
                "\"x402Version\":2,\"paymentPayload\"|\"paymentPayload\"|/x402Version: expected a value, saw nothing|invalid_x402_version",
                "\"paymentPayload\":{\"x402Version\":2|\"paymentPayload\":{\"x402Version\":1|/paymentPayload/x402Version: expected 2, saw 1|invalid_x402_version",
                "\"paymentRequirements\":{\"scheme\":\"exact\"|\"paymentRequirements\":{\"scheme\":7|/paymentRequirements/scheme: expected an identifier of printable ASCII characters, saw 7|invalid_payment_requirements",
                "\"accepted\":{\"scheme\":\"exact\"|\"accepted\":{\"scheme\":7|/paymentPayload/accepted/scheme: expected an identifier of printable ASCII characters, saw 7|invalid_payload"
            })
    void gives_a_refused_facilitator_request_the_code_of_its_part(
            String part, String replacement, String message, String code) {
        var e = refused(Codec.FACILITATOR_REQUEST, replaced(REQUEST, part, replacement));
        assertEquals(message, e.getMessage());
        assertEquals(new ErrorCode(code), e.code());
    }

    @Test
    void prints_a_payment_without_its_proof() {
        assertFalse(payment(PAYMENT).toString().contains("0x12"));
    }

    @Test
    void quotes_nothing_of_the_proof_to_a_scheme() {
        JsonCursor signature = payment(PAYMENT).payloadCursor().member("signature");
        assertEquals(
                "/payload/signature: expected an object, saw a string of 4 characters",
                refusedBy(signature::object).getMessage());
    }

    private static MalformedMessageException refusedBy(org.junit.jupiter.api.function.Executable reading) {
        return org.junit.jupiter.api.Assertions.assertThrows(MalformedMessageException.class, reading);
    }
}
