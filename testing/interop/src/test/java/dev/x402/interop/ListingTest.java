package dev.x402.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.bazaar.Listing;
import dev.x402.bazaar.Prober;
import dev.x402.bazaar.catalogue.InMemoryCatalogue;
import dev.x402.spec.Codec;
import dev.x402.spec.HeaderNames;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequired;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.evm.DevAccounts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Declarations for the catalogue, each read by the other. */
@ExtendWith(MarketExtension.class)
final class ListingTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void our_catalogue_lists_what_their_server_declares(Market market) throws Exception {
        Clock clock = Clock.systemUTC();
        try (Program theirs = Program.start(
                        "extended.mjs",
                        market.server(market.link(Side.THEIRS).uri().toString()));
                Plugins plugins = Plugins.builder().discover().clock(clock).build()) {
            Prober prober = Prober.builder(InMemoryCatalogue.builder(plugins).build(), clock)
                    .loopback()
                    .build();
            URI resource = theirs.uri().resolve("/listed");

            Prober.Listed listed = prober.list(resource.toString());

            Listing listing = assertInstanceOf(Prober.Listed.Added.class, listed, listed::toString)
                    .listing();
            assertEquals(new Listing.Key("http", "GET", resource.toString()), listing.key());
            assertEquals(Listing.Health.LIVE, listing.health());
            assertEquals("sold at /listed", listing.description());
            assertEquals(DevAccounts.PAYEE.address(), listing.accepts().get(0).payTo());
            JsonCursor input = listing.declaration().cursor().member("info").member("input");
            assertEquals("Berlin", input.member("queryParams").member("city").text());
        }
    }

    @Test
    void our_catalogue_lists_nothing_that_their_server_does_not_declare(Market market) {
        Clock clock = Clock.systemUTC();
        try (Program theirs = Program.start(
                        "extended.mjs",
                        market.server(market.link(Side.THEIRS).uri().toString()));
                Plugins plugins = Plugins.builder().discover().clock(clock).build()) {
            Prober prober = Prober.builder(InMemoryCatalogue.builder(plugins).build(), clock)
                    .loopback()
                    .build();

            assertInstanceOf(
                    Prober.Listed.Rejected.class,
                    prober.list(theirs.uri().resolve("/judge").toString()));
        }
    }

    @Test
    void their_catalogue_takes_what_our_server_declares(Market market) throws Exception {
        String facilitator = market.link(Side.OURS).uri().toString();
        try (Storefront ours = new Storefront(
                        Network.parse(market.node().network()), DevAccounts.PAYEE.address(), URI.create(facilitator));
                Program theirs = Program.start("extended.mjs", market.server(facilitator))) {
            URI resource = ours.uri().resolve("/listed");
            PaymentRequired required = Codec.PAYMENT_REQUIRED.readHeader(
                    http.send(HttpRequest.newBuilder(resource).build(), BodyHandlers.discarding())
                            .headers()
                            .firstValue(HeaderNames.PAYMENT_REQUIRED)
                            .orElseThrow());

            byte[] judged = http.send(
                            HttpRequest.newBuilder(theirs.uri().resolve("/judge"))
                                    .POST(BodyPublishers.ofByteArray(Codec.PAYMENT_REQUIRED.write(required)))
                                    .build(),
                            BodyHandlers.ofByteArray())
                    .body();

            JsonCursor said = Codec.JSON.read(judged).cursor();
            for (String judgement : List.of("form", "fits")) {
                assertTrue(
                        said.member(judgement).member("valid").bool(),
                        said.value().toString());
            }
            JsonCursor found = said.member("found");
            assertEquals(resource.toString(), found.member("resourceUrl").text());
            assertEquals("GET", found.member("method").text());
            assertEquals(
                    Json.of("Berlin"),
                    found.member("discoveryInfo")
                            .member("input")
                            .member("queryParams")
                            .member("city")
                            .value());
        }
    }
}
