package dev.x402.spi.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.SchemeServer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SidesTest {
    private static final Kind KIND = new Kind("exact", Network.parse("toy:1"));
    private static final String TOY = Toy.class.getName() + " ("
            + Toy.class.getProtectionDomain().getCodeSource().getLocation() + ")";
    private static final String CLOSED = "the plugins are closed: look up before close()";

    private static final Context CONTEXT = new Context(
            Clock.systemUTC(),
            new SecureRandom(),
            new Ports(Map.of()),
            Assets.of(List.of(), Rails.of(List.of(), new Problems()), new Problems()));

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void forget_earlier_lines() {
        LogKeeper.take();
    }

    @AfterEach
    void end_threads() {
        threads.shutdownNow();
    }

    private static Toy exact() {
        return new Toy("exact", "toy:*");
    }

    /** A client that writes its name when it is closed. */
    private static SchemeClient client(String name, List<String> closed) {
        return new Toy.Client() {
            @Override
            public void close() {
                closed.add(name);
            }
        };
    }

    // Creation

    @Test
    void creates_no_side_before_it_is_looked_up() {
        AtomicInteger created = new AtomicInteger();
        try (Plugins plugins = Plugins.builder()
                .add(exact().client(context -> {
                            created.incrementAndGet();
                            return Optional.empty();
                        })
                        .server(context -> Optional.of(new Toy.Server())))
                .build()) {
            plugins.server(KIND);
        }
        assertEquals(0, created.get());
    }

    @Test
    void creates_a_side_once_for_all_networks_of_a_plugin() {
        try (Plugins plugins = Plugins.builder()
                .add(exact().client(context -> Optional.of(new Toy.Client())))
                .build()) {
            assertSame(plugins.client(KIND), plugins.client(new Kind("exact", Network.parse("toy:2"))));
        }
    }

    @Test
    void asks_once_for_a_side_that_is_not_there() {
        AtomicInteger asked = new AtomicInteger();
        try (Plugins plugins = Plugins.builder()
                .add(exact().client(context -> {
                    asked.incrementAndGet();
                    return Optional.empty();
                }))
                .build()) {
            plugins.findClient(KIND);
            plugins.findClient(KIND);
        }
        assertEquals(1, asked.get());
    }

    @Test
    void names_the_plugin_whose_side_cannot_be_created() {
        IllegalStateException bang = new IllegalStateException("bang");
        try (Plugins plugins = Plugins.builder()
                .add(exact().client(context -> {
                    throw bang;
                }))
                .build()) {
            PluginConfigurationException failure =
                    assertThrows(PluginConfigurationException.class, () -> plugins.client(KIND));

            assertEquals(
                    "the plugins cannot be used:\n  1. " + TOY + ": client() of exact on toy:*:"
                            + " expected a value, threw java.lang.IllegalStateException: bang",
                    failure.getMessage());
            assertSame(bang, failure.getCause());
        }
    }

    @Test
    void tries_again_after_a_side_could_not_be_created() {
        AtomicInteger asked = new AtomicInteger();
        try (Plugins plugins = Plugins.builder()
                .add(exact().client(context -> {
                    if (asked.getAndIncrement() == 0) {
                        throw new IllegalStateException("bang");
                    }
                    return Optional.of(new Toy.Client());
                }))
                .build()) {
            assertThrows(PluginConfigurationException.class, () -> plugins.client(KIND));
            assertTrue(plugins.findClient(KIND).isPresent());
        }
    }

    @Test
    void passes_on_that_a_rail_is_unavailable_and_names_the_plugin() {
        try (Plugins plugins = Plugins.builder()
                .add(exact().client(context -> {
                    throw new RailUnavailableException("toy:1: no answer");
                }))
                .build()) {
            assertEquals(
                    TOY + ": client() of exact on toy:*: toy:1: no answer",
                    assertThrows(RailUnavailableException.class, () -> plugins.client(KIND))
                            .getMessage());
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void names_the_plugin_that_returns_null_for_a_side() {
        try (Plugins plugins =
                Plugins.builder().add(exact().server(context -> null)).build()) {
            assertEquals(
                    List.of(TOY + ": server() of exact on toy:*: expected a value, saw null"),
                    assertThrows(PluginConfigurationException.class, () -> plugins.server(KIND))
                            .problems());
        }
    }

    @Test
    void refuses_and_closes_a_facilitator_of_networks_beyond_its_pattern() {
        List<String> closed = new ArrayList<>();
        SchemeFacilitator facilitator = new Toy.Facilitator("exact", "toy:1", "boy:1") {
            @Override
            public void close() {
                closed.add("facilitator");
            }
        };
        try (Plugins plugins = Plugins.builder()
                .add(exact().facilitator(context -> Optional.of(facilitator)))
                .build()) {
            assertEquals(
                    List.of(TOY + ": networks() of the facilitator of exact on toy:*:"
                            + " expected networks of toy:*, saw boy:1"),
                    assertThrows(PluginConfigurationException.class, plugins::facilitatorKinds)
                            .problems());
        }
        assertEquals(List.of("facilitator"), closed);
    }

    @Test
    @SuppressWarnings("NullAway")
    void refuses_a_facilitator_without_networks() {
        SchemeFacilitator facilitator = new Toy.Facilitator("exact") {
            @Override
            public Set<Network> networks() {
                return null;
            }
        };
        try (Plugins plugins = Plugins.builder()
                .add(exact().facilitator(context -> Optional.of(facilitator)))
                .build()) {
            assertEquals(
                    List.of(TOY + ": networks() of the facilitator of exact on toy:*: expected a value, saw null"),
                    assertThrows(PluginConfigurationException.class, () -> plugins.findFacilitator(KIND))
                            .problems());
        }
    }

    @Test
    void refuses_a_port_that_looks_up_the_side_that_is_being_created() {
        AtomicReference<Plugins> self = new AtomicReference<>();
        try (Plugins plugins = Plugins.builder()
                .add(exact().client(context -> self.get().findClient(KIND)))
                .build()) {
            self.set(plugins);

            assertEquals(
                    List.of(TOY + ": client() of exact on toy:*: expected a value, threw"
                            + " java.lang.IllegalStateException: " + TOY + ": client() of exact on toy:*:"
                            + " looked up while it is created; a port must not look up plugins"),
                    assertThrows(PluginConfigurationException.class, () -> plugins.client(KIND))
                            .problems());
        }
    }

    // Closing

    @Test
    void closes_the_sides_that_were_created_newest_first() {
        List<String> closed = new ArrayList<>();
        Plugins plugins = Plugins.builder()
                .add(new Toy("a", "toy:*").client(context -> Optional.of(client("a", closed))))
                .add(new Toy("b", "toy:*").client(context -> Optional.of(client("b", closed))))
                .add(new Toy("c", "toy:*").client(context -> Optional.of(client("c", closed))))
                .build();
        for (String scheme : List.of("c", "a")) {
            plugins.client(new Kind(scheme, Network.parse("toy:1")));
        }

        plugins.close();

        assertEquals(List.of("a", "c"), closed);
    }

    @Test
    void closes_once_however_often_it_is_told() {
        List<String> closed = new ArrayList<>();
        Plugins plugins = Plugins.builder()
                .add(exact().client(context -> Optional.of(client("a", closed))))
                .build();
        plugins.client(KIND);

        plugins.close();
        plugins.close();

        assertEquals(List.of("a"), closed);
    }

    @Test
    void closes_once_an_object_that_is_two_sides() {
        AtomicInteger closed = new AtomicInteger();
        class Both extends Toy.Client implements SchemeServer {
            @Override
            public PaymentRequirements complete(PaymentRequirements draft, SupportedKind kind, Instant by) {
                return draft;
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        }
        Both both = new Both();
        try (Plugins plugins = Plugins.builder()
                .add(exact().client(context -> Optional.of(both)).server(context -> Optional.of(both)))
                .build()) {
            plugins.client(KIND);
            plugins.server(KIND);
        }
        assertEquals(1, closed.get());
    }

    @Test
    void closes_every_side_although_some_throw_and_logs_it_once() {
        List<String> closed = new ArrayList<>();
        RuntimeException first = new IllegalStateException("first");
        Error second = new AssertionError("second");
        Plugins plugins = Plugins.builder()
                .add(new Toy("a", "toy:*").client(context -> Optional.of(client("a", closed))))
                .add(new Toy("b", "toy:*")
                        .client(context -> Optional.of(new Toy.Client() {
                            @Override
                            public void close() {
                                throw second;
                            }
                        })))
                .add(new Toy("c", "toy:*")
                        .client(context -> Optional.of(new Toy.Client() {
                            @Override
                            public void close() {
                                throw first;
                            }
                        })))
                .build();
        for (String scheme : List.of("a", "b", "c")) {
            plugins.client(new Kind(scheme, Network.parse("toy:1")));
        }
        LogKeeper.take();

        plugins.close();

        assertEquals(List.of("a"), closed);
        assertEquals(List.of(new LogKeeper.Line(Level.WARN, "closing the plugins failed", first)), LogKeeper.take());
        assertEquals(List.of(second), Arrays.asList(first.getSuppressed()));
    }

    @Test
    void leaves_ports_open() {
        AtomicInteger closed = new AtomicInteger();
        AutoCloseable port = closed::incrementAndGet;
        try (Plugins plugins = Plugins.builder()
                .port(AutoCloseable.class, port)
                .add(exact().client(context -> context.port(AutoCloseable.class).map(given -> new Toy.Client())))
                .build()) {
            plugins.client(KIND);
        }
        assertEquals(0, closed.get());
    }

    @Test
    void looks_up_no_scheme_and_no_side_after_closing() {
        Plugins plugins = Plugins.builder()
                .add(exact().client(context -> Optional.of(new Toy.Client())))
                .build();
        plugins.client(KIND);
        plugins.close();

        for (Callable<?> lookUp : List.<Callable<?>>of(
                () -> plugins.scheme(KIND),
                () -> plugins.client(KIND),
                () -> plugins.findClient(KIND),
                () -> plugins.server(KIND),
                () -> plugins.findServer(KIND),
                () -> plugins.facilitator(KIND),
                () -> plugins.findFacilitator(KIND),
                plugins::facilitatorKinds)) {
            assertEquals(
                    CLOSED,
                    assertThrows(IllegalStateException.class, lookUp::call).getMessage());
        }
    }

    @Test
    void still_says_what_was_loaded_after_closing() {
        Plugins plugins = Plugins.builder().add(exact()).build();

        plugins.close();

        assertEquals(1, plugins.loaded().size());
    }

    // Threads

    @Test
    void closes_a_side_whose_creation_ends_after_the_registry_was_closed() throws Exception {
        CountDownLatch creating = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        List<String> closed = new ArrayList<>();
        Plugins plugins = Plugins.builder()
                .add(exact().client(context -> {
                    creating.countDown();
                    await(closing);
                    return Optional.of(client("late", closed));
                }))
                .build();
        Future<SchemeClient> late = threads.submit(() -> plugins.client(KIND));
        creating.await();

        plugins.close();
        closing.countDown();

        Throwable failure = assertThrows(ExecutionException.class, late::get).getCause();
        assertEquals(new IllegalStateException(CLOSED).toString(), failure.toString());
        assertEquals(List.of("late"), closed);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void creates_other_sides_while_one_is_being_created() throws Exception {
        CountDownLatch creating = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(1);
        try (Plugins plugins = Plugins.builder()
                .add(exact().client(context -> {
                            creating.countDown();
                            await(other);
                            return Optional.of(new Toy.Client());
                        })
                        .server(context -> Optional.of(new Toy.Server())))
                .build()) {
            Future<SchemeClient> slow = threads.submit(() -> plugins.client(KIND));
            creating.await();

            plugins.server(KIND);
            assertFalse(slow.isDone());

            other.countDown();
            slow.get();
        }
    }

    @Test
    void creates_a_side_once_for_many_threads() throws Exception {
        int width = 8;
        CyclicBarrier start = new CyclicBarrier(width);
        for (int round = 0; round < 300; round++) {
            AtomicInteger created = new AtomicInteger();
            try (Plugins plugins = Plugins.builder()
                    .add(exact().client(context -> {
                        created.incrementAndGet();
                        return Optional.of(new Toy.Client());
                    }))
                    .build()) {
                List<Future<SchemeClient>> seen = new ArrayList<>();
                for (int thread = 0; thread < width; thread++) {
                    seen.add(threads.submit(() -> {
                        start.await();
                        return plugins.client(KIND);
                    }));
                }
                for (Future<SchemeClient> client : seen) {
                    assertSame(plugins.client(KIND), client.get());
                }
            }
            assertEquals(1, created.get());
        }
    }

    @Test
    void creates_a_side_once_for_two_threads_that_come_at_the_same_moment() throws Exception {
        int rounds = 50_000;
        AtomicInteger[] created = new AtomicInteger[rounds];
        List<Side<SchemeClient>> sides = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            AtomicInteger count = created[round] = new AtomicInteger();
            sides.add(new Side<>(
                    "toy",
                    context -> {
                        count.incrementAndGet();
                        return Optional.empty();
                    },
                    side -> {},
                    CONTEXT,
                    new OpenSides()));
        }
        AtomicInteger arrivals = new AtomicInteger();
        Callable<Void> visitor = () -> {
            for (int round = 0; round < rounds; round++) {
                arrivals.incrementAndGet();
                while (arrivals.get() < 2 * (round + 1)) {
                    Thread.yield();
                }
                sides.get(round).find();
            }
            return null;
        };
        Future<Void> one = threads.submit(visitor);
        Future<Void> two = threads.submit(visitor);
        one.get();
        two.get();

        for (AtomicInteger count : created) {
            assertEquals(1, count.get());
        }
    }

    @Test
    void closes_every_created_side_once_whoever_looks_up_and_closes_meanwhile() throws Exception {
        int schemes = 4;
        CyclicBarrier start = new CyclicBarrier(2 * schemes);
        int created = 0;
        int refused = 0;
        for (int round = 0; round < 500; round++) {
            ConcurrentLinkedQueue<AtomicInteger> closings = new ConcurrentLinkedQueue<>();
            Plugins.Builder builder = Plugins.builder();
            for (int scheme = 0; scheme < schemes; scheme++) {
                builder.add(new Toy("s" + scheme, "toy:*").client(context -> {
                    AtomicInteger closed = new AtomicInteger();
                    closings.add(closed);
                    return Optional.of(new Toy.Client() {
                        @Override
                        public void close() {
                            closed.incrementAndGet();
                        }
                    });
                }));
            }
            Plugins plugins = builder.build();
            List<Future<Boolean>> lookUps = new ArrayList<>();
            List<Future<?>> closers = new ArrayList<>();
            for (int thread = 0; thread < schemes; thread++) {
                Kind kind = new Kind("s" + thread, Network.parse("toy:1"));
                lookUps.add(threads.submit(() -> {
                    start.await();
                    try {
                        plugins.client(kind);
                        return true;
                    } catch (IllegalStateException closed) {
                        return false;
                    }
                }));
                closers.add(threads.submit(() -> {
                    start.await();
                    plugins.close();
                    return null;
                }));
            }
            for (Future<Boolean> lookUp : lookUps) {
                if (!lookUp.get()) {
                    refused++;
                }
            }
            for (Future<?> closer : closers) {
                closer.get();
            }
            for (AtomicInteger closed : closings) {
                assertEquals(1, closed.get());
                created++;
            }
        }
        assertTrue(created > 0 && refused > 0, created + " created, " + refused + " refused");
    }
}
