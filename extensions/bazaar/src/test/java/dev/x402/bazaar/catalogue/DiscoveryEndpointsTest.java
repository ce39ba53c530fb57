package dev.x402.bazaar.catalogue;

import static dev.x402.bazaar.catalogue.Coins.DOLLAR;
import static dev.x402.bazaar.catalogue.Coins.listing;
import static dev.x402.bazaar.catalogue.Coins.offer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.bazaar.Listing;
import dev.x402.http.Answer;
import dev.x402.http.IncomingRequest;
import dev.x402.http.PathView;
import dev.x402.spec.Codec;
import dev.x402.spec.DiscoveredResource;
import dev.x402.spec.DiscoveryResponse;
import dev.x402.spec.DiscoverySearchResponse;
import dev.x402.spec.Json;
import dev.x402.spi.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiscoveryEndpointsTest {
    private final CatalogueStore store =
            InMemoryCatalogue.builder(Coins.plugins()).build();
    private final DiscoveryEndpoints endpoints = over(store, new byte[32]);

    static DiscoveryEndpoints over(CatalogueStore store, byte[] key) {
        return DiscoveryEndpoints.builder(store, Coins.plugins(), Bytes.of(key)).build();
    }

    static IncomingRequest asking(String path, String query) {
        return new Asking("GET", path, query, Map.of());
    }

    private record Asking(String method, String rawPath, String query, Map<String, String> header)
            implements IncomingRequest {
        @Override
        public Optional<String> path() {
            return PathView.of(rawPath);
        }

        @Override
        public List<String> headers(String name) {
            return Optional.ofNullable(header.get(name)).stream().toList();
        }

        @Override
        public Optional<Bytes> body(int limit) {
            return Optional.of(Bytes.of(new byte[0]));
        }
    }

    private Answer get(String path, String query) {
        return endpoints.answer(new Asking("GET", path, query, Map.of()));
    }

    private DiscoveryResponse resources(String query) {
        return Codec.DISCOVERY_RESPONSE.read(
                get("/discovery/resources", query).body().toArray());
    }

    private DiscoverySearchResponse search(String query) {
        Answer answer = get("/discovery/search", query);
        assertEquals(200, answer.status());
        return Codec.DISCOVERY_SEARCH_RESPONSE.read(answer.body().toArray());
    }

    private String refusal(String query) {
        Answer answer = get("/discovery/search", query);
        Json.Obj body = Codec.JSON.read(answer.body().toArray()).cursor().object();
        assertEquals(400, answer.status());
        assertEquals(Optional.of("invalid_parameter"), body.text("error"));
        assertEquals(Optional.of("no-store"), answer.header("Cache-Control"));
        return body.text("message").orElseThrow();
    }

    private static List<String> paths(List<DiscoveredResource> resources) {
        return resources.stream()
                .map(resource -> resource.resource().substring("https://shop.example".length()))
                .toList();
    }

    @Test
    void lists_as_the_reference_reads_it() {
        Json.Obj declaration = Json.Obj.EMPTY.with(
                "info",
                Json.Obj.EMPTY.with("input", Json.Obj.EMPTY.with("type", "http").with("method", "GET")));
        store.put(listing("/weather/:city")
                .name("Sky")
                .description("the weather")
                .tags("weather")
                .declaration(declaration)
                .build());
        assertEquals(
                "{\"x402Version\":2,\"items\":[{\"resource\":\"https://shop.example/weather/:city\",\"type\":\"http\","
                        + "\"x402Version\":2,\"accepts\":[{\"scheme\":\"exact\",\"network\":\"coin:main\","
                        + "\"amount\":\"10000\",\"asset\":\"dollar\",\"payTo\":\"alice\",\"maxTimeoutSeconds\":60,"
                        + "\"extra\":{}}],\"lastUpdated\":\"2026-11-24T12:00:00Z\",\"extensions\":{\"bazaar\":{\"info\":"
                        + "{\"input\":{\"type\":\"http\",\"method\":\"GET\"}}}},\"description\":\"the weather\","
                        + "\"mimeType\":\"application/json\",\"serviceName\":\"Sky\",\"tags\":[\"weather\"],"
                        + "\"metadata\":{\"method\":\"GET\",\"health\":\"live\",\"listed\":\"2026-11-24T12:00:00Z\","
                        + "\"source\":\"address\",\"provider\":\"Sky\"}}],"
                        + "\"pagination\":{\"limit\":20,\"offset\":0,\"total\":1,\"cursor\":null}}",
                new String(get("/discovery/resources", "").body().toArray(), UTF_8));
    }

    @Test
    void searches_by_everything_at_once() {
        store.put(listing("/dear")
                .description("weather")
                .accepts(offer(DOLLAR, 20_000, "alice"))
                .build());
        store.put(listing("/cheap")
                .description("weather")
                .accepts(offer(DOLLAR, 9_000, "alice"))
                .build());
        store.put(listing("/cheaper")
                .description("weather")
                .accepts(offer(DOLLAR, 8_000, "alice"))
                .build());
        store.put(listing("/other")
                .description("tides")
                .accepts(offer(DOLLAR, 1, "alice"))
                .build());
        assertEquals(
                List.of("/cheaper", "/cheap"),
                paths(search("query=weather&type=http&method=GET&scheme=exact&network=coin%3Amain&asset=DOLLAR"
                                + "&payTo=ALICE&minAmount=1&maxAmount=10000&sort=price")
                        .resources()));
    }

    @Test
    void a_page_of_nothing_says_so() {
        DiscoverySearchResponse none = search("query=nothing+at+all");
        assertEquals(List.of(), none.resources());
        assertEquals(
                Json.object()
                        .put("limit", 0)
                        .put("cursor", Json.Null.NULL)
                        .put("total", 0)
                        .build(),
                none.pagination());
    }

    @Test
    void pages_by_offset_as_the_reference_does() {
        for (int i = 0; i < 5; i++) {
            store.put(listing("/" + i).build());
        }
        DiscoveryResponse page = resources("limit=2&offset=2");
        assertEquals(List.of("/2", "/1"), paths(page.items()));
        assertEquals(Json.of(2), page.pagination().find("limit").orElseThrow());
        assertEquals(Json.of(2), page.pagination().find("offset").orElseThrow());
        assertEquals(Json.of(5), page.pagination().find("total").orElseThrow());
    }

    @Test
    void cursors_lead_through_all() {
        for (int i = 0; i < 25; i++) {
            store.put(listing("/" + i).description("weather").build());
        }
        List<String> walked = new ArrayList<>();
        String cursor = "";
        do {
            DiscoverySearchResponse page = search("query=weather&limit=10" + cursor);
            walked.addAll(paths(page.resources()));
            cursor = page.pagination()
                    .text("cursor")
                    .map(next -> "&cursor=" + next)
                    .orElse("");
        } while (!cursor.isEmpty());
        assertEquals(25, walked.size());
        assertEquals(25, new HashSet<>(walked).size());
    }

    @Test
    void a_cursor_that_was_changed_or_is_of_another_search_or_key_is_refused_by_name() {
        for (int i = 0; i < 3; i++) {
            store.put(listing("/" + i)
                    .description("weather")
                    .accepts(offer(DOLLAR, i + 1, "alice"))
                    .build());
        }
        String cursor =
                search("query=weather&limit=1").pagination().text("cursor").orElseThrow();
        String refused = "cursor: expected one that a page of this search gave, saw %d characters of something else";
        for (int i = 0; i < cursor.length() - 1; i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            String changed = cursor.substring(0, i) + other + cursor.substring(i + 1);
            assertEquals(refused.formatted(cursor.length()), refusal("query=weather&limit=1&cursor=" + changed));
        }
        assertEquals(refused.formatted(cursor.length()), refusal("query=tides&cursor=" + cursor));
        assertEquals(
                refused.formatted(cursor.length()),
                refusal("query=weather&network=coin:main&asset=dollar&sort=price&cursor=" + cursor));
        assertEquals(refused.formatted(3), refusal("query=weather&cursor=abc"));
        assertEquals(refused.formatted(6), refusal("query=weather&cursor=%7B%7D%24%24%24%24"));
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        assertEquals(
                400,
                over(store, otherKey)
                        .answer(new Asking("GET", "/discovery/search", "query=weather&cursor=" + cursor, Map.of()))
                        .status());
        assertEquals(
                2, search("query=weather&limit=2&cursor=" + cursor).resources().size());
    }

    @Test
    void every_parameter_that_is_out_of_bounds_is_named() {
        Map<String, String> refused = Map.ofEntries(
                Map.entry("limit=0", "limit: expected 1 to 100, saw \"0\""),
                Map.entry("limit=101", "limit: expected 1 to 100, saw \"101\""),
                Map.entry("limit=1e1", "limit: expected 1 to 100, saw \"1e1\""),
                Map.entry("limit=99999999999999999999", "limit: expected 1 to 100, saw \"99999999999999999999\""),
                Map.entry("limit=5&limit=6", "limit: expected one value, saw 2"),
                Map.entry("offset=-1", "offset: expected 0 to 1000000, saw \"-1\""),
                Map.entry("offset=1000001", "offset: expected 0 to 1000000, saw \"1000001\""),
                Map.entry("network=base", "network: expected CAIP-2 such as eip155:8453 or eip155:*, saw \"base\""),
                Map.entry("asset=dollar", "network: expected the one network of the asset, saw none"),
                Map.entry("asset=dollar&network=coin:*", "network: expected the one network of the asset, saw none"),
                Map.entry("maxAmount=5", "asset: expected the asset of maxAmount, saw none"),
                Map.entry("minAmount=5", "asset: expected the asset of minAmount, saw none"),
                Map.entry("maxAmount=0.5", "maxAmount: expected the asset's smallest units such as 10000, saw \"0.5\""),
                Map.entry(
                        "maxAmount=" + "9".repeat(100),
                        "maxAmount: expected the asset's smallest units such as 10000, saw 100 characters"),
                Map.entry("sort=price", "asset: expected the asset whose price is the order, saw none"),
                Map.entry("sort=best", "sort: expected listed or price, saw \"best\""),
                Map.entry("query=%21%3F", "query: expected 1 to 16 words, saw 0"),
                Map.entry(
                        "query=" + "a+b+c+d+e+f+g+h+i+".repeat(1) + "j+k+l+m+n+o+p+q",
                        "query: expected 1 to 16 words, saw 17"),
                Map.entry("query=" + "x".repeat(257), "query: expected at most 256 characters, saw 257 characters"),
                Map.entry("type=" + "x".repeat(33), "type: expected at most 32 characters, saw 33 characters"),
                Map.entry("payTo=" + "x".repeat(257), "payTo: expected at most 256 characters, saw 257 characters"),
                Map.entry("tags=a,b,c,d,e,f,g,h,i", "tags: expected at most 8 values, saw 9"),
                Map.entry(
                        "extensions=a&extensions=" + "x".repeat(65),
                        "extensions: expected at most 64 characters, saw 65 characters"),
                Map.entry("query=%zz", "query string: expected UTF-8 in percent signs, saw something else"),
                Map.entry("query=%ff", "query string: expected UTF-8 in percent signs, saw something else"),
                Map.entry("&".repeat(32), "query string: expected at most 32 parameters, saw 33"),
                Map.entry(
                        "a=" + "x".repeat(4096), "query string: expected at most 4096 characters, saw 4098 characters"),
                Map.entry("cursor=" + "x".repeat(129), "cursor: expected at most 128 characters, saw 129 characters"),
                Map.entry("offset=5&cursor=abcd", "offset: expected none beside a cursor, saw 5"));
        refused.forEach((query, message) -> assertEquals(message, refusal(query)));
    }

    @Test
    void what_is_absent_or_empty_or_unknown_narrows_nothing() {
        store.put(listing("/a").build());
        assertEquals(List.of("/a"), paths(search("").resources()));
        assertEquals(
                List.of("/a"),
                paths(search("query=&type=&network=&tags=&utm_source=x&flag").resources()));
    }

    @Test
    void a_page_of_large_listings_ends_early_and_the_next_goes_on() {
        Json.Obj large = Json.Obj.EMPTY.with("schema", Json.Obj.EMPTY.with("text", "x".repeat(4_000)));
        for (int i = 0; i < 60; i++) {
            store.put(listing("/" + i).declaration(large).build());
        }
        DiscoveryResponse page = resources("limit=100");
        int shown = page.items().size();
        assertTrue(shown > 5 && shown < 60, "saw " + shown);
        assertEquals(Json.of(shown), page.pagination().find("limit").orElseThrow());
        assertEquals(
                "/" + (59 - shown),
                paths(resources("limit=100&offset=" + shown).items()).get(0));
        String cursor = page.pagination().text("cursor").orElseThrow();
        assertEquals(
                "/" + (59 - shown),
                paths(resources("limit=100&cursor=" + cursor).items()).get(0));
    }

    @Test
    void a_listing_that_is_too_large_for_a_page_is_shown_without_its_declaration() {
        Json.Builder many = Json.object();
        for (int i = 0; i < 2_500; i++) {
            many.put("m" + i, i);
        }
        store.put(listing("/a").declaration(many.build()).build());
        DiscoveredResource shown = resources("").items().get(0);
        assertEquals("https://shop.example/a", shown.resource());
        assertEquals(null, shown.extensions());
    }

    @Test
    void a_known_answer_is_not_sent_again() {
        store.put(listing("/a").build());
        Answer first = get("/discovery/resources", "");
        assertEquals(Optional.of("public, max-age=15"), first.header("Cache-Control"));
        String tag = first.header("ETag").orElseThrow();
        Answer again =
                endpoints.answer(new Asking("GET", "/discovery/resources", "", Map.of("If-None-Match", "W/" + tag)));
        assertEquals(304, again.status());
        assertEquals(0, again.body().size());
        store.put(listing("/b").build());
        assertEquals(
                200,
                endpoints
                        .answer(new Asking("GET", "/discovery/resources", "", Map.of("If-None-Match", tag)))
                        .status());
    }

    @Test
    void scripts_of_every_origin_may_ask_and_nobody_may_post() {
        Answer allowed = endpoints.answer(new Asking("OPTIONS", "/discovery/search", "", Map.of()));
        assertEquals(204, allowed.status());
        assertEquals(Optional.of("*"), allowed.header("Access-Control-Allow-Origin"));
        assertEquals(Optional.of("GET, HEAD, OPTIONS"), allowed.header("Access-Control-Allow-Methods"));
        assertEquals(Optional.of("*"), get("/discovery/search", "").header("Access-Control-Allow-Origin"));
        Answer posted = endpoints.answer(new Asking("POST", "/discovery/search", "", Map.of()));
        assertEquals(405, posted.status());
        assertEquals(Optional.of("GET, HEAD, OPTIONS"), posted.header("Allow"));
    }

    @Test
    void other_paths_are_not_there() {
        for (String path : List.of("/", "/discovery/resources/", "/discovery/x", "/discovery/..%2fsearch", "/x")) {
            assertEquals(404, get(path, "").status(), path);
        }
    }

    @Test
    void names_the_assets_that_prices_can_be_asked_in() {
        Json.Obj answer = Codec.JSON
                .read(get("/discovery/assets", "").body().toArray())
                .cursor()
                .object();
        assertEquals(
                Json.object()
                        .put("network", "coin:main")
                        .put("networkName", "Coin")
                        .put("testnet", true)
                        .put("asset", "dollar")
                        .put("symbol", "CUSD")
                        .put("decimals", 6)
                        .put("currency", "USD")
                        .build(),
                ((Json.Arr) answer.find("assets").orElseThrow()).elements().get(0));
    }

    @Test
    void a_store_that_fails_is_one_answer_without_its_words() {
        CatalogueStore broken = new CatalogueStore() {
            @Override
            public Page page(Search search) {
                throw new IllegalStateException("password=secret");
            }

            @Override
            public Optional<Listing> find(Listing.Key key) {
                return Optional.empty();
            }

            @Override
            public boolean put(Listing listing) {
                return false;
            }

            @Override
            public void remove(Listing.Key key) {}

            @Override
            public List<Listing> due(Instant now, int limit) {
                return List.of();
            }
        };
        Answer answer = over(broken, new byte[32]).answer(new Asking("GET", "/discovery/search", "", Map.of()));
        assertEquals(500, answer.status());
        String body = new String(answer.body().toArray(), UTF_8);
        assertEquals("{\"error\":\"internal_error\",\"message\":\"the catalogue broke, incident 1\"}", body);
        assertFalse(body.contains("secret"));
    }

    @Test
    void no_page_is_longer_than_its_cap_however_much_is_asked() {
        for (int i = 0; i < 150; i++) {
            store.put(listing("/" + i).build());
        }
        int shown = resources("limit=100").items().size();
        assertTrue(shown > 50 && shown <= 100, "saw " + shown);
        assertEquals("limit: expected 1 to 100, saw \"1000\"", refusal("limit=1000"));
    }
}
