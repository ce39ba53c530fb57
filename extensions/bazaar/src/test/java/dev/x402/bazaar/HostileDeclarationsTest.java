package dev.x402.bazaar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.bazaar.Market.Reply;
import dev.x402.spec.Json;
import dev.x402.spi.PaymentExtension.FacilitatorSide;
import dev.x402.spi.plugins.Plugins;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ten thousand declarations of somebody who means no good, to a facilitator and out of 402s. */
final class HostileDeclarationsTest {
    private static final long SEED = 20261124;
    private static final int MANY = 10_000;
    private static final long SLOW = Duration.ofSeconds(1).toNanos();

    /** What is answered. */
    private enum Status {
        PROCESSING,
        SUCCESS,
        REJECTED
    }

    @Test
    void of_ten_thousand_hostile_declarations_nothing_is_listed_that_is_not_proven_and_nothing_is_slow() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        MemoryListings store = new MemoryListings();
        HandClock clock = new HandClock();
        Prober prober = Prober.builder(store, clock).loopback().build();
        Map<Status, Integer> counts = new EnumMap<>(Status.class);
        HostileDeclarations hostile = new HostileDeclarations(SEED);
        long slowest = 0;
        int probes = 0;
        try (Market market = new Market();
                Plugins plugins = Plugins.builder()
                        .add(new Coin())
                        .add(new Coin.Ground())
                        .add(new Coin.Purse())
                        .add(new BazaarExtension())
                        .port(Prober.class, prober)
                        .build()) {
            market.sells("/weather", "payee", 25);
            market.sells("/other", "somebody", 25);
            List<Json> said = new ArrayList<>();
            market.answers.put(
                    "GET /hostile",
                    exchange -> Reply.asks(Market.challenge(
                            market.url("/hostile"), "payee", 25, (Json.Obj) said.get(said.size() - 1))));
            FacilitatorSide facilitator = plugins.extensionFacilitators().get("bazaar");
            for (int i = 0; i < MANY; i++) {
                Json declaration = hostile.next();
                said.add(declaration instanceof Json.Obj obj ? obj : Json.Obj.EMPTY);
                String url = hostile.one(List.of(
                        market.url("/weather"),
                        market.url("/other"),
                        market.url("/hostile"),
                        market.url("/none" + i),
                        "https://169.254.169.254/latest",
                        "javascript:alert(1)",
                        "http://10.0.0.1/",
                        market.url("/weather/../admin")));
                long before = threads.getCurrentThreadCpuTime();
                Json answer = facilitator
                        .answer(Coin.payment(url, "payee"), declaration, true)
                        .orElseThrow();
                slowest = Math.max(slowest, threads.getCurrentThreadCpuTime() - before);
                String status = answer.cursor().member("status").text();
                counts.merge(Status.valueOf(status.toUpperCase(java.util.Locale.ROOT)), 1, Integer::sum);
                if (i % 100 == 99) {
                    probes += prober.lap();
                    clock.pass(Duration.ofMinutes(1));
                }
            }

            assertTrue(
                    Set.of(market.url("/weather"), market.url("/hostile"), market.url("/users/:id"))
                            .containsAll(store.listings.keySet().stream()
                                    .map(Listing.Key::resource)
                                    .toList()),
                    () -> store.listings.keySet().toString());
            store.listings.values().forEach(listing -> {
                assertEquals(List.of(Market.offer("payee", 25)), listing.accepts());
                assertEquals(
                        listing.declaration(),
                        Declared.read(listing.declaration()).json());
            });
            assertEquals(
                    Market.declared("GET"),
                    store.listings
                            .get(new Listing.Key("http", "GET", market.url("/weather")))
                            .declaration());
            assertTrue(
                    market.asked.stream().allMatch(asked -> asked.startsWith("GET ") || asked.startsWith("HEAD ")),
                    "only GET and HEAD are asked");
        }
        assertEquals(MANY, counts.values().stream().mapToInt(n -> n).sum());
        assertTrue(counts.get(Status.REJECTED) > MANY / 2, counts.toString());
        assertTrue(counts.get(Status.PROCESSING) > 50, counts.toString());
        assertTrue(probes > 50, "probes: " + probes);
        assertTrue(slowest < SLOW, "slowest answer: " + slowest + " ns of CPU");
    }
}
