package dev.x402.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.market.Time;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.RouteStore;
import dev.x402.spi.RouteStore.Route;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryRouteStoreTest extends RouteStoreContract {
    private final Time time = new Time();

    @Override
    RouteStore store() {
        return InMemoryRouteStore.of(time);
    }

    @Test
    void a_binding_is_kept_for_its_time_after_its_last_use() {
        RouteStore store = InMemoryRouteStore.of(time, Duration.ofHours(1), 10);
        store.bind(KEY, "north");
        time.pass(Duration.ofMinutes(59));
        assertEquals(Optional.of("north"), store.find(KEY));
        time.pass(Duration.ofMinutes(59));
        assertEquals(Optional.of("north"), store.find(KEY));
        time.pass(Duration.ofHours(1));
        assertEquals(Optional.empty(), store.find(KEY));
    }

    @Test
    void a_full_store_refuses_and_drops_nothing() {
        RouteStore store = InMemoryRouteStore.of(time, Duration.ofHours(1), 1);
        store.bind(KEY, "north");
        PaymentKey other = new PaymentKey("coin:main/alice/2");

        assertEquals(
                "routes: expected room, saw 1 of 1 bindings taken; enlarge the store or keep them less long",
                assertThrows(IllegalStateException.class, () -> store.bind(other, "north"))
                        .getMessage());
        assertEquals(new Route("north", 2), store.bind(KEY, "south"));
        time.pass(Duration.ofHours(1));
        assertEquals(new Route("south", 1), store.bind(other, "south"));
    }
}
