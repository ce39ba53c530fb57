package dev.x402.http.toy;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Phase;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemePayload;
import dev.x402.spi.SchemeServer;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The scheme {@code toy}: whoever writes {@code "signature":"valid"} has signed. */
public final class Toy implements PaymentScheme {
    public static final Network NETWORK = Network.parse("toy:one");
    public static final Kind KIND = new Kind("toy", NETWORK);
    public static final AssetId COIN = new AssetId(NETWORK, "coin");

    /** Whether less than the offer can be taken. */
    public volatile boolean metered;

    /** How many payments were signed. */
    public final AtomicInteger signatures = new AtomicInteger();

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
        return new PaymentKey(payment.requirements().network() + "/"
                + payment.payload().payload().cursor().member("nonce").text());
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
                Json.Obj payload = Json.Obj.EMPTY
                        .with("nonce", "signed-" + signatures.incrementAndGet())
                        .with("signature", "valid");
                Instant until = context.clock().instant().plusSeconds(60);
                return new SchemePayload(payload, Json.Obj.EMPTY, until);
            }
        });
    }

    @Override
    public Optional<SchemeServer> server(SchemeContext context) {
        return Optional.of(new SchemeServer() {
            @Override
            public PaymentRequirements complete(PaymentRequirements draft, SupportedKind kind, Instant by) {
                return draft;
            }

            @Override
            public Payment settlement(Payment admitted, Phase phase, AtomicAmount actual) {
                return metered
                        ? new Payment(
                                admitted.payload(), admitted.requirements().withAmount(actual), admitted.tenant())
                        : admitted;
            }
        });
    }

    /** The one network of toys. */
    public static final class Playground implements Rail {
        @Override
        public Collection<RailNetwork> networks() {
            return List.of(new RailNetwork(NETWORK, "One", true, Duration.ofSeconds(1), Duration.ZERO, Stage.SETTLED));
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

    /** The one coin. */
    public static final class Purse implements AssetSource {
        @Override
        public Collection<Asset> assets() {
            return List.of(new Asset(COIN, "COIN", 2, "USD", Json.Obj.EMPTY));
        }
    }

    /** What a facilitator serves. */
    public static SupportedKind served() {
        return SupportedKind.of(KIND);
    }
}
