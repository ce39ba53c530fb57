package dev.x402.spi.plugins;

import static dev.x402.spi.plugins.Judged.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.spi.PaymentExtension;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortConflictTest {
    @Test
    void refuses_a_port_that_is_given_twice() {
        assertEquals(
                List.of("port java.lang.CharSequence was given twice: give one"),
                refusal(Plugins.builder().port(CharSequence.class, "a").port(CharSequence.class, "b")));
    }

    @Test
    void refuses_clock_and_randomness_as_ports() {
        assertEquals(
                List.of(
                        "port java.time.Clock is reserved: give it by Plugins.builder().clock(…)",
                        "port java.security.SecureRandom is reserved: give it by Plugins.builder().random(…)"),
                refusal(Plugins.builder()
                        .port(Clock.class, Clock.systemUTC())
                        .port(SecureRandom.class, new SecureRandom())));
    }

    @Test
    void lists_problems_of_every_sort_at_once() {
        assertEquals(
                4,
                refusal(Plugins.builder()
                                .port(CharSequence.class, "a")
                                .port(CharSequence.class, "b")
                                .add(new Track("toy:1", "toy:1"))
                                .add((PaymentExtension) () -> "")
                                .add(new Toy("", "toy:*")))
                        .size());
    }
}
