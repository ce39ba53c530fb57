package dev.x402.bazaar.catalogue;

import static dev.x402.bazaar.catalogue.Coins.DOLLAR;
import static dev.x402.bazaar.catalogue.Coins.MAIN;
import static dev.x402.bazaar.catalogue.Coins.NOON;
import static dev.x402.bazaar.catalogue.Coins.SIDE;
import static dev.x402.bazaar.catalogue.Coins.SIDE_DOLLAR;
import static dev.x402.bazaar.catalogue.Coins.listing;
import static dev.x402.bazaar.catalogue.Coins.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.bazaar.Listing;
import dev.x402.bazaar.Listing.Health;
import dev.x402.bazaar.catalogue.Search.Order;
import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.NetworkPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every catalogue must do. */
abstract class CatalogueStoreContract {
    /** An empty store with room for 1,000 listings, 500 of one origin, that knows the spellings of {@link Coins}. */
    abstract CatalogueStore store();

    private static List<String> paths(Page page) {
        return page.listings().stream()
                .map(listing -> listing.key().resource().substring("https://shop.example".length()))
                .toList();
    }

    private static List<String> found(CatalogueStore store, Search.Builder search) {
        return paths(store.page(search.build()));
    }

    @Test
    void what_was_put_is_found_by_its_key() {
        CatalogueStore store = store();
        Listing listing = listing("/a").description("one").build();
        assertTrue(store.put(listing));
        assertEquals(Optional.of(listing), store.find(listing.key()));
    }

    @Test
    void tools_of_one_address_and_methods_of_one_path_are_listed_each() {
        CatalogueStore store = store();
        String mcp = "https://shop.example/mcp";
        List<Listing> all = List.of(
                new Coins.Some("mcp", "weather", mcp).build(),
                new Coins.Some("mcp", "tides", mcp).build(),
                new Coins.Some("http", "GET", mcp).build(),
                new Coins.Some("http", "POST", mcp).build());
        all.forEach(store::put);
        assertEquals(4, store.page(Search.builder().build()).total());
        all.forEach(listing -> assertEquals(Optional.of(listing), store.find(listing.key())));
    }

    @Test
    void the_newest_stands_first_and_keeps_its_place_when_it_is_put_again() {
        CatalogueStore store = store();
        store.put(listing("/a").build());
        store.put(listing("/b").build());
        store.put(listing("/a").description("changed").build());
        assertEquals(List.of("/b", "/a"), found(store, Search.builder()));
    }

    @Test
    void what_is_put_again_is_found_by_its_new_words_only() {
        CatalogueStore store = store();
        store.put(listing("/a").description("rain in Lisbon").build());
        store.put(listing("/a").description("sun in Lisbon").build());
        assertEquals(List.of(), found(store, Search.builder().text("rain")));
        assertEquals(List.of("/a"), found(store, Search.builder().text("sun lisbon")));
    }

    @Test
    void all_words_must_be_there_whatever_their_case_accents_and_place() {
        CatalogueStore store = store();
        store.put(listing("/meteo")
                .name("Café Météo")
                .description("tomorrow's weather")
                .tags("forecast")
                .build());
        store.put(listing("/other").description("weather of yesterday").build());
        assertEquals(List.of("/meteo"), found(store, Search.builder().text("WEATHER meteo")));
        assertEquals(List.of("/meteo"), found(store, Search.builder().text("cafe, forecast!")));
        assertEquals(List.of("/other", "/meteo"), found(store, Search.builder().text("shop example")));
        assertEquals(List.of(), found(store, Search.builder().text("weather snow")));
    }

    @Test
    void an_ideograph_is_a_word() {
        CatalogueStore store = store();
        store.put(listing("/a").description("東京の天気").build());
        assertEquals(List.of("/a"), found(store, Search.builder().text("天気")));
    }

    @Test
    void filters_by_type_operation_name_tags_and_extension() {
        CatalogueStore store = store();
        store.put(listing("/a").name("Sky").tags("Weather", "eu").build());
        store.put(new Coins.Some("mcp", "rain", "https://shop.example/b")
                .declaration(Json.Obj.EMPTY.with("info", Json.Obj.EMPTY))
                .build());
        assertEquals(List.of("/b"), found(store, Search.builder().type("mcp")));
        assertEquals(List.of("/b"), found(store, Search.builder().operation("rain")));
        assertEquals(List.of("/a"), found(store, Search.builder().operation("GET")));
        assertEquals(List.of("/a"), found(store, Search.builder().name("sky")));
        assertEquals(List.of("/a"), found(store, Search.builder().tag("EU").tag("weather")));
        assertEquals(List.of(), found(store, Search.builder().tag("eu").tag("us")));
        assertEquals(List.of("/b"), found(store, Search.builder().extension("bazaar")));
        assertEquals(List.of(), found(store, Search.builder().extension("other")));
    }

