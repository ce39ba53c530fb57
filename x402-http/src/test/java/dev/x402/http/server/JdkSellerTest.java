package dev.x402.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.x402.http.JdkServer;
import dev.x402.http.Raw;
import dev.x402.http.jdk.PaymentFilter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdkSellerTest extends SellerContract {
    private Optional<JdkServer> server = Optional.empty();

    @Override
    URI start(PaidRoutes routes, App app) {
        return serve(routes, exchange -> run(app, exchange));
    }

    private URI serve(PaidRoutes routes, HttpHandler handler) {
        return serve(routes, "/", handler);
    }

    private URI serve(PaidRoutes routes, String context, HttpHandler handler) {
        JdkServer started = new JdkServer("/x-unused", exchange -> {});
        HttpServer real = started.server();
        real.createContext(context, handler).getFilters().add(new PaymentFilter(routes));
        server = Optional.of(started);
        return started.uri("/");
    }

    @Override
    void stop() {
        server.ifPresent(JdkServer::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/paidX", "/paid/x", "/paid.json"})
    void a_path_that_merely_begins_like_a_priced_context_is_404_and_never_free(String path) {
        URI uri = serve(routes.build(), "/paid", exchange -> calls.add(new App.Call("GET", path, "", null)));
        try {
            assertEquals(
                    404,
                    Seen.of(Raw.exchange(uri, "", "GET " + path + " HTTP/1.1")).status());
            assertEquals(402, Seen.of(Raw.exchange(uri, "", REQUEST)).status());
            assertEquals(List.of(), calls);
        } finally {
            stop();
        }
    }

    private static void run(App app, HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        App.Page page;
        try {
            page = app.handle(new App.Call(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    body,
                    exchange.getAttribute(Paid.ATTRIBUTE)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
        page.headers().forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
        byte[] bytes = page.body().getBytes(StandardCharsets.UTF_8);
        boolean silent = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(page.status(), silent ? -1 : bytes.length);
        if (!silent) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Test
    void a_handler_that_returns_without_an_answer_is_not_charged() {
        URI uri = serve(routes.build(), exchange -> {});
        Seen seen = Seen.of(Raw.exchange(uri, "", REQUEST, paying("n1")));
        stop();
        assertEquals(500, seen.status());
        assertEquals(0, shop.bank.moved());
    }

    @Test
    void a_second_status_does_not_count() {
        URI uri = serve(routes.build(), exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.sendResponseHeaders(500, -1);
        });
        Seen seen = Seen.of(Raw.exchange(uri, "", REQUEST, paying("n1")));
        stop();
        assertEquals(500, seen.status());
        assertTrue(seen.body().startsWith("{\"error\":\"handler_failed\""), seen.body());
        assertEquals(0, shop.bank.moved());
    }

    @Test
    void what_a_handler_writes_after_it_returned_reaches_nobody() throws Exception {
        java.util.concurrent.CountDownLatch answered = new java.util.concurrent.CountDownLatch(1);
        java.util.concurrent.CompletableFuture<String> late = new java.util.concurrent.CompletableFuture<>();
        URI uri = serve(routes.build(), exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('a');
            new Thread(() -> {
                        try {
                            answered.await();
                            exchange.getResponseBody().write('b');
                            late.complete("written");
                        } catch (IOException | InterruptedException e) {
                            late.complete(e.getMessage());
                        }
                    })
                    .start();
        });
        Seen seen = Seen.of(Raw.exchange(uri, "", REQUEST, paying("n1")));
        answered.countDown();
        stop();
        assertEquals("a", seen.body());
        assertEquals("response: expected no more bytes, the handler had returned; it must answer before", late.get());
    }
}
