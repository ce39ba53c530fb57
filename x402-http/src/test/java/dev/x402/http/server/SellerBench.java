package dev.x402.http.server;

import dev.x402.http.Raw;
import dev.x402.http.server.App.Page;
import dev.x402.http.toy.ToyShop;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A seller on some server, and what a buyer can send to it: {@code /paid} costs, {@code /free} does not. */
abstract class SellerBench {
    static final String REQUEST = "GET /paid HTTP/1.1";

    final ToyShop shop = new ToyShop();
    final List<App.Call> calls = Collections.synchronizedList(new ArrayList<>());
    App app = call -> Page.of(200, "toy").with("Content-Type", "text/plain").with("Set-Cookie", "a=1", "b=2");
    PaidRoutes.Builder routes = shop.routes();

    /** Starts a server with the filter before the handler at every path. */
    abstract URI start(PaidRoutes routes, App app);

    abstract void stop();

    private Optional<URI> running = Optional.empty();

    @BeforeEach
    void price() {
        routes.price("GET", "/paid", "toy").price("POST", "/post", "toy");
    }

    @AfterEach
    void close() {
        running.ifPresent(uri -> stop());
        shop.close();
    }

    Seen send(String... lines) {
        return sendBody("", lines);
    }

    Seen sendBody(String body, String... lines) {
        return Seen.of(Raw.exchange(uri(), body, lines));
    }

    /** Where the seller is; the first to ask starts it. */
    URI uri() {
        URI uri = running.orElseGet(() -> start(routes.build(), call -> {
            calls.add(call);
            return app.handle(call);
        }));
        running = Optional.of(uri);
        return uri;
    }

    static String paying(String nonce) {
        return "PAYMENT-SIGNATURE: " + ToyShop.payment(nonce);
    }
}
