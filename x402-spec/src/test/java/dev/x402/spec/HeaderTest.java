package dev.x402.spec;

import static dev.x402.spec.Wire.PAYMENT;
import static dev.x402.spec.Wire.base64;
import static dev.x402.spec.Wire.headerRefusal;
import static dev.x402.spec.Wire.rewritten;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What a header may be before it is JSON. */
class HeaderTest {
    private static String header(byte... bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String refusal(String base64) {
        return headerRefusal(Codec.JSON, base64);
    }

    @Test
    void reads_what_it_writes() {
        PaymentPayload payment = Codec.PAYMENT_PAYLOAD.readHeader(base64(PAYMENT));
        assertEquals(base64(PAYMENT), Codec.PAYMENT_PAYLOAD.writeHeader(payment));
    }

    @Test
    void rejects_an_empty_header() {
        assertEquals("message: expected standard base64 with padding, saw nothing", refusal(""));
    }

    @Test
    void rejects_white_space() {
        assertEquals(
                "message: expected standard base64 with padding, saw white space at character 4", refusal("e30K\r\n"));
    }

    @Test
    void rejects_a_list_of_two_headers() {
        assertEquals("message: expected standard base64 with padding, saw \",\" at character 3", refusal("e30,e30="));
    }

    @Test
    void rejects_the_url_safe_alphabet() {
        assertEquals(
                "message: expected standard base64 with padding, saw the url-safe alphabet at character 1",
                refusal("I-__"));
    }

    @Test
    void rejects_missing_padding() {
        assertEquals(
                "message: expected standard base64 with padding, saw 0 characters of padding after 3", refusal("e30"));
    }

    @Test
    void rejects_surplus_padding() {
        assertEquals(
                "message: expected standard base64 with padding, saw 5 characters of padding after 3",
                refusal("e30====="));
    }

    @Test
    void rejects_padding_without_a_need() {
        assertEquals(
                "message: expected standard base64 with padding, saw 3 characters of padding after 5",
                refusal("e30ge==="));
    }

    @Test
    void rejects_padding_in_the_middle() {
        assertEquals("message: expected standard base64 with padding, saw \"=\" at character 3", refusal("e30=e30="));
    }

    @Test
    void rejects_non_canonical_trailing_bits() {
        assertEquals(
                "message: expected standard base64 with padding, saw bits after the last byte that are not zero",
                refusal("e31="));
    }

    @Test
    void rejects_characters_beyond_ascii() {
        assertEquals(
                "message: expected standard base64 with padding, saw \"\\u{ff11}\" at character 0",
                refusal("\uff11AAA"));
    }

    @Test
    void rejects_bytes_that_are_not_utf8() {
        assertEquals(
                "message: expected UTF-8, saw bytes that are not UTF-8",
                refusal(header((byte) '"', (byte) 0xe9, (byte) '"')));
    }

    @Test
    void rejects_overlong_utf8() {
        assertEquals(
                "message: expected UTF-8, saw bytes that are not UTF-8",
                refusal(header((byte) '"', (byte) 0xc0, (byte) 0xaf, (byte) '"')));
    }

    @Test
    void rejects_surrogates_in_utf8() {
        assertEquals(
                "message: expected UTF-8, saw bytes that are not UTF-8",
                refusal(header((byte) '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, (byte) '"')));
    }

    @Test
    void rejects_a_byte_order_mark() {
        assertEquals(
                "message: expected JSON, saw what is none at character 0",
                refusal(header((byte) 0xef, (byte) 0xbb, (byte) 0xbf, (byte) '{', (byte) '}')));
    }

    @Test
    void rejects_utf16() {
        assertEquals(
                "message: expected UTF-8, saw bytes that are not UTF-8",
                refusal(base64Of("\ufeff{}".getBytes(StandardCharsets.UTF_16LE))));
    }

    @Test
    void reads_a_payment_header_of_8192_characters() {
        String header = base64(padded(6144));
        assertEquals(8192, header.length());
        assertEquals(
                "exact", Codec.PAYMENT_PAYLOAD.readHeader(header).accepted().scheme());
    }

    @Test
    void rejects_a_payment_header_of_more_than_8192_characters_before_decoding() {
        var e = assertThrows(
                MalformedMessageException.class, () -> Codec.PAYMENT_PAYLOAD.readHeader("\0".repeat(8193)));
        assertEquals("message: expected a header of at most 8192 characters, saw 8193 characters", e.getMessage());
        assertEquals(ErrorCode.PAYLOAD_TOO_LARGE, e.code());
    }

    @Test
    void reads_a_challenge_header_of_more_than_8192_characters() {
        String many = "{\"x402Version\":2,\"resource\":{\"url\":\"/\"},\"accepts\":[],\"a\":\"" + "x".repeat(4096)
                + "\",\"b\":\"" + "x".repeat(4096) + "\"}";
        assertEquals(many, rewritten(Codec.PAYMENT_REQUIRED, many));
        assertEquals(base64(many), Codec.PAYMENT_REQUIRED.writeHeader(Codec.PAYMENT_REQUIRED.readHeader(base64(many))));
    }

    @Test
    void rejects_a_challenge_header_of_more_than_65536_characters() {
        assertEquals(
                "message: expected a header of at most 65536 characters, saw 65540 characters",
                headerRefusal(Codec.PAYMENT_REQUIRED, "A".repeat(65540)));
    }

    private static String base64Of(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A payment of so many bytes. */
    private static String padded(int length) {
        String open = Wire.replaced(PAYMENT, "{\"signature\"", "{\"a\":\"" + "x".repeat(4000) + "\",\"signature\"");
        int missing = length - open.length() - "\"b\":\"\",".length();
        return Wire.replaced(open, "\"signature\"", "\"b\":\"" + "x".repeat(missing) + "\",\"signature\"");
    }
}
