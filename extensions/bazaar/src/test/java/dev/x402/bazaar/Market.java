package dev.x402.bazaar;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.HeaderNames;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A real web server at the loopback whose answers are set by method and path. */
final class Market implements AutoCloseable {
    /** What was asked, as method and path. */
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    /** What is answered, by method and path; 404 to all else. */
    final Map<String, Function<HttpExchange, Reply>> answers = new ConcurrentHashMap<>();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    record Reply(int status, String name, String value, String body) {
        static Reply of(int status) {
            return new Reply(status, "X-Nothing", "1", "");
        }

        static Reply json(int status, Json json) {
            return new Reply(
                    status,
                    "Content-Type",
                    "application/json",
                    new String(Codec.JSON.write(json), StandardCharsets.UTF_8));
        }

        static Reply asks(PaymentRequired required) {
            return new Reply(402, HeaderNames.PAYMENT_REQUIRED, Codec.PAYMENT_REQUIRED.writeHeader(required), "");
        }
    }

    Market() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(call);
        Reply reply = answers.getOrDefault(call, any -> Reply.of(404)).apply(exchange);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add(reply.name(), reply.value());
        boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), none ? -1 : body.length);
        if (!none) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** Sells by GET at this path. */
    void sells(String path, String payTo, long amount) {
        sells("GET", path, payTo, amount, declared("GET"));
    }

    void sells(String method, String path, String payTo, long amount, Json.Obj declaration) {
        answers.put(method + " " + path, exchange -> Reply.asks(challenge(url(path), payTo, amount, declaration)));
    }

    static PaymentRequired challenge(String url, String payTo, long amount, Json.Obj declaration) {
        return new PaymentRequired(
                null,
                ResourceInfo.of(url, "Weather of <b>today</b>", "application/json"),
                List.of(offer(payTo, amount)),
                Json.Obj.EMPTY.with("bazaar", declaration),
                Json.Obj.EMPTY);
    }

    static PaymentRequirements offer(String payTo, long amount) {
        return PaymentRequirements.of(Coin.KIND, AtomicAmount.of(amount), Coin.ASSET, payTo, 60, Json.Obj.EMPTY);
    }

    /** A declaration of this method. */
    static Json.Obj declared(String method) {
        boolean body = Declared.BODY_METHODS.contains(method);
        Json.Builder input = Json.object().put("type", "http").put("method", method);
        if (body) {
            input.put("bodyType", "json").put("body", Json.Obj.EMPTY);
        }
        return declared(input.build());
    }

    static Json.Obj declaredTool(String tool) {
        return declared(Json.object()
                .put("type", "mcp")
                .put("tool", tool)
                .put("inputSchema", Json.object().put("type", "object").build())
                .build());
    }

    static Json.Obj declared(Json.Obj input) {
        Json.Obj anything = Json.object()
                .put(
                        "properties",
                        Json.object()
                                .put(
                                        "input",
                                        Json.object().put("type", "object").build())
                                .build())
                .put("required", Json.texts(List.of("input")))
                .build();
        return Json.object()
                .put("info", Json.object().put("input", input).build())
                .put("schema", anything)
                .build();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