    @Test
    void filters_by_network_family_scheme_asset_and_payee_in_any_spelling() {
        CatalogueStore store = store();
        store.put(listing("/main").accepts(offer(DOLLAR, 5, "Alice")).build());
        store.put(listing("/side").accepts(offer(SIDE_DOLLAR, 5, "bob")).build());
        assertEquals(List.of("/main"), found(store, Search.builder().network(NetworkPattern.of(MAIN))));
        assertEquals(List.of("/side", "/main"), found(store, Search.builder().network(NetworkPattern.parse("coin:*"))));
        assertEquals(List.of(), found(store, Search.builder().network(NetworkPattern.parse("eip155:*"))));
        assertEquals(List.of("/side", "/main"), found(store, Search.builder().scheme("exact")));
        assertEquals(List.of(), found(store, Search.builder().scheme("upto")));
        assertEquals(List.of("/side"), found(store, Search.builder().asset(new AssetId(SIDE, "DOLLAR"))));
        assertEquals(List.of("/main"), found(store, Search.builder().payTo("ALICE")));
    }

    @Test
    void network_asset_payee_and_price_are_those_of_one_offer() {
        CatalogueStore store = store();
        store.put(listing("/two")
                .accepts(offer(DOLLAR, 900, "alice"), offer(SIDE_DOLLAR, 5, "bob"))
                .build());
        assertEquals(
                List.of(),
                found(store, Search.builder().network(NetworkPattern.of(MAIN)).payTo("bob")));
        assertEquals(List.of(), found(store, Search.builder().asset(DOLLAR).most(AtomicAmount.of(10))));
        assertEquals(
                List.of("/two"),
                found(store, Search.builder().asset(SIDE_DOLLAR).most(AtomicAmount.of(10))));
    }

    @Test
    void prices_are_compared_exactly_and_the_bounds_belong_to_the_range() {
        CatalogueStore store = store();
        AtomicAmount huge = AtomicAmount.parse("9".repeat(70) + "1");
        AtomicAmount more = AtomicAmount.parse("9".repeat(70) + "2");
        store.put(listing("/huge")
                .accepts(offer(DOLLAR, 1, "alice").withAmount(huge))
                .build());
        store.put(listing("/more")
                .accepts(offer(DOLLAR, 1, "alice").withAmount(more))
                .build());
        assertEquals(
                List.of("/huge"), found(store, Search.builder().asset(DOLLAR).most(huge)));
        assertEquals(
                List.of("/more"), found(store, Search.builder().asset(DOLLAR).least(more)));
        assertEquals(
                List.of("/more"),
                found(store, Search.builder().asset(DOLLAR).least(more).most(more)));
    }

    @Test
    void the_cheapest_offer_in_the_asset_orders_and_of_the_same_price_the_newest_is_first() {
        CatalogueStore store = store();
        store.put(listing("/ten").accepts(offer(DOLLAR, 10, "alice")).build());
        store.put(listing("/two")
                .accepts(offer(DOLLAR, 30, "alice"), offer(DOLLAR, 2, "alice"))
                .build());
        store.put(listing("/also-ten").accepts(offer(DOLLAR, 10, "alice")).build());
        store.put(listing("/elsewhere").accepts(offer(SIDE_DOLLAR, 1, "alice")).build());
        assertEquals(
                List.of("/two", "/also-ten", "/ten"),
                found(store, Search.builder().asset(DOLLAR).order(Order.PRICE)));
    }

    @Test
    void a_tombstone_is_on_no_page_and_begins_anew_when_it_is_listed_again() {
        CatalogueStore store = store();
        Listing first = listing("/a").build();
        store.put(first);
        store.put(listing("/b").build());
        store.put(listing("/a").health(Health.GONE).build());
        assertEquals(List.of("/b"), found(store, Search.builder()));
        assertEquals(Health.GONE, store.find(first.key()).orElseThrow().health());
        store.put(first);
        assertEquals(List.of("/a", "/b"), found(store, Search.builder()));
    }

    @Test
    void a_failing_listing_is_still_shown() {
        CatalogueStore store = store();
        store.put(listing("/a").health(Health.FAILING).build());
        assertEquals(List.of("/a"), found(store, Search.builder()));
    }

    @Test
    void what_was_removed_is_found_no_more() {
        CatalogueStore store = store();
        Listing listing = listing("/a").build();
        store.put(listing);
        store.remove(listing.key());
        store.remove(listing.key());
        assertEquals(Optional.empty(), store.find(listing.key()));
        assertEquals(List.of(), found(store, Search.builder()));
        assertEquals(List.of(), store.due(NOON, 10));
    }

    @Test
    void what_is_due_comes_the_earliest_first_tombstones_too() {
        CatalogueStore store = store();
        store.put(listing("/late").next(NOON.plusSeconds(1)).build());
        store.put(listing("/noon").next(NOON).build());
        store.put(
                listing("/gone").next(NOON.minusSeconds(5)).health(Health.GONE).build());
        assertEquals(
                List.of("https://shop.example/gone", "https://shop.example/noon"),
                store.due(NOON, 10).stream()
                        .map(listing -> listing.key().resource())
                        .toList());
        assertEquals(1, store.due(NOON, 1).size());
        store.put(listing("/gone").next(NOON.plusSeconds(9)).health(Health.GONE).build());
        assertEquals(1, store.due(NOON, 10).size());
    }

