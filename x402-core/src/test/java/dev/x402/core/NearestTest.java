package dev.x402.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KNOWN = List.of("prefer", "avoid", "only", "Base Sepolia");

    @Test
    void a_slip_finds_its_word() {
        assertEquals(Optional.of("avoid"), Nearest.of("avod", KNOWN));
        assertEquals(Optional.of("prefer"), Nearest.of("perfer", KNOWN));
        assertEquals(Optional.of("Base Sepolia"), Nearest.of("base-sepolia", KNOWN));
    }

    @Test
    void another_word_finds_none() {
        assertEquals(Optional.empty(), Nearest.of("cheapest", KNOWN));
        assertEquals(Optional.empty(), Nearest.of("", KNOWN));
        assertEquals(Optional.empty(), Nearest.of("x".repeat(100_000), List.of("x".repeat(100_000))));
    }

    @Test
    void among_equals_the_first_in_order_is_named() {
        assertEquals(Optional.of("bat"), Nearest.of("at", List.of("cat", "bat")));
    }
}
