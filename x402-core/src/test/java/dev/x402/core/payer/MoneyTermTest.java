package dev.x402.core.payer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.AssetId;
import dev.x402.spec.Network;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MoneyTermTest {
    @Test
    void an_amount_is_read_exactly() {
        assertEquals(new MoneyTerm(new BigDecimal("0.05"), "USD"), MoneyTerm.parse("0.05 USD"));
        assertEquals(new MoneyTerm(new BigDecimal("0.05"), "USD"), MoneyTerm.parse("$0.050"));
        assertEquals("100 USDC", MoneyTerm.parse("100.00 USDC").toString());
        assertEquals("0 USD", MoneyTerm.parse("0.00 USD").toString());
    }

    @Test
    void a_unit_may_be_an_asset_or_its_smallest_unit() {
        AssetId asset = new AssetId(Network.parse("eip155:1"), "0xAb");
        assertEquals(Optional.of(asset), MoneyTerm.parse("5 eip155:1/0xAb").asset());
        assertFalse(MoneyTerm.parse("5 eip155:1/0xAb").isAtomic());
        assertEquals(
                Optional.of(asset), MoneyTerm.parse("5 atomic eip155:1/0xAb").asset());
        assertTrue(MoneyTerm.parse("5 atomic eip155:1/0xAb").isAtomic());
        assertEquals(Optional.empty(), MoneyTerm.parse("5 USD").asset());
    }

    @Test
    void everything_else_is_refused_and_shown_in_plain_characters() {
        for (String text : List.of(
                "",
                "5",
                "USD",
                "5USD",
                "5  USD",
                " 5 USD",
                "5 USD ",
                "-5 USD",
                "+5 USD",
                "1e3 USD",
                "1,000 USD",
                ".5 USD",
                "5. USD",
                "$5 USD",
                "$",
                "٥ USD",
                "5 US D",
                "5 nowhere/x",
                "5 atomic USD",
                "5 000 USD",
                "1".repeat(200) + " USD",
                "0." + "1".repeat(37) + " USD")) {
            assertTrue(
                    assertThrows(IllegalArgumentException.class, () -> MoneyTerm.parse(text), text)
                            .getMessage()
                            .startsWith("money: expected "),
                    text);
        }
        assertEquals(
                "money: expected an amount and a unit such as 0.05 USD, saw \"5?USD\"",
                assertThrows(IllegalArgumentException.class, () -> MoneyTerm.parse("5\u202eUSD"))
                        .getMessage());
    }

    @Test
    void the_smallest_unit_has_no_fraction() {
        assertEquals(
                "money: expected whole numbers of the smallest unit, saw 0.5",
                assertThrows(IllegalArgumentException.class, () -> MoneyTerm.parse("0.5 atomic eip155:1/0xAb"))
                        .getMessage());
    }
}
