package dev.x402.core.market;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemePayload;
import dev.x402.spi.SchemeServer;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The scheme {@code coin}: whoever writes {@code "signature":"valid"} has signed. */
public final class Coin implements PaymentScheme {
    public static final Network MAIN = Network.parse("coin:main");
    public static final Network TEST = Network.parse("coin:test");
    public static final Kind ON_MAIN = new Kind("coin", MAIN);
    public static final Kind ON_TEST = new Kind("coin", TEST);
    public static final ErrorCode SPENT = new ErrorCode("coin_melted");

    /** A change that the server's side makes to an offer that it should only complete. */
    public volatile java.util.function.UnaryOperator<PaymentRequirements> meddling =
            java.util.function.UnaryOperator.identity();

    public volatile Set<String> dynamic = Set.of();
    public volatile boolean railDown;
    public volatile boolean canPay = true;
    public final AtomicInteger signatures = new AtomicInteger();
    private final AtomicInteger block = new AtomicInteger();

    @Override
    public String name() {
        return "coin";
    }

    @Override
    public NetworkPattern networks() {
        return NetworkPattern.parse("coin:*");
    }

    @Override
    public PaymentKey key(Payment payment) {
        return new PaymentKey(payment.requirements().network() + "/"
                + payment.payload().payload().cursor().member("from").text().toLowerCase(Locale.ROOT) + "/"
                + payment.payload().payload().cursor().member("nonce").text());
    }

    @Override
    public Set<ErrorCode> spent() {
        return Set.of(SPENT);
    }

    @Override
    public Optional<SchemeServer> server(SchemeContext context) {
        return Optional.of(new Server());
    }

    @Override
    public Optional<SchemeClient> client(SchemeContext context) {
        return Optional.of(new Client(context));
    }

    /** A payment of this offer by {@code alice}. */
    public static PaymentPayload payment(PaymentRequirements accepted, String nonce) {
        return payment(accepted, "alice", nonce, "valid");
    }

    public static PaymentPayload payment(PaymentRequirements accepted, String from, String nonce, String signature) {
        return PaymentPayload.of(
                null,
                accepted,
                Json.Obj.EMPTY.with("from", from).with("nonce", nonce).with("signature", signature));
    }

    private final class Server implements SchemeServer {
        @Override
        public PaymentRequirements complete(PaymentRequirements draft, SupportedKind kind, Instant by) {
            if (railDown) {
                throw new RailUnavailableException("coin: no block");
            }
            PaymentRequirements completed = draft.withExtra(draft.extraOrEmpty()
                    .with(
                            "teller",
                            kind.extra() == null
                                    ? Json.of("none")
                                    : kind.extra().members().get("teller")));
            return meddling.apply(
                    dynamic.contains("block")
                            ? completed.withExtra(
                                    completed.extraOrEmpty().with("block", Json.of(block.incrementAndGet())))
                            : completed);
        }

        @Override
        public Set<String> dynamicExtra() {
            return dynamic;
        }
    }

    private final class Client implements SchemeClient {
        private final SchemeContext context;

        Client(SchemeContext context) {
            this.context = context;
        }

        @Override
        public boolean canPay(PaymentRequirements offer) {
            return canPay;
        }

        @Override
        public SchemePayload pay(PaymentRequirements offer, PayContext pay) {
            if (railDown) {
                throw new RailUnavailableException("coin: no block");
            }
            int nonce = signatures.incrementAndGet();
            return new SchemePayload(
                    payment(offer, Integer.toString(nonce)).payload(),
                    Json.Obj.EMPTY,
                    context.clock().instant().plusSeconds(offer.maxTimeoutSeconds()));
        }
    }

    /** Two networks; accounts and assets are letters and digits in any case. */
    public static final class Ground implements Rail {
        private final Duration window;

        public Ground() {
            this(Duration.ZERO);
        }

        /** Ground on which coins may go back for so long. */
        public Ground(Duration window) {
            this.window = window;
        }

        @Override
        public Collection<RailNetwork> networks() {
            return List.of(
                    new RailNetwork(MAIN, "Main", false, Duration.ofSeconds(1), window, Stage.SETTLED),
                    new RailNetwork(TEST, "Test", true, Duration.ofSeconds(1), window, Stage.SETTLED));
        }

        @Override
        public Optional<String> canonicalAccount(Network network, String account) {
            return account.matches("[A-Za-z0-9]{1,32}")
                    ? Optional.of(account.toLowerCase(Locale.ROOT))
                    : Optional.empty();
        }

        @Override
        public Optional<String> canonicalAsset(Network network, String asset) {
            return canonicalAccount(network, asset);
        }

        @Override
        public boolean isReference(Network network, String reference) {
            return reference.length() <= 64 && !reference.isBlank();
        }
    }

    /** {@code gold} is a dollar with 6 decimals, {@code silver} a euro with 2, both on both networks. */
    public static final class Mint implements AssetSource {
        @Override
        public Collection<Asset> assets() {
            return List.of(gold(MAIN), silver(MAIN), gold(TEST), silver(TEST));
        }

        public static Asset gold(Network network) {
            return new Asset(new AssetId(network, "gold"), "GOLD", 6, "USD", Json.Obj.EMPTY);
        }

        public static Asset silver(Network network) {
            return new Asset(new AssetId(network, "silver"), "SILVER", 2, "EUR", Json.Obj.EMPTY);
        }
    }

    /** What the payload says; throws when it is no payment by coin. */
    static String member(Payment payment, String name) {
        return payment.payload()
                .payload()
                .text(name)
                .orElseThrow(() -> new MalformedMessageException("/payload/" + name, "a string", "nothing"));
    }

    static AtomicAmount price(Payment payment) {
        return payment.requirements().amount();
    }
}
