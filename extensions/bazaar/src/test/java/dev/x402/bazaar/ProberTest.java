package dev.x402.bazaar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.bazaar.Market.Reply;
import dev.x402.bazaar.Prober.Listed;
import dev.x402.spec.Codec;
import dev.x402.spec.HeaderNames;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.PaymentExtension.FacilitatorSide;
import dev.x402.spi.plugins.Plugins;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProberTest {
    private static final Json PROCESSING =
            Json.object().put("status", "processing").build();
    private static final Json SUCCESS = Json.object().put("status", "success").build();

    private final Market market = new Market();
    private final HandClock clock = new HandClock();
    private final MemoryListings store = new MemoryListings();
    private final Prober prober = Prober.builder(store, clock)
            .loopback()
            .within(Duration.ofSeconds(30))
            .names(host -> host.endsWith(".example")
                    ? new InetAddress[] {InetAddress.getByName("10.0.0.1")}
                    : InetAddress.getAllByName(host))
            .build();
    private final Plugins plugins = Plugins.builder()
            .add(new Coin())
            .add(new Coin.Ground())
            .add(new Coin.Purse())
            .add(new BazaarExtension())
            .port(Prober.class, prober)
            .build();

    @AfterEach
    void close() {
        market.close();
        plugins.close();
    }

    private FacilitatorSide facilitator() {
        return plugins.extensionFacilitators().get("bazaar");
    }

    private Optional<Json> settled(String path, String payTo, Json declaration) {
        return facilitator().answer(Coin.payment(market.url(path), payTo), declaration, true);
    }

    private static Optional<Json> rejected(String reason) {
        return Optional.of(Json.object()
                .put("status", "rejected")
                .put("rejectedReason", reason)
                .build());
    }

    private Listing only() {
        assertEquals(1, store.listings.size());
        return store.listings.values().iterator().next();
    }

    private void laterLap(Duration length) {
        clock.pass(length);
        prober.lap();
    }

    private static final Duration QUARTER = Duration.ofMinutes(15);

    @Test
    void a_settled_payment_is_answered_at_once_and_listed_after_a_probe() {
        market.sells("/weather", "payee", 25);
        assertEquals(Optional.of(PROCESSING), settled("/weather", "payee", Market.declared("GET")));
        assertEquals(List.of(), market.asked);
        assertEquals(0, store.listings.size());

        assertEquals(1, prober.lap());
        assertEquals(List.of("GET /weather"), market.asked);
        Instant now = clock.instant();
        assertEquals(
                new Listing(
                        new Listing.Key("http", "GET", market.url("/weather")),
                        market.url("/weather"),
                        "",
                        "Weather of <b>today</b>",
                        List.of(),
                        "",
                        "application/json",
                        List.of(Market.offer("payee", 25)),
                        Market.declared("GET"),
                        Listing.Source.PAYMENT,
                        Listing.Health.LIVE,
                        now,
                        now,
                        now.plus(QUARTER),
                        0),
                only());
        assertEquals(Optional.of(SUCCESS), settled("/weather", "payee", Market.declared("GET")));
    }

    @Test
    void a_payment_that_was_merely_verified_brings_nothing() {
        market.sells("/weather", "payee", 25);
        for (int i = 0; i < 1_000; i++) {
            assertEquals(
                    Optional.empty(),
                    facilitator().answer(Coin.payment(market.url("/weather"), "payee"), Market.declared("GET"), false));
        }
        assertEquals(0, prober.lap());
        assertEquals(List.of(), market.asked);
    }

    @Test
    void a_thousand_payments_bring_one_probe_and_one_listing() {
        market.sells("/weather", "payee", 25);
        for (int i = 0; i < 1_000; i++) {
            settled("/weather", i % 2 == 0 ? "payee" : "PAYEE", Market.declared("GET"));
        }
        assertEquals(1, prober.lap());
        assertEquals(1, store.listings.size());
    }

    @Test
    void somebody_elses_address_is_not_listed_for_another_payee() {
        market.sells("/weather", "victim", 25);
        settled("/weather", "thief", Market.declared("GET"));
        prober.lap();
        assertEquals(0, store.listings.size());
        assertEquals(
                rejected(
                        market.url("/weather")
                                + ": its 402 names no payee of this payment; a payee that changes with the request cannot be listed"),
                settled("/weather", "thief", Market.declared("GET")));
    }

    @Test
    void nothing_of_the_payers_words_is_listed() {
        market.sells("/weather", "payee", 25);
        Json.Obj forged = Market.declared(Json.object()
                        .put("type", "http")
                        .put("method", "GET")
                        .put("queryParams", Json.object().put("forged", "yes").build())
                        .build())
                .with("routeTemplate", "/:everything");
        settled("/weather?secret=of+the+payer", "payee", forged);
        prober.lap();
        assertEquals(List.of("GET /weather"), market.asked);
        assertEquals(Market.declared("GET"), only().declaration());
        assertEquals(market.url("/weather"), only().key().resource());
    }

    @Test
    void a_payee_that_changes_with_the_request_is_told_why_it_is_not_listed() {
        market.answers.put(
                "GET /weather",
                exchange -> Reply.asks(Market.challenge(
                        market.url("/weather"), "payee-" + market.asked.size(), 25, Market.declared("GET"))));
        settled("/weather", "payee-0", Market.declared("GET"));
        prober.lap();
        assertEquals(
                rejected(
                        market.url("/weather")
                                + ": its 402 names no payee of this payment; a payee that changes with the request cannot be listed"),
                settled("/weather", "payee-0", Market.declared("GET")));
    }

    @Test
    void a_template_with_numbered_names_is_listed_under_the_template() {
        market.sells("GET", "/files/a", "payee", 25, Market.declared("GET").with("routeTemplate", "/files/:var1"));
        settled("/files/a", "payee", Market.declared("GET"));
        prober.lap();
        assertEquals(market.url("/files/:var1"), only().key().resource());
        assertEquals(market.url("/files/a"), only().url());
    }

    @Test
    void many_paths_of_one_template_are_one_listing() {
        for (String path : List.of("/users/1", "/users/2", "/users/3")) {
            market.sells("GET", path, "payee", 25, Market.declared("GET").with("routeTemplate", "/users/:id"));
            settled(path, "payee", Market.declared("GET"));
        }
        prober.lap();
        assertEquals(market.url("/users/:id"), only().key().resource());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/:id", "/users/:id/x", "/%252e%252e/:id", "//evil.example/:id"})
    void a_template_that_is_not_the_paths_own_is_left_aside(String template) {
        market.sells("GET", "/users/1", "payee", 25, Market.declared("GET").with("routeTemplate", template));
        settled("/users/1", "payee", Market.declared("GET"));
        prober.lap();
        assertEquals(market.url("/users/1"), only().key().resource());
    }

    @Test
    void a_method_with_effects_is_not_called_on_a_strangers_word() {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            market.sells(method, "/orders", "payee", 25, Market.declared(method));
            settled("/orders", "payee", Market.declared(method));
        }
        prober.lap();
        assertEquals(Set.of("GET /.well-known/x402"), Set.copyOf(market.asked));
        assertEquals(0, store.listings.size());
        assertEquals(
                rejected(market.url("/orders") + ": expected " + market.url("/.well-known/x402")
                        + " to list it, for only GET and HEAD are asked without"),
                settled("/orders", "payee", Market.declared("POST")));
    }

    @Test
    void a_method_with_effects_is_called_unpaid_and_empty_where_the_origin_lists_it() {
        market.sells("POST", "/orders", "payee", 25, Market.declared("POST"));
        consents("/orders");
        settled("/orders", "payee", Market.declared("POST"));
        prober.lap();
        assertEquals(List.of("GET /.well-known/x402", "POST /orders"), market.asked);
        assertEquals("POST", only().key().operation());
    }

    private void consents(String path) {
        market.answers.put(
                "GET /.well-known/x402",
                exchange -> Reply.json(
                        200,
                        Json.object()
                                .put("version", 1)
                                .put("resources", Json.texts(List.of(market.url(path))))
                                .build()));
    }

    @Test
    void tools_of_one_address_are_listings_of_their_own() {
        consents("/mcp");
        market.answers.put("POST /mcp", exchange -> {
            Json call = Codec.JSON.read(read(exchange));
            String tool = call.cursor().member("params").member("name").text();
            PaymentRequired required = Market.challenge(market.url("/mcp"), "payee", 25, Market.declaredTool(tool));
            return Reply.json(
                    200,
                    Json.object()
                            .put("jsonrpc", "2.0")
                            .put("id", 1)
                            .put(
                                    "result",
                                    Json.object()
                                            .put("isError", true)
                                            .put("structuredContent", Codec.PAYMENT_REQUIRED.json(required))
                                            .build())
                            .build());
        });
        settled("/mcp", "payee", Market.declaredTool("forecast"));
        settled("/mcp", "payee", Market.declaredTool("history"));
        prober.lap();
        assertEquals(
                Set.of(
                        new Listing.Key("mcp", "forecast", market.url("/mcp")),
                        new Listing.Key("mcp", "history", market.url("/mcp"))),
                store.listings.keySet());
    }

    private static byte[] read(com.sun.net.httpserver.HttpExchange exchange) {
        try {
            return exchange.getRequestBody().readAllBytes();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_changed_price_shows_after_the_next_probe() {
        market.sells("/weather", "payee", 25);
        prober.list(market.url("/weather"));
        market.sells("/weather", "payee", 26);
        laterLap(QUARTER.minusSeconds(1));
        assertEquals(List.of(Market.offer("payee", 25)), only().accepts());
        laterLap(Duration.ofSeconds(1));
        assertEquals(List.of(Market.offer("payee", 26)), only().accepts());
        assertEquals(clock.instant(), only().seen());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 405, 410})
    void a_removed_route_is_a_tombstone_after_the_next_probe(int status) {
        market.sells("/weather", "payee", 25);
        prober.list(market.url("/weather"));
        market.answers.put("GET /weather", exchange -> Reply.of(status));
        laterLap(QUARTER);
        assertEquals(Listing.Health.GONE, only().health());
    }

    @Test
    void a_tombstone_comes_to_life_when_it_is_sold_again() {
        market.sells("/weather", "payee", 25);
        prober.list(market.url("/weather"));
        Instant first = clock.instant();
        market.answers.remove("GET /weather");
        laterLap(QUARTER);
        market.sells("/weather", "payee", 30);
        laterLap(QUARTER);
        assertEquals(Listing.Health.LIVE, only().health());
        assertEquals(first, only().listed());
    }

    @Test
    void silence_is_failing_then_a_tombstone_after_a_day_then_forgotten_after_a_week() {
        market.sells("/weather", "payee", 25);
        prober.list(market.url("/weather"));
        market.answers.put("GET /weather", exchange -> Reply.of(503));
        laterLap(QUARTER);
        assertEquals(Listing.Health.FAILING, only().health());
        assertEquals(1, only().misses());
        assertEquals(clock.instant().plus(QUARTER), only().next());
        laterLap(Duration.ofHours(24).minus(QUARTER));
        assertEquals(Listing.Health.GONE, only().health());
        laterLap(Duration.ofDays(6));
        assertEquals(0, store.listings.size());
    }

    @Test
    void a_listing_is_alive_again_after_a_short_silence() {
        market.sells("/weather", "payee", 25);
        prober.list(market.url("/weather"));
        market.answers.put("GET /weather", exchange -> Reply.of(503));
        laterLap(QUARTER);
        market.sells("/weather", "payee", 25);
        laterLap(QUARTER);
        assertEquals(Listing.Health.LIVE, only().health());
        assertEquals(0, only().misses());
    }

    @Test
    void an_address_is_listed_without_a_payment_on_the_same_proof() {
        market.sells("/weather", "payee", 25);
        Listed.Added added = assertInstanceOf(Listed.Added.class, prober.list(market.url("/weather")));
        assertEquals(only(), added.listing());
        assertEquals(Listing.Source.ADDRESS, added.listing().source());
    }

    private void assertRejected(String expected, String path) {
        assertEquals(new Listed.Rejected(market.url(path) + ": " + expected), prober.list(market.url(path)));
        assertEquals(0, store.listings.size());
    }

    @Test
    void an_address_that_asks_no_money_is_not_listed() {
        market.answers.put("GET /free", exchange -> Reply.of(200));
        assertRejected("expected a 402, saw 200", "/free");
        assertRejected("expected a 402, saw 404", "/nothing");
    }

    @Test
    void a_redirect_proves_nothing() {
        market.sells("/weather", "payee", 25);
        market.answers.put("GET /old", exchange -> new Reply(302, "Location", market.url("/weather"), ""));
        assertRejected("expected a 402, saw 302", "/old");
    }

    @Test
    void a_402_for_another_resource_proves_nothing() {
        market.answers.put(
                "GET /weather",
                exchange -> Reply.asks(
                        Market.challenge("https://victim.example/weather", "payee", 25, Market.declared("GET"))));
        assertRejected("its 402 names another resource", "/weather");
    }

    @Test
    void a_402_without_a_declaration_is_no_wish_to_be_listed() {
        market.answers.put(
                "GET /weather",
                exchange -> Reply.asks(PaymentRequired.of(
                        null, ResourceInfo.of(market.url("/weather")), List.of(Market.offer("payee", 25)))));
        assertRejected("its 402 declares no bazaar extension", "/weather");
    }

    @Test
    void a_402_without_an_offer_is_not_listed() {
        market.answers.put(
                "GET /weather",
                exchange -> Reply.asks(new PaymentRequired(
                        null,
                        ResourceInfo.of(market.url("/weather")),
                        List.of(),
                        Json.Obj.EMPTY.with("bazaar", Market.declared("GET")),
                        Json.Obj.EMPTY)));
        assertRejected("its 402 offers no way to pay", "/weather");
    }

    @Test
    void a_402_whose_declaration_does_not_fit_its_schema_is_not_listed() {
        Json.Obj wrong = Market.declared("GET")
                .with(
                        "schema",
                        Json.object()
                                .put(
                                        "properties",
                                        Json.object()
                                                .put(
                                                        "input",
                                                        Json.object()
                                                                .put("type", "string")
                                                                .build())
                                                .build())
                                .build());
        market.sells("GET", "/weather", "payee", 25, wrong);
        assertRejected(
                "the declaration of its 402: /info/input: expected what /schema says,"
                        + " saw 'Value is [object] but should be [string]'",
                "/weather");
    }

    @Test
    void a_402_that_declares_another_method_is_not_listed() {
        market.sells("GET", "/weather", "payee", 25, Market.declared("POST"));
        assertRejected("its 402 declares another method", "/weather");
    }

    @Test
    void a_402_that_cannot_be_read_proves_nothing() {
        market.answers.put("GET /weather", exchange -> new Reply(402, HeaderNames.PAYMENT_REQUIRED, "%%", ""));
        assertRejected(
                "its 402 cannot be read: message: expected standard base64 with padding, saw \"%\" at character 0",
                "/weather");
    }

    @Test
    void a_challenge_in_the_body_is_read_too() {
        PaymentRequired required = Market.challenge(market.url("/weather"), "payee", 25, Market.declared("GET"));
        market.answers.put("GET /weather", exchange -> Reply.json(402, Codec.PAYMENT_REQUIRED.json(required)));
        assertInstanceOf(Listed.Added.class, prober.list(market.url("/weather")));
    }

    @Test
    void a_full_catalogue_says_so() {
        store.most = 0;
        market.sells("/weather", "payee", 25);
        assertRejected("the catalogue has no room for another of " + market.url(""), "/weather");
    }

    @Test
    void an_address_that_may_not_be_asked_is_not_asked() {
        Prober outside = Prober.builder(store, clock).build();
        assertEquals(
                new Listed.Rejected("/url: expected an https address, saw another scheme"),
                outside.list(market.url("/weather")));
        assertEquals(List.of(), market.asked);
    }

    @Test
    void of_one_origin_eight_candidates_wait_at_once() {
        for (int i = 0; i < 8; i++) {
            assertEquals(Optional.of(PROCESSING), settled("/p" + i, "payee", Market.declared("GET")));
        }
        assertEquals(
                rejected("too much waits to be looked at; it is taken in with a later payment"),
                settled("/p8", "payee", Market.declared("GET")));
        prober.lap();
        assertEquals(Optional.of(PROCESSING), settled("/p8", "payee", Market.declared("GET")));
    }

    @Test
    void what_does_not_fit_in_one_lap_is_in_the_next() {
        for (int i = 0; i < 70; i++) {
            facilitator().answer(Coin.payment("http://h" + i + ".example:1/", "payee"), Market.declared("GET"), true);
        }
        assertEquals(64, prober.lap());
        assertEquals(6, prober.lap());
        assertEquals(0, prober.lap());
    }

    @Test
    void what_a_payment_echoes_wrong_is_rejected_at_once_with_its_reason() {
        assertEquals(rejected("/info: expected a value, saw nothing"), settled("/weather", "payee", Json.Obj.EMPTY));
        assertEquals(
                rejected("/info: expected a value, saw nothing"),
                facilitator().answer(Coin.payment(market.url("/weather"), "payee"), Json.Obj.EMPTY, false));
        assertEquals(0, prober.lap());
    }

    @Test
    void a_store_that_fails_once_does_not_end_the_lap() {
        market.sells("/a", "payee", 25);
        market.sells("/b", "payee", 25);
        prober.list(market.url("/a"));
        prober.list(market.url("/b"));
        Listing broken = store.listings.get(new Listing.Key("http", "GET", market.url("/a")));
        store.listings.put(broken.key(), withUrl(broken, "no address"));
        market.sells("/b", "payee", 26);
        laterLap(QUARTER);
        assertEquals(
                List.of(Market.offer("payee", 26)),
                store.listings
                        .get(new Listing.Key("http", "GET", market.url("/b")))
                        .accepts());
    }

    private static Listing withUrl(Listing listing, String url) {
        return new Listing(
                listing.key(),
                url,
                "",
                "",
                List.of(),
                "",
                "",
                listing.accepts(),
                listing.declaration(),
                listing.source(),
                listing.health(),
                listing.listed(),
                listing.seen(),
                listing.next(),
                0);
    }

    @Test
    void bytes_of_a_document_of_consent_that_is_none_are_no_consent() {
        market.sells("POST", "/orders", "payee", 25, Market.declared("POST"));
        market.answers.put(
                "GET /.well-known/x402",
                exchange -> new Reply(200, "Content-Type", "text/html", "<a href='" + market.url("/orders") + "'>"));
        settled("/orders", "payee", Market.declared("POST"));
        prober.lap();
        assertEquals(List.of("GET /.well-known/x402"), market.asked);
    }
}
