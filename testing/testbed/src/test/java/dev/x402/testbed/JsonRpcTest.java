package dev.x402.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonRpcTest {

    private HttpServer server;
    private URI uri;
    private JsonRpc rpc;
    private volatile String received = "";
    private volatile String answer = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        rpc = new JsonRpc(uri, Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void sends_the_method_and_its_parameters() {
        answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}";
        rpc.call("do_it", "a", 2, Map.of("b", List.of(true)));
        assertEquals(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"do_it\",\"params\":[\"a\",2,{\"b\":[true]}]}", received);
    }

    @Test
    void gives_the_result_as_plain_java() {
        answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":[\"b\",1,null]}}";
        assertEquals("{a=[b, 1, null]}", String.valueOf(rpc.call("do_it")));
    }

    @Test
    void throws_what_was_refused() {
        answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":3,\"message\":\"no\",\"data\":\"0x01\"}}";
        RpcException refusal = assertThrows(RpcException.class, () -> rpc.call("do_it"));
        assertEquals("do_it was refused with code 3: no", refusal.getMessage());
        assertEquals(3, refusal.code());
        assertEquals("no", refusal.reason());
        assertEquals("0x01", refusal.data());
    }

    @Test
    void says_who_answered_no_json() {
        answer = "<html>";
        IllegalStateException failure = assertThrows(IllegalStateException.class, () -> rpc.call("do_it"));
        assertEquals("do_it at " + uri + " answered no JSON", failure.getMessage());
    }

    @Test
    void says_who_answered_no_object() {
        answer = "[]";
        IllegalStateException failure = assertThrows(IllegalStateException.class, () -> rpc.call("do_it"));
        assertEquals("do_it at " + uri + " answered no object: []", failure.getMessage());
    }

    @Test
    void says_who_gave_no_answer() {
        server.stop(0);
        UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> rpc.call("do_it"));
        assertEquals("do_it at " + uri + " got no answer", failure.getMessage());
    }
}
