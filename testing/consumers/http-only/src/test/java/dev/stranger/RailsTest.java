package dev.stranger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RailsTest {
    @Test
    void a_facilitator_is_asked_with_what_http_brings() throws IOException {
        byte[] body = "{\"kinds\":[{\"x402Version\":2,\"scheme\":\"exact\",\"network\":\"town:square\"}],\"extensions\":[],\"signers\":{}}"
                .getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/supported", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            assertEquals(List.of("exact on town:square"), Rails.of(address, Clock.systemUTC()));
        } finally {
            server.stop(0);
        }
    }
}
