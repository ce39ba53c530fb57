package dev.x402.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Networks, patterns, amounts and assets. */
class WordsTest {
    private static String refusal(Executable reading) {
        return assertThrows(IllegalArgumentException.class, reading).getMessage();
    }

    @Test
    void rejects_a_network_without_reference() {
        assertEquals(
                "network: expected CAIP-2 such as eip155:8453, saw \"eip155:\"",
                refusal(() -> Network.parse("eip155:")));
    }

    @Test
    void a_family_matches_its_networks() {
        assertTrue(NetworkPattern.parse("eip155:*").matches(Network.parse("eip155:1")));
        assertFalse(NetworkPattern.parse("eip155:*").matches(Network.parse("solana:1")));
        assertFalse(NetworkPattern.parse("eip155:1").matches(Network.parse("eip155:10")));
    }

    @Test
    void one_network_stands_before_its_family() {
        assertEquals(
                List.of("eip155:1", "solana:1", "eip155:*"),
                Stream.of("eip155:*", "solana:1", "eip155:1")
                        .map(NetworkPattern::parse)
                        .sorted()
                        .map(NetworkPattern::toString)
                        .toList());
    }

    @Test
    void rejects_a_pattern_of_any_network() {
        assertEquals(
                "network pattern: expected eip155:8453 or eip155:*, saw \"*:*\"",
                refusal(() -> NetworkPattern.parse("*:*")));
    }

    @Test
    void an_amount_is_bounded_before_it_is_parsed() {
        assertEquals(
                "amount: expected decimal digits such as 10000, saw a string of 1000000 characters",
                refusal(() -> AtomicAmount.parse("9".repeat(1_000_000))));
    }

    @Test
    void an_amount_is_not_negative() {
        assertEquals(
                "amount: expected 0 or more and at most 78 digits, saw a number of 0 bits and sign -1",
                refusal(() -> AtomicAmount.of(-1)));
    }

    @Test
    void an_amount_has_at_most_78_digits() {
        assertEquals("9".repeat(78), new AtomicAmount(BigInteger.TEN.pow(78).subtract(BigInteger.ONE)).toString());
        assertEquals(
                "amount: expected 0 or more and at most 78 digits, saw a number of 260 bits and sign 1",
                refusal(() -> new AtomicAmount(BigInteger.TEN.pow(78))));
    }

    @Test
    void an_asset_has_a_reference() {
        assertEquals(
                "asset: expected a reference on ach:us, saw \"\"",
                refusal(() -> new AssetId(Network.parse("ach:us"), "")));
    }

    @Test
    void a_timeout_is_positive() {
        assertEquals(
                "maxTimeoutSeconds: expected 1 or more, saw 0",
                refusal(() -> PaymentRequirements.of(
                        new Kind("exact", Network.parse("ach:us")),
                        AtomicAmount.of(1),
                        "USD",
                        "merchant",
                        0,
                        Json.Obj.EMPTY)));
    }
}
