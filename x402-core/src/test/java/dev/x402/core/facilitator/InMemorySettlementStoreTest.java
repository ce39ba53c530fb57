package dev.x402.core.facilitator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.ErrorCode;
import dev.x402.spi.Advice;
import dev.x402.spi.PaymentRow.State;
import dev.x402.spi.Settlement;
import dev.x402.spi.SettlementEvent;
import dev.x402.spi.SettlementStore;
import dev.x402.spi.Stage;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemorySettlementStoreTest extends SettlementStoreContract {
    private static final Duration RETENTION = Duration.ofHours(1);

    @Override
    SettlementStore store(Clock clock) {
        return new InMemorySettlementStore(clock, 3, Duration.ofHours(1));
    }

    @Test
    void refuses_claims_when_live_payments_fill_it() {
        claim("a");
        claim("b");
        claim("c");

        assertEquals(
                "settlement store: 3 payments are live or retained, and that is its capacity;"
                        + " raise it or shorten the retention",
                assertThrows(IllegalStateException.class, () -> claim("d")).getMessage());
        assertEquals(State.QUEUED, claim("a").state());
    }

    @Test
    void forgets_ended_payments_after_their_retention() {
        record(signedLease("a"), Advice.DONE, landed(Stage.FINAL));
        deliver();
        claim("b");
        claim("c");
        time.pause(RETENTION);
        claim("d");

        assertEquals(Optional.empty(), store.find(key("a"), "binding"));
        assertEquals(State.QUEUED, store.find(key("b"), "binding").orElseThrow().state());
    }

    @Test
    void keeps_ended_payments_whose_events_nobody_heard() {
        record(signedLease("a"), Advice.DONE, landed(Stage.FINAL));
        claim("b");
        claim("c");
        time.pause(RETENTION);
        assertThrows(IllegalStateException.class, () -> claim("d"));

        deliver();
        time.pause(RETENTION);
        assertEquals(State.QUEUED, claim("d").state());
    }

    @Test
    void gives_up_the_oldest_tombstone_first() {
        for (String nonce : new String[] {"a", "b", "c", "d"}) {
            store.reject(
                    key(nonce),
                    CounterRail.payment(nonce),
                    "binding",
                    new Settlement.Rejected(ErrorCode.INSUFFICIENT_FUNDS, "balance 0"));
        }

        assertEquals(Optional.empty(), store.find(key("a"), "binding"));
        assertEquals(State.FAILED, store.find(key("b"), "binding").orElseThrow().state());
    }

    @Test
    void refuses_a_capacity_of_nothing() {
        assertEquals(
                "capacity: expected 1 or more, saw 0",
                assertThrows(IllegalArgumentException.class, () -> new InMemorySettlementStore(time, 0, RETENTION))
                        .getMessage());
    }

    private void deliver() {
        store.delivered(store.events(10).stream().map(SettlementEvent::id).toList());
    }
}
