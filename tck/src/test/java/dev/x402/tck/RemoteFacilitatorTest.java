package dev.x402.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.x402.spec.Codec;
import dev.x402.spec.FacilitatorRequest;
import dev.x402.spec.Json;
import dev.x402.spec.SettleResponse;
import dev.x402.spec.VerifyResponse;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import dev.x402.tck.reference.Flaw;
import dev.x402.tck.reference.LedgerFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A facilitator behind HTTP is judged as one beside us. */
final class RemoteFacilitatorTest {
    private final AtomicReference<Facilitator> judged = new AtomicReference<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Facilitator facilitator = judged.get();
        Instant by = Instant.MAX;
        byte[] body = exchange.getRequestBody().readAllBytes();
        byte[] answer = switch (exchange.getRequestURI().getPath()) {
            case "/supported" -> Codec.SUPPORTED_RESPONSE.write(facilitator.supported(by));
            case "/verify" -> verified(facilitator.verify(payment(body), by));
            default -> settled(payment(body), facilitator.settle(payment(body), by));
        };
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static Payment payment(byte[] body) {
        FacilitatorRequest request = Codec.FACILITATOR_REQUEST.read(body);
        return Payment.of(request.paymentPayload(), request.paymentRequirements());
    }

    private static byte[] verified(Verification verification) {
        VerifyResponse response;
        if (verification instanceof Verification.Valid valid) {
            response = new VerifyResponse(true, null, null, valid.payer(), null, null, Json.Obj.EMPTY);
        } else if (verification instanceof Verification.Invalid invalid) {
            response = new VerifyResponse(false, invalid.code(), invalid.message(), null, null, null, Json.Obj.EMPTY);
        } else {
            throw new IllegalStateException("the ledger is always there");
        }
        return Codec.VERIFY_RESPONSE.write(response);
    }

    private static byte[] settled(Payment payment, Settlement settlement) {
        var network = payment.requirements().network();
        SettleResponse response;
        if (settlement instanceof Settlement.Settled settled) {
            response = new SettleResponse(
                    true,
                    null,
                    null,
                    settled.receipt().payer(),
                    settled.receipt().reference(),
                    network,
                    settled.receipt().amount(),
                    null,
                    null,
                    Json.Obj.EMPTY);
        } else if (settlement instanceof Settlement.Rejected rejected) {
            response = new SettleResponse(
                    false, rejected.code(), rejected.message(), null, "", network, null, null, null, Json.Obj.EMPTY);
        } else {
            String reference = settlement instanceof Settlement.Pending pending
                    ? pending.reference().orElse("pending")
                    : "reversed";
            response =
                    new SettleResponse(false, null, null, null, reference, network, null, null, null, Json.Obj.EMPTY);
        }
        return Codec.SETTLE_RESPONSE.write(response);
    }

    /** The rules that fail, of those for verifying and settling. */
    private Set<String> failing(Flaw flaw, String only) {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        Settings settings = new Settings(
                Set.of(), 402, Duration.ofSeconds(20), true, Set.of(), Optional.of(uri), Path.of("target/x402-tck"));
        Set<String> failing = new TreeSet<>();
        for (Rule rule : Trial.RULES) {
            if (settings.runs(rule) && rule.id().matches(only)) {
                RuleResult result = Trial.run(rule, settings, env -> fixture(env, flaw));
                if (result.outcome() != RuleOutcome.PASS) {
                    failing.add(rule.id() + " " + result.outcome());
                }
            }
        }
        return failing;
    }

    private SchemeFixture fixture(TckEnvironment env, Flaw flaw) {
        LedgerFixture fixture = new LedgerFixture(env, flaw);
        TckEnvironment beside = new TckEnvironment(env.rule(), env.seed(), Optional.empty());
        beside.follow(env.clock());
        judged.set(new Sides(
                        new FixtureContext(beside, fixture, beside.random()),
                        new Timekeeper(beside.hands(), fixture),
                        () -> Stage.SETTLED)
                .facilitator());
        return fixture;
    }

    @Test
    void an_honest_facilitator_holds_the_rules_for_offers_and_payments_over_http() {
        assertEquals(Set.of(), failing(Flaw.NONE, "X402-VERIFY-(01|03|05|06|07|08|09)"));
    }

    @Test
    void a_facilitator_that_does_not_look_at_signatures_is_found_over_http() {
        assertEquals(Set.of("X402-VERIFY-03 FAIL"), failing(Flaw.SIGNATURE_UNCHECKED, "X402-VERIFY-(01|03)"));
    }

    @Test
    void an_answer_that_is_lost_is_pending_and_not_rejected() {
        server.stop(0);
        assertInstanceOf(Settlement.Pending.class, settledRemotely());
    }

    @Test
    void an_answer_that_says_later_is_pending_and_not_rejected() {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(429, -1);
            exchange.close();
        });
        assertInstanceOf(Settlement.Pending.class, settledRemotely());
    }

    @Test
    void an_answer_that_says_reversed_and_names_what_was_is_reversed() {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            byte[] answer =
                    ("{\"success\":false,\"errorReason\":\"returned\",\"transaction\":\"tx1\",\"network\":\"mem:1\","
                                    + "\"extra\":{\"finality\":\"reversed\"}}")
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        Settlement.Reversed reversed = assertInstanceOf(Settlement.Reversed.class, settledRemotely());
        assertEquals("returned", reversed.code().value());
        assertEquals("tx1", reversed.receipt().reference());
    }

    private Settlement settledRemotely() {
        TckEnvironment env = new TckEnvironment("X402-SETTLE-01", 402, Optional.empty());
        Bench bench = new Bench(env, new LedgerFixture(env, Flaw.NONE));
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new RemoteFacilitator(uri).settle(bench.pay(), bench.by());
    }

    @Test
    void only_the_rules_for_verifying_and_settling_run_on_a_facilitator() {
        Settings remote = Settings.of(name -> Optional.ofNullable(
                Map.of("x402.tck.facilitator", "http://127.0.0.1:1").get(name)));
        Set<String> kits = new TreeSet<>();
        Trial.RULES.stream()
                .filter(remote::runs)
                .forEach(rule -> kits.add(rule.id().replaceAll("-[0-9]+$", "")));
        assertEquals(Set.of("X402-SETTLE", "X402-VERIFY").containsAll(kits), true);
        assertEquals(true, kits.contains("X402-VERIFY"));
    }
}
