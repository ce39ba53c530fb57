package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spi.Payment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactPayloadTest {
    private static final int CASES = 10_000;

    final Offline sides = new Offline();
    final Payment good = sides.pay(sides.offer(10_000));
    final Json.Obj payload = good.payload().payload();

    @ParameterizedTest
    @CsvSource({"from", "to", "value", "validAfter", "validBefore", "nonce"})
    void a_missing_member_is_named(String member) {
        Json.Obj authorization = (Json.Obj) payload.find("authorization").orElseThrow();
        malformed(
                "/payload/authorization/" + member + ": expected a value, saw nothing",
                payload.with("authorization", authorization.without(member)));
    }

    @Test
    void a_missing_signature_is_named() {
        malformed("/payload/signature: expected a value, saw nothing", payload.without("signature"));
    }

    @Test
    void an_authorization_that_is_no_object_is_named() {
        malformed(
                "/payload/authorization: expected an object, saw a string of 1 characters",
                payload.with("authorization", "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "+1",
                "01",
                "1.0",
                "1e6",
                "0x10",
                " 1",
                "1_000",
                "١٢",
                "１",
                "115792089237316195423570985008687907853269984665640564039457584007913129639936",
                "1000000000000000000000000000000000000000000000000000000000000000000000000000000"
            })
    void a_value_that_is_no_canonical_number_is_refused(String value) {
        malformed(
                "/payload/authorization/value: expected a string of decimal digits below 2^256, saw a string of "
                        + value.length() + " characters",
                edited("value", Json.of(value)));
    }

    @ParameterizedTest
    @CsvSource({"value", "validAfter", "validBefore"})
    void a_json_number_is_refused(String member) {
        malformed(
                "/payload/authorization/" + member + ": expected a string, saw a number", edited(member, Json.of(10)));
    }

    @Test
    void the_greatest_word_is_a_number() {
        String greatest = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
        assertEquals(
                greatest,
                ExactPayload.parse(edited("validBefore", Json.of(greatest)))
                        .authorization()
                        .validBefore()
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void a_nonce_has_32_bytes(int size) {
        String nonce = Hex.of(new byte[size]);
        String expected =
                size > 32 ? "0x and pairs of hexadecimal digits, at most 32 bytes" : "0x and 64 hexadecimal digits";
        malformed(
                "/payload/authorization/nonce: expected " + expected + ", saw a string of " + nonce.length()
                        + " characters",
                edited("nonce", Json.of(nonce)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0x1", "0xzz", "11", "0X11"})
    void a_signature_is_pairs_of_digits(String signature) {
        malformed(
                "/payload/signature: expected 0x and pairs of hexadecimal digits, at most 4096 bytes, saw a string of "
                        + signature.length() + " characters",
                payload.with("signature", signature));
    }

    @Test
    void a_signature_of_a_megabyte_is_not_decoded() {
        malformed(
                "/payload/signature: expected 0x and pairs of hexadecimal digits, at most 4096 bytes, saw a string of"
                        + " 2097154 characters",
                payload.with("signature", "0x" + "00".repeat(1 << 20)));
    }

    @Test
    void nothing_but_malformed_comes_out_of_any_payload() {
        Random random = new Random(42);
        int good = 0;
        for (int i = 0; i < CASES; i++) {
            Json.Obj hostile = (Json.Obj) mutated(payload, random, 0);
            try {
                ExactPayload.parse(hostile);
                good++;
            } catch (MalformedMessageException malformed) {
                assertFalse(String.valueOf(malformed.getMessage()).contains("0x85"), "quotes nothing that is signed");
            }
        }
        assertFalse(good == 0 || good == CASES, "some are good and some are not: " + good);
    }

    private static Json mutated(Json value, Random random, int depth) {
        if (depth > 0 && random.nextInt(12) == 0) {
            return junk(random);
        }
        if (value instanceof Json.Obj obj) {
            Json.Obj changed = obj;
            for (String name : obj.members().keySet()) {
                changed = random.nextInt(20) == 0
                        ? changed.without(name)
                        : changed.with(name, mutated(obj.members().get(name), random, depth + 1));
            }
            return random.nextInt(15) == 0 ? changed.with("permit2Authorization", junk(random)) : changed;
        }
        if (value instanceof Json.Str str && random.nextInt(6) == 0) {
            StringBuilder text = new StringBuilder(str.value());
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, (char) random.nextInt(0x250));
                case 1 -> text.setLength(at);
                default -> text.append(text, 0, at);
            }
            return Json.of(text.toString());
        }
        return value;
    }

    private static Json junk(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Json.Null.NULL;
            case 1 -> Json.of(random.nextLong());
            case 2 -> new Json.Num(new BigDecimal("1e9999"));
            case 3 -> Json.of(random.nextBoolean());
            case 4 -> Json.of("");
            case 5 -> new Json.Arr(new ArrayList<>(List.of(Json.of("0x"), Json.of(1))));
            case 6 -> Json.of("9".repeat(random.nextInt(5000)));
            default -> Json.Obj.EMPTY;
        };
    }

    private Json.Obj edited(String member, Json value) {
        return Offline.edited(good, member, value).payload().payload();
    }

    private static void malformed(String message, Json.Obj payload) {
        assertEquals(
                message,
                assertThrows(MalformedMessageException.class, () -> ExactPayload.parse(payload))
                        .getMessage());
    }
}
