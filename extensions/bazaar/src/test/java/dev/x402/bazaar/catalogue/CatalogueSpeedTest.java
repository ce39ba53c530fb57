package dev.x402.bazaar.catalogue;

import static dev.x402.bazaar.catalogue.Coins.DOLLAR;
import static dev.x402.bazaar.catalogue.Coins.SIDE_DOLLAR;
import static dev.x402.bazaar.catalogue.Coins.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.bazaar.Listing;
import dev.x402.http.Answer;
import dev.x402.spec.AtomicAmount;
import dev.x402.spi.plugins.Plugins;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts CPU time, which does not wait for other processes. */
class CatalogueSpeedTest {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueSpeedTest.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int LISTINGS = 100_000;
    private static final int SEED = 402;

    /** Few words are in most listings and most words in few, as in every language. */
    private static String word(Random random) {
        return "word" + (int) Math.pow(20_000, random.nextDouble());
    }

    private static Listing listing(int i, Random random) {
        StringBuilder description = new StringBuilder();
        for (int words = 0; words < 12; words++) {
            description.append(word(random)).append(' ');
        }
        return new Coins.Some("http", i % 5 == 0 ? "POST" : "GET", "https://host" + i / 100 + ".example/api/" + i)
                .name("Service " + i % 5_000)
                .description(description.toString())
                .tags("tag" + i % 20, "tag" + i % 7)
                .accepts(
                        offer(DOLLAR, 1 + random.nextInt(1_000_000), "payee" + i % 3_000),
                        offer(SIDE_DOLLAR, 1 + random.nextInt(1_000_000), "payee" + i % 3_000))
                .build();
    }

    private static String query(int i) {
        Random random = new Random(SEED * 31L + i);
        String words = i % 4 == 0 ? "api" : i % 4 == 1 ? word(random) : word(random) + "+" + word(random);
        String priced = "&network=coin:main&asset=dollar&maxAmount=" + (1 + random.nextInt(1_000_000));
        return "query=" + words + "&type=http&method=GET&scheme=exact"
                + (i % 3 == 0 ? priced + "&sort=price" : i % 3 == 1 ? priced : "&network=coin:*")
                + (i % 5 == 0 ? "&tags=tag3" : "");
    }

    /** The 99th percentile of milliseconds of CPU. */
    private static double p99(int calls, IntFunction<Object> call) {
        long[] nanos = new long[calls];
        for (int i = 0; i < calls; i++) {
            long begin = THREADS.getCurrentThreadCpuTime();
            call.apply(i);
            nanos[i] = THREADS.getCurrentThreadCpuTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos[(int) (calls * 0.99)] / 1e6;
    }

    @Test
    void a_filtered_full_text_page_over_100_000_listings_takes_at_most_50_ms() {
        Random random = new Random(SEED);
        Plugins plugins = Coins.plugins();
        InMemoryCatalogue store = InMemoryCatalogue.builder(plugins).build();
        List<Listing> all = new ArrayList<>();
        for (int i = 0; i < LISTINGS; i++) {
            Listing listing = listing(i, random);
            assertTrue(store.put(listing));
            all.add(listing);
        }
        DiscoveryEndpoints endpoints = DiscoveryEndpointsTest.over(store, new byte[32]);
        IntFunction<Object> page = i -> {
            Answer answer = endpoints.answer(DiscoveryEndpointsTest.asking("/discovery/search", query(i)));
            assertEquals(200, answer.status());
            return answer;
        };
        p99(200, page);
        double ours = p99(1_000, page);
        double scan = p99(20, i -> scan(all, "word" + i));
        LOG.warn(
                "a filtered full-text page over {} listings: {} ms of CPU at the 99th percentile; a look at every one: {} ms",
                LISTINGS,
                "%.1f".formatted(ours),
                "%.1f".formatted(scan));
        assertTrue(ours <= 50, "expected 50 ms of CPU at most, saw " + ours);
    }

    private static List<Listing> scan(List<Listing> all, String word) {
        AtomicAmount most = AtomicAmount.of(500_000);
        return all.stream()
                .filter(listing -> listing.accepts().stream()
                        .anyMatch(offer ->
                                offer.assetId().equals(DOLLAR) && offer.amount().compareTo(most) <= 0))
                .filter(listing ->
                        listing.description().toLowerCase(Locale.ROOT).contains(word))
                .limit(20)
                .toList();
    }
}
