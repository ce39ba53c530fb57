package dev.x402.benchmarks.market;

import dev.x402.spec.AssetId;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeServer;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** A scheme, rail and assets whose messages have the size of those of a chain, and that cost next to nothing. */
public final class Shell implements PaymentScheme {
    /** Of the first beach. */
    public static final Kind KIND = new Kind("shell", beach(0));

    /** A payee. */
    public static final String PAYEE = "0x209693bc6afc0c5328ba36faf03c514ef312287c";

    private static final int BEACHES = 16;

    /** A scheme without state. */
    public Shell() {}

    /** One of sixteen networks. */
    public static Network beach(int number) {
        return Network.parse("beach:" + number);
    }

    /** The asset of a network. */
    public static AssetId asset(Network network) {
        return new AssetId(network, "0x036cbd53842c5426634e7929541ec2318f3dcf7e");
    }

    /** A payment that nobody made before, as long as one by EIP-3009. */
    public static PaymentPayload payment(PaymentRequirements accepted, long nonce) {
        return PaymentPayload.of(
                null,
                accepted,
                Json.Obj.EMPTY
                        .with(
                                "signature",
                                "0x2d6a7588d6acca505cbf0d9a4a227e0c52c6c34008c8e8986a1283259764173608a2ce6496642e377d6da8dbbf5836e9bd15092f9ecab05ded3d6293af148b571c")
                        .with(
                                "authorization",
                                Json.Obj.EMPTY
                                        .with("from", "0x857b06519e91e3a54538791bdbb0e22373e36b66")
                                        .with("to", accepted.payTo())
                                        .with("value", accepted.amount().toString())
                                        .with("validAfter", "1740672089")
                                        .with("validBefore", "1740672154")
                                        .with("nonce", "0x" + String.format(Locale.ROOT, "%064x", nonce))));
    }

    @Override
    public String name() {
        return KIND.scheme();
    }

    @Override
    public NetworkPattern networks() {
        return NetworkPattern.parse("beach:*");
    }

    @Override
    public PaymentKey key(Payment payment) {
        return new PaymentKey(payment.requirements().network() + "/"
                + payment.payload()
                        .payload()
                        .cursor()
                        .member("authorization")
                        .member("nonce")
                        .text());
    }

    @Override
    public Optional<SchemeServer> server(SchemeContext context) {
        return Optional.of(new Server());
    }

    /** Sixteen networks. */
    public static final class Coast implements Rail {
        /** A rail without state. */
        public Coast() {}

        @Override
        public Collection<RailNetwork> networks() {
            return IntStream.range(0, BEACHES)
                    .mapToObj(number -> new RailNetwork(
                            beach(number),
                            "Beach " + number,
                            number >= BEACHES / 2,
                            Duration.ofSeconds(1 + number),
                            Duration.ZERO,
                            Stage.SETTLED))
                    .toList();
        }

        @Override
        public Optional<String> canonicalAccount(Network network, String account) {
            return account.length() == 42 ? Optional.of(account.toLowerCase(Locale.ROOT)) : Optional.empty();
        }

        @Override
        public Optional<String> canonicalAsset(Network network, String asset) {
            return canonicalAccount(network, asset);
        }
    }

    /** A dollar on each network. */
    public static final class Dollars implements AssetSource {
        /** Data. */
        public Dollars() {}

        @Override
        public Collection<Asset> assets() {
            return IntStream.range(0, BEACHES)
                    .mapToObj(number -> new Asset(asset(beach(number)), "USDS", 6, "USD", Json.Obj.EMPTY))
                    .toList();
        }
    }

    private static final class Server implements SchemeServer {
        @Override
        public PaymentRequirements complete(PaymentRequirements draft, SupportedKind kind, Instant by) {
            return draft.withExtra(draft.extraOrEmpty().with("name", "Shell").with("version", "2"));
        }
    }
}
