package dev.x402.siwx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.core.seller.InMemoryExtensionStore;
import dev.x402.spi.PaymentExtension.Store.Written;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoncesTest {
    private static final Instant END = TestClock.BEGIN.plusSeconds(300);

    private final Nonces nonces =
            new Nonces(List.of(Shop.SECRET), new SecureRandom(), InMemoryExtensionStore.of(new TestClock()));

    /** Whatever was looked up before, the use itself is told once, in whichever room. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void is_used_up_once(boolean first, boolean second) {
        String nonce = nonces.issue("", List.of("a"));

        assertFalse(nonces.isUsed(nonce));
        assertEquals(Written.DONE, nonces.use(nonce, END, first));
        assertTrue(nonces.isUsed(nonce));
        assertEquals(Written.CHANGED, nonces.use(nonce, END, second));
    }

    @Test
    void is_ours_for_just_what_it_was_given_for() {
        String nonce = nonces.issue("", List.of("ab", "c"));

        assertTrue(nonces.isOurs(nonce, "", List.of("ab", "c")));
        assertFalse(nonces.isOurs(nonce, "", List.of("a", "bc")));
        assertFalse(nonces.isOurs(nonce, "", List.of("ab", "c", "")));
        assertFalse(nonces.isOurs(nonce, "ab", List.of("c")));
        assertFalse(nonces.isOurs(nonce.toUpperCase(java.util.Locale.ROOT) + "A", "", List.of("ab", "c")));
        assertNotEquals(nonce, nonces.issue("", List.of("ab", "c")));
    }

    @Test
    void one_changed_digit_makes_it_another() {
        String nonce = nonces.issue("", List.of("a"));
        for (int i = 0; i < nonce.length(); i++) {
            char other = nonce.charAt(i) == '0' ? '1' : '0';
            String changed = nonce.substring(0, i) + other + nonce.substring(i + 1);

            assertFalse(nonces.isOurs(changed, "", List.of("a")), changed);
        }
    }
}
