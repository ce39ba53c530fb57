package dev.x402.fuzz;

import dev.x402.core.Pause;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.WayToPay;
import dev.x402.http.server.PaidRoutes;
import dev.x402.scheme.exact.evm.EvmFacilitatorConfig;
import dev.x402.scheme.exact.evm.EvmRpc;
import dev.x402.scheme.exact.evm.EvmSettlementPolicy;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.SupportedKind;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A seller whose facilitator believes everything: what runs a handler here had at least the form of a payment. */
final class Seller {
    static final Network NETWORK = Network.parse("eip155:84532");
    static final Kind KIND = new Kind("exact", NETWORK);
    static final String TOKEN = "0x036CbD53842c5426634e7929541eC2318f3dCF7e";
    static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_740_672_100), ZoneOffset.UTC);

    final Believer believer = new Believer();

    /** Every plugin; the chain's node is down. */
    static Plugins plugins() {
        return builder().build();
    }

    static Plugins.Builder builder() {
        return Plugins.builder()
                .discover()
                .clock(CLOCK)
                .random(new SecureRandom(new byte[] {1}))
                .port(EvmRpc.class, network -> List.of(new DeadNode()))
                .port(
                        EvmFacilitatorConfig.class,
                        EvmFacilitatorConfig.of(
                                EvmSettlementPolicy.of(NETWORK, LocalEvmSigner.parse("0x" + "11".repeat(32)))));
    }

    PaidRoutes routes() {
        PaymentGate gate = PaymentGate.builder(plugins())
                .facilitator(believer)
                .claims(InMemoryClaimStore.builder(Clock.systemUTC()).build())
                .clock(Clock.systemUTC())
                .pause(Pause.ofThreads())
                .waitInFlight(Duration.ofMillis(1))
                .route(PricedRoute.of(
                        "report",
                        WayToPay.by(KIND)
                                .price(Price.atomic(10_000))
                                .payTo(PAYEE)
                                .asset(TOKEN)
                                .maxTimeoutSeconds(60)
                                .build()))
                .build();
        return PaidRoutes.builder(gate, URI.create("https://shop.example"))
                .price("GET", "/paid", "report")
                .price("GET", "/items/{item}", "report")
                .build();
    }

    /** Finds every payment valid and settled. */
    static final class Believer implements Facilitator {
        final AtomicInteger settled = new AtomicInteger();
        final Set<Json> proofs = ConcurrentHashMap.newKeySet();

        @Override
        public SupportedResponse supported(Instant by) {
            return new SupportedResponse(
                    List.of(SupportedKind.of(KIND)), List.of(), List.of(), Map.of(), Json.Obj.EMPTY);
        }

        @Override
        public Verification verify(Payment payment, Instant by) {
            return new Verification.Valid(PAYEE.replace('2', '3'), Json.Obj.EMPTY);
        }

        @Override
        public Settlement settle(Payment payment, Instant by) {
            settled.incrementAndGet();
            proofs.add(payment.payload().payload());
            return new Settlement.Settled(
                    new Receipt(
                            "0x" + "ab".repeat(32),
                            PAYEE.replace('2', '3'),
                            payment.requirements().amount(),
                            Json.Obj.EMPTY),
                    Stage.FINAL);
        }

        @Override
        public void close() {}
    }

    private static final class DeadNode implements EvmRpc.Node {
        @Override
        public String name() {
            return "dead";
        }

        @Override
        public List<EvmRpc.Answer> call(List<EvmRpc.Call> calls, Instant by) {
            throw new RailUnavailableException("dead: down");
        }
    }
}
