package dev.stranger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.spi.Outcome;
import dev.x402.spi.Stage;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class DirectDebitTest {
    @Test
    void a_dollar_is_paid_with_what_the_scheme_brings() {
        Clock noon = Clock.fixed(Instant.parse("2026-11-24T17:00:00Z"), ZoneOffset.UTC);
        DirectDebit debit = new DirectDebit(noon, new SecureRandom());

        assertEquals(Stage.FINAL, assertInstanceOf(Outcome.Landed.class, debit.pay()).stage());
        assertEquals(100, debit.shop());
    }
}
