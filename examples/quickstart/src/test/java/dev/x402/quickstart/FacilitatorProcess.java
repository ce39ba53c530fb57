package dev.x402.quickstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.x402.core.Pause;
import dev.x402.core.facilitator.FacilitatorEngine;
import dev.x402.core.facilitator.FacilitatorPolicy;
import dev.x402.core.facilitator.InMemorySettlementStore;
import dev.x402.http.facilitator.FacilitatorEndpoints;
import dev.x402.http.jdk.EndpointHandler;
import dev.x402.scheme.exact.evm.EvmFacilitatorConfig;
import dev.x402.scheme.exact.evm.EvmRpc;
import dev.x402.scheme.exact.evm.EvmSettlementPolicy;
import dev.x402.scheme.exact.evm.HttpEvmRpc;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.spec.Network;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.evm.DevAccounts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A facilitator in a process of its own that is honest, slow or lying. */
final class FacilitatorProcess {
    private FacilitatorProcess() {}

    /** Takes its manner, the node's address, the network, and which of the signers is its own. */
    public static void main(String[] arguments) throws Exception {
        Network network = Network.parse(arguments[2]);
        HttpHandler handler = arguments[0].equals("lying")
                ? new Liar(network)
                : engine(URI.create(arguments[1]), network, Integer.parseInt(arguments[3]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", arguments[0].equals("slow") ? new Slow(handler) : handler);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        System.out.println("ready at http://localhost:" + server.getAddress().getPort());
        Thread.currentThread().join();
    }

    private static HttpHandler engine(URI node, Network network, int signer) {
        Clock clock = Clock.systemUTC();
        LocalEvmSigner key =
                LocalEvmSigner.parse(DevAccounts.FACILITATORS.get(signer).privateKey());
        Plugins plugins = Plugins.builder()
                .discover()
                .port(
                        EvmRpc.class,
                        HttpEvmRpc.builder(clock).node(network, node).build())
                .port(
                        EvmFacilitatorConfig.class,
                        EvmFacilitatorConfig.of(
                                EvmSettlementPolicy.of(network, key).withConfirmations(1)))
                .clock(clock)
                .build();
        FacilitatorEngine engine = FacilitatorEngine.builder(
                        plugins, new InMemorySettlementStore(clock), FacilitatorPolicy.anyPayee(), "process-" + signer)
                .clock(clock)
                .completer(Executors.newFixedThreadPool(2))
                .build();
        return new EndpointHandler(FacilitatorEndpoints.builder(engine, clock).build());
    }

    /** Answers every second time later than a seller waits. */
    private record Slow(HttpHandler honest, AtomicInteger verified, AtomicInteger settled) implements HttpHandler {
        Slow(HttpHandler honest) {
            this(honest, new AtomicInteger(), new AtomicInteger());
        }

        @Override
        public void handle(HttpExchange exchange) throws IOException {
            String path = exchange.getRequestURI().getPath();
            boolean late = (path.equals("/settle") && settled.incrementAndGet() % 2 == 1)
                    || (path.equals("/verify") && verified.incrementAndGet() % 2 == 0);
            if (late) {
                wait(Duration.ofSeconds(5));
            }
            honest.handle(exchange);
        }

        private static void wait(Duration time) throws IOException {
            try {
                Pause.ofThreads().pause(time);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    /** Serves more than it can, finds everything valid, and says settled, each time in another way. */
    private record Liar(Network network, AtomicInteger settled) implements HttpHandler {
        private static final Pattern PAYER = Pattern.compile("\"from\"\\s*:\\s*\"(0x[0-9a-fA-F]{40})\"");
        private static final String HASH = "0x" + "ab".repeat(32);

        Liar(Network network) {
            this(network, new AtomicInteger());
        }

        @Override
        public void handle(HttpExchange exchange) throws IOException {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = answer(exchange.getRequestURI().getPath(), body).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        }

        private String answer(String path, String body) {
            Matcher matcher = PAYER.matcher(body);
            String payer = matcher.find() ? matcher.group(1) : "";
            if (path.equals("/supported")) {
                return "{\"kinds\":[%s,%s,%s],\"extensions\":[],\"signers\":{}}"
                        .formatted(
                                kind(network.toString()),
                                kind("eip155:1"),
                                kind("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"));
            }
            if (path.equals("/verify")) {
                return "{\"isValid\":true,\"payer\":\"%s\"}".formatted(payer);
            }
            List<String> lies = List.of(
                    settled(HASH, network.toString(), payer),
                    settled("0xab", network.toString(), payer),
                    settled(HASH, "eip155:1", payer),
                    settled(HASH, network.toString(), DevAccounts.STRANGER.address()),
                    settled("", network.toString(), payer));
            return lies.get(settled.getAndIncrement() % lies.size());
        }

        private static String kind(String network) {
            return "{\"x402Version\":2,\"scheme\":\"exact\",\"network\":\"%s\"}".formatted(network);
        }

        private static String settled(String transaction, String network, String payer) {
            return "{\"success\":true,\"transaction\":\"%s\",\"network\":\"%s\",\"payer\":\"%s\"}"
                    .formatted(transaction, network, payer);
        }
    }
}
