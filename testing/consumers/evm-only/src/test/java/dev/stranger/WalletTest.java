package dev.stranger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.spec.JsonCursor;
import org.junit.jupiter.api.Test;

final class WalletTest {
    @Test
    void a_payment_is_signed_with_what_the_scheme_brings() {
        JsonCursor proof = new Wallet("0x" + "1".repeat(64))
                .dollarTo("0x209693Bc6afc0C5328bA36FaF03C514EF312287C")
                .payload()
                .cursor();
        assertEquals("1000000", proof.member("authorization").member("value").text());
        assertEquals(132, proof.member("signature").text().length());
    }
}
