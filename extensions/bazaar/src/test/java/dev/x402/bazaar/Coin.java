package dev.x402.bazaar;

import dev.x402.spec.AssetId;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spec.SupportedKind;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Receipt;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeServer;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A way to pay for tests: whoever names a nonce has paid. Accounts are the same in every case of letters. */
final class Coin implements PaymentScheme {
    static final Network NETWORK = Network.parse("toy:one");
    static final Kind KIND = new Kind("toy", NETWORK);
    static final String ASSET = "coin";

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public NetworkPattern networks() {
        return NetworkPattern.of(NETWORK);
    }

    @Override
    public PaymentKey key(Payment payment) {
        return new PaymentKey(payment.payload().payload().text("nonce").orElseThrow());
    }

    @Override
    public Optional<SchemeServer> server(SchemeContext context) {
        return Optional.of((draft, kind, by) -> draft);
    }

    /** What a settled payment for this address looks like to the facilitator. */
    static Payment payment(String url, String payTo) {
        PaymentRequirements offer = Market.offer(payTo, 25);
        return Payment.of(PaymentPayload.of(ResourceInfo.of(url), offer, Json.Obj.EMPTY.with("nonce", "1")), offer);
    }

    static final class Ground implements Rail {
        @Override
        public Collection<RailNetwork> networks() {
            return List.of(new RailNetwork(NETWORK, "One", true, Duration.ofSeconds(1), Duration.ZERO, Stage.SETTLED));
        }

        @Override
        public Optional<String> canonicalAccount(Network network, String account) {
            return Optional.of(account.toLowerCase(Locale.ROOT));
        }

        @Override
        public Optional<String> canonicalAsset(Network network, String asset) {
            return Optional.of(asset);
        }
    }

    static final class Purse implements AssetSource {
        @Override
        public Collection<Asset> assets() {
            return List.of(new Asset(new AssetId(NETWORK, ASSET), "COIN", 2, "USD", Json.Obj.EMPTY));
        }
    }

    /** Takes everything. */
    static final class Bank implements Facilitator {
        @Override
        public SupportedResponse supported(Instant by) {
            return new SupportedResponse(
                    List.of(SupportedKind.of(KIND)), List.of(), List.of(), Map.of(), Json.Obj.EMPTY);
        }

        @Override
        public Verification verify(Payment payment, Instant by) {
            return new Verification.Valid("payer", Json.Obj.EMPTY);
        }

        @Override
        public Settlement settle(Payment payment, Instant by) {
            return new Settlement.Settled(
                    new Receipt("tx", "payer", payment.requirements().amount(), Json.Obj.EMPTY), Stage.SETTLED);
        }

        @Override
        public void close() {}
    }
}
