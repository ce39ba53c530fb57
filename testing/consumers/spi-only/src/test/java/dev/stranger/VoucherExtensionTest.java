package dev.stranger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension.Access;
import dev.x402.spi.PaymentExtension.ServerSide;
import dev.x402.spi.PaymentExtension.Store;
import dev.x402.spi.PaymentExtension.Visit;
import dev.x402.spi.plugins.Plugins;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VoucherExtensionTest {
    /** A store of a stranger, who has all the room in the world and no clock. */
    private static final class Drawer implements Store {
        private final Map<String, Bytes> values = new ConcurrentHashMap<>();

        @Override
        public Optional<Bytes> find(String space, String key) {
            return Optional.ofNullable(values.get(space + "/" + key));
        }

        @Override
        public Written write(String space, String key, Optional<Bytes> seen, Optional<Bytes> next, Instant until) {
            String name = space + "/" + key;
            boolean done = seen.isEmpty()
                    ? next.isEmpty() || values.putIfAbsent(name, next.get()) == null
                    : next.isEmpty() ? values.remove(name, seen.get()) : values.replace(name, seen.get(), next.get());
            return done ? Written.DONE : Written.CHANGED;
        }
    }

    private final Store store = new Drawer();
    private final Plugins plugins =
            Plugins.builder().discover().port(Store.class, store).build();
    private final ServerSide door = plugins.extensionServers().get("voucher");

    @AfterEach
    void close() {
        plugins.close();
    }

    private Access showing(String code) {
        return door.enter(new Visit(
                "", "GET", "cake", "", Map.of(), "/cake", "", "", ResourceInfo.of("https://baker.example/cake"),
                Optional.empty(), Map.of("Voucher", code)));
    }

    @Test
    void a_voucher_lets_its_bearer_in_once() {
        assertTrue(VoucherExtension.give(store, "spring-7", "ann", Instant.MAX));
        assertEquals("ann", assertInstanceOf(Access.Granted.class, showing("spring-7")).account());
        assertEquals(
                "voucher_unknown",
                assertInstanceOf(Access.Denied.class, showing("spring-7")).code().value());
    }

    @Test
    void a_voucher_whose_bearer_got_nothing_is_good_again() {
        assertTrue(VoucherExtension.give(store, "spring-7", "ann", Instant.MAX));
        assertInstanceOf(Access.Granted.class, showing("spring-7")).pass().ended(false);
        assertInstanceOf(Access.Granted.class, showing("spring-7"));
    }
}
