package dev.x402.http.hostile;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemePayload;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A naive wallet: signs whatever it is given, and remembers it. */
final class Cash implements PaymentScheme {
    static final Network TEST = Network.parse("land:test");
    static final Network MAIN = Network.parse("land:main");
    static final String SECRET = "signature-that-nobody-may-print";

    /** What was signed, in order. */
    final List<PaymentRequirements> signed = new CopyOnWriteArrayList<>();

    static PaymentRequirements offer(Network network, String amount, String asset, String payTo) {
        return PaymentRequirements.of(
                new Kind("cash", network), AtomicAmount.parse(amount), asset, payTo, 300, Json.Obj.EMPTY);
    }

    @Override
    public String name() {
        return "cash";
    }

    @Override
    public NetworkPattern networks() {
        return NetworkPattern.parse("land:*");
    }

    @Override
    public PaymentKey key(Payment payment) {
        return new PaymentKey(payment.payload().payload().text("nonce").orElse("none"));
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
                signed.add(offer);
                Json.Obj payload =
                        Json.Obj.EMPTY.with("nonce", "n" + signed.size()).with("signature", SECRET);
                return new SchemePayload(
                        payload, Json.Obj.EMPTY, context.clock().instant().plusSeconds(offer.maxTimeoutSeconds()));
            }
        });
    }

    /** A network to play on, and one where money is worth something. */
    static final class Land implements Rail {
        @Override
        public Collection<RailNetwork> networks() {
            return List.of(
                    new RailNetwork(TEST, "Land Test", true, Duration.ofSeconds(1), Duration.ZERO, Stage.SETTLED),
                    new RailNetwork(MAIN, "Land", false, Duration.ofSeconds(1), Duration.ZERO, Stage.SETTLED));
        }

        @Override
        public Optional<String> canonicalAccount(Network network, String account) {
            return Optional.of(account.toLowerCase(Locale.ROOT));
        }

        @Override
        public Optional<String> canonicalAsset(Network network, String asset) {
            return Optional.of(asset.toLowerCase(Locale.ROOT));
        }
    }

    /** On both networks a dollar of 6 decimals and one of 18. */
    static final class Dollars implements AssetSource {
        @Override
        public Collection<Asset> assets() {
            return Stream.of(TEST, MAIN)
                    .flatMap(network -> Stream.of(
                            new Asset(new AssetId(network, "0xusdc"), "USDC", 6, "USD", Json.Obj.EMPTY),
                            new Asset(new AssetId(network, "0xdai"), "DAI", 18, "USD", Json.Obj.EMPTY)))
                    .toList();
        }
    }
}