    @Test
    void a_full_store_refuses_the_new_and_still_takes_the_known() {
        CatalogueStore store = store();
        for (int i = 0; i < 1_000; i++) {
            assertTrue(store.put(new Coins.Some("http", "GET", "https://h" + i % 4 + ".example/" + i).build()));
        }
        assertFalse(store.put(listing("/new").build()));
        assertTrue(store.put(new Coins.Some("http", "GET", "https://h0.example/0")
                .description("again")
                .build()));
    }

    @Test
    void one_origin_does_not_fill_the_store() {
        CatalogueStore store = store();
        for (int i = 0; i < 500; i++) {
            assertTrue(store.put(listing("/" + i).build()));
        }
        assertFalse(store.put(listing("/new").build()));
        assertTrue(store.put(new Coins.Some("http", "GET", "https://other.example/").build()));
        store.remove(listing("/0").build().key());
        assertTrue(store.put(listing("/new").build()));
    }

    @Test
    void offset_and_limit_page_through_all_and_the_total_is_that_of_all() {
        CatalogueStore store = store();
        for (int i = 0; i < 7; i++) {
            store.put(listing("/" + i).build());
        }
        Page page = store.page(Search.builder().limit(3).offset(3).build());
        assertEquals(List.of("/3", "/2", "/1"), paths(page));
        assertEquals(7, page.total());
        assertTrue(page.more());
        assertFalse(store.page(Search.builder().limit(3).offset(4).build()).more());
        assertEquals(List.of(), found(store, Search.builder().offset(100)));
    }

    @Test
    void positions_lead_through_what_stays_once_whatever_comes_and_goes_meanwhile() {
        CatalogueStore store = store();
        Random random = new Random(402);
        for (int i = 0; i < 300; i++) {
            store.put(listing("/" + i).accepts(offer(DOLLAR, i % 40, "alice")).build());
        }
        for (Order order : Order.values()) {
            List<String> walked = new ArrayList<>();
            Optional<Page.Position> after = Optional.empty();
            boolean more = true;
            while (more) {
                Search.Builder search =
                        Search.builder().asset(DOLLAR).order(order).limit(7);
                after.ifPresent(search::after);
                Page page = store.page(search.build());
                walked.addAll(paths(page));
                more = page.more();
                after = Optional.of(page.hits().get(page.hits().size() - 1).position());
                int i = random.nextInt(300);
                store.put(listing("/" + i)
                        .description("seen again")
                        .accepts(offer(DOLLAR, i % 40, "alice"))
                        .build());
                store.put(listing("/new-" + random.nextInt(50)).build());
                store.remove(listing("/new-" + random.nextInt(50)).build().key());
            }
            walked.removeIf(path -> path.startsWith("/new"));
            assertEquals(300, walked.size(), order + ", seed 402");
            assertEquals(300, walked.stream().distinct().count(), order + ", seed 402");
        }
    }

    @Test
    void many_that_write_and_read_at_once_see_whole_listings() throws Exception {
        CatalogueStore store = store();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int mine = thread;
                done.add(threads.submit(() -> {
                    for (int i = 0; i < 60; i++) {
                        store.put(listing("/" + mine + "/" + i)
                                .description("common")
                                .build());
                        Page page = store.page(
                                Search.builder().text("common").limit(100).build());
                        assertTrue(page.total() > i, "lost its own listing");
                    }
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(480, store.page(Search.builder().text("common").build()).total());
    }

    @Test
    void finds_what_a_look_at_every_listing_finds() {
        Random random = new Random(8);
        CatalogueStore store = store();
        List<Listing> all = new ArrayList<>();
        String[] words = {"rain", "sun", "snow", "wind"};
        for (int i = 0; i < 400; i++) {
            AssetId asset = random.nextBoolean() ? DOLLAR : SIDE_DOLLAR;
            Listing listing = listing("/" + i)
                    .description(words[random.nextInt(4)] + " " + words[random.nextInt(4)])
                    .accepts(offer(asset, random.nextInt(20), random.nextBoolean() ? "alice" : "bob"))
                    .build();
            store.put(listing);
            all.add(0, listing);
        }
        for (int i = 0; i < 100; i++) {
            Listing gone = all.remove(random.nextInt(all.size()));
            store.remove(gone.key());
        }
        for (int i = 0; i < 200; i++) {
            String word = words[random.nextInt(4)];
            AtomicAmount most = AtomicAmount.of(random.nextInt(20));
            List<String> expected = all.stream()
                    .filter(listing -> Search.words(listing.description()).contains(word)
                            && listing.accepts().get(0).assetId().equals(DOLLAR)
                            && listing.accepts().get(0).payTo().equals("bob")
                            && listing.accepts().get(0).amount().compareTo(most) <= 0)
                    .map(listing -> listing.key().resource().substring("https://shop.example".length()))
                    .toList();
            assertEquals(
                    expected,
                    found(
                            store,
                            Search.builder()
                                    .text(word)
                                    .asset(DOLLAR)
                                    .payTo("bob")
                                    .most(most)
                                    .limit(100)),
                    "seed 8");
        }
    }
}
