package dev.x402.spec;

import static dev.x402.spec.Wire.PAYMENT;
import static dev.x402.spec.Wire.json;
import static dev.x402.spec.Wire.paymentRefusal;
import static dev.x402.spec.Wire.refused;
import static dev.x402.spec.Wire.replaced;
import static dev.x402.spec.Wire.rewritten;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a JSON document may be before it is a message. */
class DocumentTest {
    private static String refusal(String text) {
        return Wire.refusal(Codec.JSON, text);
    }

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"m" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    private static String elements(int count) {
        return "[" + "1,".repeat(count - 1) + "1]";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"[]|an array of 0", "\"x\"|\"x\"", "1|1", "true|true", "null|null"})
    void rejects_a_message_that_is_no_object(String text, String seen) {
        assertEquals("message: expected an object, saw " + seen, Wire.refusal(Codec.PAYMENT_PAYLOAD, text));
    }

    @Test
    void rejects_an_empty_document() {
        assertEquals("message: expected a JSON value, saw nothing", refusal(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1}|message: expected JSON, saw what is none at character 1",
                "{\"a\":NaN}|message: expected JSON, saw what is none at character 8",
                "{\"a\":+1}|message: expected JSON, saw what is none at character 6",
                "{\"a\":01}|message: expected JSON, saw what is none at character 6",
                "{\"a\":.5}|message: expected JSON, saw what is none at character 5",
                "{\"a\":1,}|message: expected JSON, saw what is none at character 7",
                "{/**/}|message: expected JSON, saw what is none at character 1",
                "{a:1}|message: expected JSON, saw what is none at character 1",
                "[1 2]|message: expected JSON, saw what is none at character 3",
                "{\"a\":1|message: expected JSON, saw what is none at character 6",
                "tru|message: expected JSON, saw what is none at character 0"
            })
    void rejects_what_is_not_json(String text, String message) {
        assertEquals(message, refusal(text));
    }

    @Test
    void names_the_place_of_what_is_not_json() {
        assertEquals(
                "/accepted: expected JSON, saw what is none at character 123", paymentRefusal("\"10000\"", "'10000'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "{}{}", "{}1"})
    void rejects_more_after_the_document(String text) {
        assertEquals("message: expected one JSON value, saw more after it", refusal(text));
    }

    @Test
    void rejects_garbage_after_the_document() {
        assertEquals("message: expected JSON, saw what is none at character 3", refusal("{} x"));
    }

    @Test
    void rejects_an_amount_given_twice() {
        assertEquals(
                "/accepted/amount: expected one member of this name, saw two",
                paymentRefusal("\"amount\":\"10000\"", "\"amount\":\"1\",\"amount\":\"10000\""));
    }

    @Test
    void rejects_a_name_given_twice_in_two_spellings() {
        assertEquals(
                "/accepted/amount: expected one member of this name, saw two",
                paymentRefusal("\"amount\":\"10000\"", "\"amount\":\"1\",\"amoun\\u0074\":\"10000\""));
    }

    @Test
    void rejects_a_payload_given_twice() {
        assertEquals(
                "/payload: expected one member of this name, saw two",
                paymentRefusal("\"payload\":", "\"payload\":{},\"payload\":"));
    }

    @Test
    void reads_16_levels() {
        String deep = "[".repeat(16) + "]".repeat(16);
        assertEquals(deep, rewritten(Codec.JSON, deep));
    }

    @Test
    void rejects_17_levels() {
        assertEquals(
                "/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0: expected at most 16 levels, saw more",
                refusal("[".repeat(17) + "]".repeat(17)));
    }

    @Test
    void rejects_60000_levels_on_a_small_stack() throws InterruptedException {
        String[] message = new String[1];
        Thread small = new Thread(null, () -> message[0] = refusal("{\"a\":".repeat(12_000)), "small", 64 * 1024);
        small.start();
        small.join();
        assertEquals("/a".repeat(16) + ": expected at most 16 levels, saw more", message[0]);
    }

    @Test
    void reads_64_members() {
        assertEquals(members(64), rewritten(Codec.JSON, members(64)));
    }

    @Test
    void rejects_65_members() {
        assertEquals("message: expected at most 64 members, saw more", refusal(members(65)));
    }

    @Test
    void rejects_names_of_one_hash_after_64() {
        String colliding = IntStream.range(0, 1000)
                .mapToObj(i -> "\""
                        + IntStream.range(0, 10)
                                .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                                .collect(Collectors.joining())
                        + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
        assertEquals("message: expected at most 64 members, saw more", refusal(colliding));
    }

    @Test
    void reads_64_elements() {
        assertEquals(elements(64), rewritten(Codec.JSON, elements(64)));
    }

    @Test
    void rejects_65_elements() {
        assertEquals("message: expected at most 64 elements, saw more", refusal(elements(65)));
    }

    @Test
    void rejects_more_than_2048_values() {
        String row = elements(64);
        String many = "[" + (row + ",").repeat(31) + row + "]";
        assertEquals("/31/31: expected at most 2048 values in all, saw more", refusal(many));
    }

    @Test
    void reads_a_string_of_4096_characters() {
        String text = "\"" + "x".repeat(4096) + "\"";
        assertEquals(text, rewritten(Codec.JSON, text));
    }

    @Test
    void rejects_a_string_of_4097_characters() {
        assertEquals(
                "/a: expected a string of at most 4096 characters, saw 4097 characters",
                refusal("{\"a\":\"" + "x".repeat(4097) + "\"}"));
    }

    @Test
    void rejects_a_name_of_4097_characters() {
        assertEquals(
                "message: expected a name of at most 4096 characters, saw 4097 characters",
                refusal("{\"" + "x".repeat(4097) + "\":1}"));
    }

    @Test
    void reads_a_number_of_80_characters() {
        String number = "1".repeat(80);
        assertEquals(number, rewritten(Codec.JSON, number));
    }

    @Test
    void rejects_a_number_of_81_characters() {
        assertEquals("message: expected a number of at most 80 characters, saw 81 characters", refusal("1".repeat(81)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e81", "1e-81", "1e2147483648", "1E+99999999999999999999", "-1e-99999999999"})
    void rejects_a_huge_exponent(String number) {
        assertEquals(
                "message: expected a number of at most 80 digits when written out, saw a larger exponent",
                refusal(number));
    }

    @Test
    void rejects_a_document_of_more_than_65536_bytes_unread() {
        var e = refused(Codec.FACILITATOR_REQUEST, new byte[65537]);
        assertEquals("message: expected a document of at most 65536 bytes, saw 65537 bytes", e.getMessage());
        assertEquals(ErrorCode.PAYLOAD_TOO_LARGE, e.code());
    }

    @Test
    void reads_a_document_of_65536_bytes() {
        assertEquals(json("{}"), json("{}" + " ".repeat(65534)));
    }

    @Test
    void writes_back_unknown_members_at_every_level() {
        String payment = "{\"x402Version\":2,\"resource\":{\"url\":\"/\",\"r\":[1.50,null]},\"accepted\":{"
                + "\"scheme\":\"exact\",\"network\":\"eip155:1\",\"amount\":\"1\",\"asset\":\"a\",\"payTo\":\"b\","
                + "\"maxTimeoutSeconds\":1,\"extra\":{\"e\":{}},\"o\":null},\"payload\":{\"p\":1e2},"
                + "\"extensions\":{\"x\":{\"y\":[]}},\"t\":{\"u\":\"\\u2028\"}}";
        assertEquals(
                replaced(payment, "1e2", "1E+2").replace("\\u2028", "\u2028"),
                rewritten(Codec.PAYMENT_PAYLOAD, payment));
    }

    @Test
    void takes_the_case_of_names_at_its_word() {
        assertEquals(
                "/x402Version: expected a value, saw nothing", paymentRefusal("\"x402Version\"", "\"X402Version\""));
    }

    @Test
    void takes_no_homoglyph_for_a_name() {
        assertEquals("/accepted: expected a value, saw nothing", paymentRefusal("\"accepted\"", "\"acc\u0435pted\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"__proto__", "constructor", "@class", "@type"})
    void keeps_names_that_are_dangerous_elsewhere_as_plain_members(String name) {
        String payment = replaced(PAYMENT, "\"payload\":{", "\"payload\":{\"" + name + "\":\"java.lang.Runtime\",");
        assertEquals(payment, rewritten(Codec.PAYMENT_PAYLOAD, payment));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "\\ud800x", "\\udc00\\ud800"})
    void rejects_half_a_surrogate_pair(String escape) {
        assertEquals(
                "/payload: expected a string of Unicode characters, saw half a surrogate pair",
                paymentRefusal("0x12", escape));
    }

    @Test
    void rejects_half_a_surrogate_pair_in_a_name() {
        assertEquals("message: expected JSON, saw what is none at character 8", refusal("{\"\\ud800\":1}"));
    }

    @Test
    void reads_a_surrogate_pair() {
        assertEquals(Json.of("\ud83d\ude00"), json("\"\\ud83d\\ude00\""));
    }

    @Test
    void reads_a_surrogate_pair_in_a_name() {
        assertEquals(Json.object().put("\ud83d\ude00", 1).build(), json("{\"\\ud83d\\ude00\":1}"));
    }

    @Test
    void shows_control_characters_of_names_escaped() {
        assertEquals(
                "/\\u001b[2J~1~0\\u0000: expected one member of this name, saw two",
                refusal("{\"\\u001b[2J/~\\u0000\":1,\"\\u001b[2J/~\\u0000\":2}"));
    }

    @Test
    void shows_long_names_shortened() {
        String name = "n".repeat(100);
        assertEquals(
                "/" + "n".repeat(32) + "...: expected one member of this name, saw two",
                refusal("{\"" + name + "\":1,\"" + name + "\":2}"));
    }

    @Test
    void tells_no_name_below_the_payload() {
        assertFalse(paymentRefusal("\"signature\":\"0x12\"", "\"secret\":1,\"secret\":2")
                .contains("secret"));
    }

    @Test
    void carries_no_stack_trace() {
        assertEquals(0, refused(Codec.JSON, "{").getStackTrace().length);
    }
}
