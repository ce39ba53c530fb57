package dev.x402.scheme.ach.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.scheme.ach.AccountKind;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.MalformedMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BankAccountTest {
    private static final String ROUTING =
            "expected 9 digits with a right checksum and a prefix of 00 to 12, 21 to 32, 61 to 72 or 80";

    @ParameterizedTest
    @ValueSource(strings = {"021000021", "110000000", "011000015", "322271627", "800000006", "611000004"})
    void takes_a_routing_number(String routing) {
        assertTrue(BankAccount.isRouting(routing));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "000000000", // its checksum is right
                "021000022", // its checksum is wrong
                "02100002", // 8 digits
                "0210000210",
                "130000006", // prefixes that nobody has, with right checksums
                "500000005",
                "990000000",
                "02100002a",
                "٠٢١٠٠٠٠٢١",
                ""
            })
    void refuses_what_is_no_routing_number(String routing) {
        assertFalse(BankAccount.isRouting(routing));
        assertEquals(
                "/account/routing: " + ROUTING + ", saw another text of " + routing.length() + " characters",
                refused(json(routing, "12345678", "CONSUMER_CHECKING")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234", "12345678901234567", "AB-12 34", "DE89370400440532"})
    void takes_an_account_of_4_to_17_characters_also_letters(String number) {
        assertEquals(
                number,
                BankAccount.parse(JsonCursor.at("/account", json("021000021", number, "CONSUMER_CHECKING")))
                        .number());
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "123456789012345678", "12345678\n", "'; drop", "１２３４５", " 1234"})
    void refuses_what_is_no_account_number_and_never_repeats_it(String number) {
        assertEquals(
                "/account/number: expected 4 to 17 letters, digits, hyphens or spaces, saw another text of "
                        + number.length() + " characters",
                refused(json("021000021", number, "CONSUMER_CHECKING")));
    }

    @Test
    void refuses_a_kind_that_nobody_knows() {
        assertEquals(
                "/account/kind: expected one of [CONSUMER_CHECKING, CONSUMER_SAVINGS, CORPORATE_CHECKING,"
                        + " CORPORATE_SAVINGS], saw another text of 6 characters",
                refused(json("021000021", "12345678", "CRYPTO")));
    }

    @Test
    void refuses_a_number_that_is_no_text_without_repeating_it() {
        Json.Obj json = Json.Obj.EMPTY.with("routing", Json.of(21000021)).with("number", "12345678");
        assertEquals("/account/routing: " + ROUTING + ", saw no text", refused(json));
    }

    @Test
    void shows_no_more_than_kind_and_last_four() {
        assertEquals(
                "CONSUMER_SAVINGS account ending in 5678",
                new BankAccount("021000021", "12345678", AccountKind.CONSUMER_SAVINGS).toString());
    }

    private static Json.Obj json(String routing, String number, String kind) {
        return Json.Obj.EMPTY.with("routing", routing).with("number", number).with("kind", kind);
    }

    private static String refused(Json.Obj json) {
        return assertThrows(MalformedMessageException.class, () -> BankAccount.parse(JsonCursor.at("/account", json)))
                .getMessage();
    }
}
