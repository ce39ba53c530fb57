package dev.x402.config;

import dev.x402.spec.AssetId;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import dev.x402.spi.Facilitator;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Phase;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Receipt;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemePayload;
import dev.x402.spi.SchemeServer;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A scheme on two networks with one dollar each, and a facilitator that says yes. */
final class Toy implements PaymentScheme {
    static final Network SOLO = Network.parse("toy:solo");
    static final Network DUO = Network.parse("toy:duo");

    static Plugins plugins(Clock clock) {
        return Plugins.builder()
                .clock(clock)
                .add(new Toy())
                .add(new Ground())
                .add((AssetSource) () -> List.of(usdt(SOLO), usdt(DUO)))
                .build();
    }

    private static Asset usdt(Network network) {
        return new Asset(new AssetId(network, "usdt"), "USDT", 6, "USD", Json.Obj.EMPTY);
    }

    static PaymentPayload payment(PaymentRequirements accepted) {
        return PaymentPayload.of(null, accepted, Json.Obj.EMPTY.with("nonce", "1"));
    }

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public NetworkPattern networks() {
        return NetworkPattern.parse("toy:*");
    }

    @Override
    public PaymentKey key(Payment payment) {
        return new PaymentKey(
                payment.payload().payload().cursor().member("nonce").text());
    }

    @Override
    public Optional<SchemeServer> server(SchemeContext context) {
        return Optional.of(new SchemeServer() {
            @Override
            public PaymentRequirements complete(PaymentRequirements draft, SupportedKind kind, Instant by) {
                return draft;
            }

            @Override
            public Set<Phase> phases(PaymentRequirements offer) {
                return Set.of(Phase.CHARGE);
            }
        });
    }

    @Override
    public Optional<SchemeClient> client(SchemeContext context) {
        return Optional.of(new SchemeClient() {
            @Override
            public boolean canPay(PaymentRequirements offer) {
                return true;
            }

            @Override
            public SchemePayload pay(PaymentRequirements offer, PayContext pay) {
                return new SchemePayload(payment(offer).payload(), Json.Obj.EMPTY, Instant.MAX);
            }
        });
    }

    /** The networks. */
    private static final class Ground implements Rail {
        @Override
        public Collection<RailNetwork> networks() {
            return List.of(
                    new RailNetwork(SOLO, "Solo", false, Duration.ofSeconds(1), Duration.ZERO, Stage.SETTLED),
                    new RailNetwork(DUO, "Duo", false, Duration.ofSeconds(1), Duration.ZERO, Stage.SETTLED));
        }

        @Override
        public Optional<String> canonicalAccount(Network network, String account) {
            return Optional.of(account);
        }

        @Override
        public Optional<String> canonicalAsset(Network network, String asset) {
            return Optional.of(asset);
        }
    }

    /** Says yes, and remembers how long it had. */
    static final class Yes implements Facilitator {
        final List<Instant> verifyBy = new ArrayList<>();
        final List<Instant> settleBy = new ArrayList<>();

        @Override
        public SupportedResponse supported(Instant by) {
            return new SupportedResponse(
                    List.of(
                            new SupportedKind("toy", SOLO, Json.Obj.EMPTY, Json.Obj.EMPTY),
                            new SupportedKind("toy", DUO, Json.Obj.EMPTY, Json.Obj.EMPTY)),
                    List.of(),
                    List.of(),
                    Map.of(),
                    Json.Obj.EMPTY);
        }

        @Override
        public Verification verify(Payment payment, Instant by) {
            verifyBy.add(by);
            return new Verification.Valid("alice", Json.Obj.EMPTY);
        }

        @Override
        public Settlement settle(Payment payment, Instant by) {
            settleBy.add(by);
            return new Settlement.Settled(
                    new Receipt("tx", "alice", payment.requirements().amount(), Json.Obj.EMPTY), Stage.SETTLED);
        }

        @Override
        public void close() {}
    }
}
