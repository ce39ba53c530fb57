package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.x402.spec.Json;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.svm.SvmAccounts;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpSvmRpcTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final List<SvmRpc.Call> ONE = List.of(new SvmRpc.Call("getSlot", List.of()));

    final AtomicReference<String> request = new AtomicReference<>("");
    final AtomicReference<String> authorization = new AtomicReference<>("");
    final CountDownLatch hang = new CountDownLatch(1);
    final ExecutorService threads = Executors.newCachedThreadPool();
    volatile int status = 200;
    volatile byte[] answer = {};
    volatile boolean stalls;
    HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            request.set(exchange.getProtocol() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            authorization.set(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(status, stalls ? 0 : Math.max(answer.length, 1));
            try (OutputStream body = exchange.getResponseBody()) {
                if (stalls) {
                    body.write('[');
                    body.flush();
                    hang.await();
                } else {
                    body.write(answer.length == 0 ? new byte[1] : answer);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        hang.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void a_batch_is_one_request_and_answers_come_in_the_order_of_the_calls() {
        answers("[{\"id\":1,\"error\":{\"code\":-32000,\"message\":\"no\"}},{\"id\":0,\"result\":\"0x1\"}]");
        List<SvmRpc.Answer> answers = node().call(
                        List.of(
                                new SvmRpc.Call("getGenesisHash", List.of()),
                                new SvmRpc.Call(
                                        "getBalance", List.of(Json.Obj.EMPTY.with("to", "0x00"), Json.of("latest")))),
                        soon());
        assertEquals(
                List.of(new SvmRpc.Answer.Result(Json.of("0x1")), new SvmRpc.Answer.Refused(-32000, "no")), answers);
        assertEquals(
                "HTTP/1.1 / [{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"getGenesisHash\",\"params\":[]},"
                        + "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getBalance\",\"params\":[{\"to\":\"0x00\"},\"latest\"]}]",
                request.get());
    }

    @Test
    void credentials_in_the_address_are_used_and_never_printed() {
        answers("[{\"id\":0,\"result\":null}]");
        URI address =
                URI.create("http://me:secret@127.0.0.1:" + server.getAddress().getPort() + "/v2/token?key=k");
        SvmRpc rpc = HttpSvmRpc.builder(CLOCK).node(World.NETWORK, address).build();
        rpc.nodes(World.NETWORK).get(0).call(ONE, soon());
        assertEquals("Basic bWU6c2VjcmV0", authorization.get());
        assertTrue(request.get().startsWith("HTTP/1.1 /v2/token?key=k "), request.get());
        assertEquals(
                "{solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1=[solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1 at http://127.0.0.1:"
                        + server.getAddress().getPort() + "]}",
                rpc.toString());
    }

    @Test
    void a_refused_request_is_unavailable() {
        status = 429;
        unavailable("expected HTTP 200, saw 429; ask again later");
    }

    @Test
    void a_redirect_is_not_followed() {
        status = 307;
        unavailable("expected HTTP 200, saw 307; ask again later");
    }

    @Test
    void an_answer_that_is_no_json_is_unavailable() {
        answers("<html>");
        unavailable("expected a JSON-RPC answer, saw something else; ask again later");
    }

    @Test
    void an_answer_that_is_no_batch_is_unavailable() {
        answers("{\"id\":null,\"error\":{\"code\":-32600,\"message\":\"batches are not served\"}}");
        unavailable("expected an answer to a batch, saw an error for all of it, code -32600; ask again later");
    }

    @Test
    void an_answer_with_another_number_of_answers_is_unavailable() {
        answers("[]");
        unavailable("expected an array of 1 answers, saw something else; ask again later");
    }

    @Test
    void an_answer_to_another_call_is_unavailable() {
        answers("[{\"id\":7,\"result\":\"0x\"}]");
        unavailable("expected an answer to call 0, saw none; ask again later");
    }

    @Test
    void an_answer_nested_too_deep_is_unavailable() {
        answers("[".repeat(1000) + "]".repeat(1000));
        unavailable("expected a JSON-RPC answer, saw something else; ask again later");
    }

    @Test
    void an_answer_over_four_megabytes_is_given_up() {
        answer = new byte[HttpNode.MAX_BODY + 1];
        unavailable("not reached (IOException); ask again later");
    }

    @Test
    void an_answer_that_stalls_in_the_middle_ends_with_the_deadline() {
        stalls = true;
        RailUnavailableException late = assertThrows(
                RailUnavailableException.class,
                () -> node().call(ONE, CLOCK.instant().plusMillis(200)));
        assertTrue(late.getMessage().contains("no answer within"), late.getMessage());
    }

    @Test
    void a_deadline_that_passed_asks_nothing() {
        RailUnavailableException late = assertThrows(
                RailUnavailableException.class,
                () -> node().call(ONE, CLOCK.instant().minusMillis(1)));
        assertTrue(late.getMessage().endsWith("the deadline passed before asking; ask again later"));
        assertEquals("", request.get());
    }

    @Test
    void an_address_that_is_not_http_is_refused_without_repeating_it() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> HttpSvmRpc.builder(CLOCK).node(World.NETWORK, URI.create("ws://key@node")));
        assertEquals(
                "node of solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1: expected an http or https address, saw another",
                refused.getMessage());
    }

    @Test
    void a_network_without_a_node_is_not_served() {
        SvmRpc none = HttpSvmRpc.builder(CLOCK).build();
        assertEquals(List.of(), none.nodes(World.NETWORK));
        Plugins plugins = Plugins.builder()
                .discover()
                .port(SvmRpc.class, none)
                .port(
                        SvmFacilitatorConfig.class,
                        SvmFacilitatorConfig.of(
                                SvmSettlementPolicy.of(World.NETWORK, World.key(SvmAccounts.feePayer()))))
                .clock(CLOCK)
                .random(new SecureRandom())
                .build();
        RuntimeException refused = assertThrows(RuntimeException.class, () -> plugins.facilitator(World.KIND));
        assertTrue(
                refused.toString()
                        .contains("SvmRpc: expected a node of each configured network, saw none of [" + World.NETWORK
                                + "]; add one"),
                refused.toString());
    }

    @Test
    void a_number_is_a_whole_one_from_0_that_fits() {
        assertEquals(7L, Answers.number(Json.Num.of(7)));
        assertEquals(70L, Answers.number(new Json.Num(new BigDecimal("7E+1"))));
        for (String odd : List.of("-1", "0.5", "1E+19", "1E+999999999", "1E-999999999")) {
            assertNull(Answers.number(new Json.Num(new BigDecimal(odd))), odd);
        }
        assertNull(Answers.number(Json.of("7")));
        assertNull(Answers.number(null));
    }

    private void unavailable(String message) {
        SvmRpc.Node node = node();
        RailUnavailableException thrown = assertThrows(RailUnavailableException.class, () -> node.call(ONE, soon()));
        assertEquals(node.name() + ": " + message, thrown.getMessage());
    }

    private void answers(String text) {
        answer = text.getBytes(StandardCharsets.UTF_8);
    }

    private SvmRpc.Node node() {
        return HttpSvmRpc.builder(CLOCK)
                .node(
                        World.NETWORK,
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .build()
                .nodes(World.NETWORK)
                .get(0);
    }

    private static Instant soon() {
        return CLOCK.instant().plusSeconds(10);
    }
}
