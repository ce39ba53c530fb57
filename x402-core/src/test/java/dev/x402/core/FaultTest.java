package dev.x402.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.spi.RailUnavailableException;
import org.junit.jupiter.api.Test;

class FaultTest {
    @Test
    void says_type_and_place_and_not_the_message() {
        IllegalStateException secret = new IllegalStateException("signature 0x1234");
        secret.setStackTrace(new StackTraceElement[] {new StackTraceElement("acme.Scheme", "pay", "Scheme.java", 7)});

        assertEquals("java.lang.IllegalStateException at acme.Scheme.pay(Scheme.java:7)", Fault.of(secret));
    }

    @Test
    void says_the_message_of_an_unreachable_rail() {
        assertEquals("node 1: no answer", Fault.of(new RailUnavailableException("node 1: no answer")));
    }

    @Test
    void says_the_type_where_there_is_no_trace() {
        IllegalStateException bare = new IllegalStateException("signature 0x1234");
        bare.setStackTrace(new StackTraceElement[0]);

        assertEquals("java.lang.IllegalStateException at an unknown place", Fault.of(bare));
    }
}
