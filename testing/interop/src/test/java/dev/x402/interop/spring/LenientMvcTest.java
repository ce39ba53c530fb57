package dev.x402.interop.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.x402.interop.Market;
import dev.x402.interop.MarketExtension;
import dev.x402.interop.Side;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application below a context path that matches leniently sells where everything that is not listed is 404. */
@ExtendWith(MarketExtension.class)
final class LenientMvcTest {
    private static Shop shop;

    @BeforeAll
    static void start(Market market) {
        shop = Shop.open(market, true);
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @BeforeEach
    void forget() {
        App.RUNS.set(0);
    }

    @Test
    void a_paid_request_reaches_the_handler(Market market) throws Exception {
        assertEquals(200, market.pay(Side.OURS, shop.uri("/shop/report")).status());
        assertEquals(1, App.RUNS.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/shop/report",
                "/shop/REPORT",
                "/shop/Report",
                "/shop/report/",
                "/shop/REPORT/",
                "/shop/RePort;x=1",
                "/shop;x=1/report",
                "/shop;x=1/REPORT",
                "/shop//report",
                "/shop/./report",
                "/shop/../shop/report",
                "/shop/free/..;/report",
                "/shop/%52EPORT",
                "/%73hop/report",
                "/report",
                "/shop/reports/Lisbon",
                "/shop/REPORTS/Lisbon",
                "/shop/VAULT/gold",
                "/shop/shortcut",
                "/shop/SHORTCUT"
            })
    void no_spelling_of_a_path_reaches_a_priced_handler_unpaid(String target) throws IOException {
        Wire.Response response = shop.wire().get(target);

        assertEquals(0, App.RUNS.get(), target + " ran a priced handler: " + response.text());
        assertFalse(response.text().contains(App.SECRET), response.text());
    }
}
