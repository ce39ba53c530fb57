package dev.x402.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spi.PaymentKey;
import dev.x402.spi.RouteStore;
import dev.x402.spi.RouteStore.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of routes must do. */
abstract class RouteStoreContract {
    static final PaymentKey KEY = new PaymentKey("coin:main/alice/1");

    abstract RouteStore store();

    @Test
    void a_payment_that_was_never_bound_is_not_found() {
        assertEquals(Optional.empty(), store().find(KEY));
    }

    @Test
    void the_first_binding_holds() {
        RouteStore store = store();
        assertEquals(new Route("north", 1), store.bind(KEY, "north"));
        assertEquals(new Route("north", 2), store.bind(KEY, "south"));
        assertEquals(Optional.of("north"), store.find(KEY));
    }

    @Test
    void a_binding_that_was_asked_once_can_be_released() {
        RouteStore store = store();
        store.bind(KEY, "north");
        assertTrue(store.release(KEY, "north"));
        assertEquals(new Route("south", 1), store.bind(KEY, "south"));
    }

    @Test
    void a_binding_that_was_asked_twice_is_never_released() {
        RouteStore store = store();
        store.bind(KEY, "north");
        store.bind(KEY, "north");
        assertFalse(store.release(KEY, "north"));
        assertEquals(Optional.of("north"), store.find(KEY));
    }

    @Test
    void a_binding_of_another_is_not_released() {
        RouteStore store = store();
        store.bind(KEY, "north");
        assertFalse(store.release(KEY, "south"));
        assertFalse(store.release(new PaymentKey("coin:main/alice/2"), "north"));
        assertEquals(Optional.of("north"), store.find(KEY));
    }

    @Test
    void of_many_that_bind_at_once_one_wins_and_all_are_counted() throws Exception {
        RouteStore store = store();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Route>> routes = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String name = "f" + i;
                routes.add(threads.submit(() -> store.bind(KEY, name)));
            }
            List<Long> askings = new ArrayList<>();
            for (Future<Route> route : routes) {
                assertEquals(store.find(KEY).orElseThrow(), route.get().facilitator());
                askings.add(route.get().askings());
            }
            assertEquals(64, askings.stream().distinct().count());
        } finally {
            threads.shutdownNow();
        }
    }
}
