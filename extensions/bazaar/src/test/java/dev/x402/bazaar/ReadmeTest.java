package dev.x402.bazaar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.core.seller.Price;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.WayToPay;
import dev.x402.spec.Json;
import org.junit.jupiter.api.Test;

/** The code of the page compiles and does what the page says. */
final class ReadmeTest {
    record Query(String city, int days) {}

    record Weather(String sky, double celsius) {}

    @Test
    void a_route_carries_its_declaration() {
        WayToPay way = WayToPay.by(Coin.KIND)
                .price(Price.atomic(25))
                .payTo("payee")
                .asset(Coin.ASSET)
                .build();
        Json.Obj asked = Json.object().put("city", "Rome").put("days", 2).build();
        Json.Obj answered = Json.object().put("sky", "clear").put("celsius", 21).build();
        // snippet: declare
        PricedRoute route = PricedRoute.builder("weather")
                .way(way)
                .extensions(Declaration.query()
                        .input(Query.class, asked)
                        .output(Weather.class, answered)
                        .build())
                .build();
        // end: declare
        assertEquals("weather", route.id());
    }
}
