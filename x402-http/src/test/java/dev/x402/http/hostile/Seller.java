package dev.x402.http.hostile;

import com.sun.net.httpserver.HttpExchange;
import dev.x402.http.JdkServer;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spec.SettleResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Every host of the world at once: a real server that clients reach as their proxy. */
final class Seller implements AutoCloseable {
    /** Answers one request; the payment is null when there is none. */
    interface Script {
        void answer(HttpExchange exchange, URI asked, @Nullable PaymentPayload payment) throws IOException;
    }

    /** The addresses that were asked for, with {@code paid} before those that carried a payment. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    final List<PaymentPayload> payments = new CopyOnWriteArrayList<>();
    private volatile Script script = (exchange, asked, payment) -> answer(exchange, 404, "");
    private final JdkServer server = new JdkServer("/", this::answer);
    final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(ProxySelector.of(new InetSocketAddress(
                    "127.0.0.1", server.server().getAddress().getPort())))
            .build();

    void plays(Script next) {
        script = next;
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String header = exchange.getRequestHeaders().getFirst("PAYMENT-SIGNATURE");
        PaymentPayload payment = header == null ? null : Codec.PAYMENT_PAYLOAD.readHeader(header);
        asked.add((payment == null ? "" : "paid ") + exchange.getRequestURI());
        if (payment != null) {
            payments.add(payment);
        }
        script.answer(exchange, exchange.getRequestURI(), payment);
    }

    /** Asks for one of the offers and delivers what was paid. */
    static Script sells(PaymentRequirements... offers) {
        return (exchange, asked, payment) -> {
            if (payment == null) {
                challenge(exchange, PaymentRequired.of(null, ResourceInfo.of(asked.toString()), List.of(offers)));
            } else {
                deliver(exchange, "the report", receipt(payment, true));
            }
        };
    }

    static SettleResponse receipt(PaymentPayload payment, boolean success) {
        return new SettleResponse(
                success,
                success ? null : new dev.x402.spec.ErrorCode("insufficient_funds"),
                null,
                null,
                success ? "tx" : "",
                payment.accepted().network(),
                null,
                null,
                null,
                Json.Obj.EMPTY);
    }

    static void challenge(HttpExchange exchange, PaymentRequired required) throws IOException {
        challenge(exchange, Codec.PAYMENT_REQUIRED.writeHeader(required));
    }

    static void challenge(HttpExchange exchange, String header) throws IOException {
        exchange.getResponseHeaders().add("PAYMENT-REQUIRED", header);
        answer(exchange, 402, "{}");
    }

    static void deliver(HttpExchange exchange, String body, SettleResponse receipt) throws IOException {
        exchange.getResponseHeaders().add("PAYMENT-RESPONSE", Codec.SETTLE_RESPONSE.writeHeader(receipt));
        answer(exchange, 200, body);
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.close();
    }
}
