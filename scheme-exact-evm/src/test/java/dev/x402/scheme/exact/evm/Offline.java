package dev.x402.scheme.exact.evm;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Asset;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeServer;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.TestDollar;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** The three sides at a fixed time, without a node. */
final class Offline implements SchemeContext {
    static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    final Map<Class<?>, Object> ports;
    final ExactEvmScheme scheme = new ExactEvmScheme();

    Offline(Map<Class<?>, Object> ports) {
        this.ports = ports;
    }

    Offline() {
        this(Map.of(EvmSigner.class, World.key(DevAccounts.payer())));
    }

    SchemeClient client() {
        return scheme.client(this).orElseThrow();
    }

    SchemeServer server() {
        return scheme.server(this).orElseThrow();
    }

    static PaymentRequirements draft(long amount) {
        return PaymentRequirements.of(
                World.KIND,
                AtomicAmount.of(amount),
                TestDollar.ADDRESS,
                DevAccounts.PAYEE.address(),
                300,
                Json.Obj.EMPTY);
    }

    PaymentRequirements offer(long amount) {
        return complete(draft(amount));
    }

    PaymentRequirements complete(PaymentRequirements draft) {
        return server().complete(draft, SupportedKind.of(draft.kind()), NOW);
    }

    Payment pay(PaymentRequirements offer) {
        return Payment.of(PaymentPayload.of(null, offer, payload(offer)), offer);
    }

    Json.Obj payload(PaymentRequirements offer) {
        return client().pay(offer, new PayContext(Json.Obj.EMPTY, offer.amount(), NOW))
                .payload();
    }

    static Payment with(Payment payment, Json.Obj payload) {
        return Payment.of(PaymentPayload.of(null, payment.payload().accepted(), payload), payment.requirements());
    }

    static Payment with(Payment payment, PaymentRequirements requirements) {
        return Payment.of(
                PaymentPayload.of(null, requirements, payment.payload().payload()), requirements);
    }

    /** The payment with one member of its authorization replaced. */
    static Payment edited(Payment payment, String member, Json value) {
        Json.Obj payload = payment.payload().payload();
        Json.Obj authorization = (Json.Obj) payload.find("authorization").orElseThrow();
        return with(payment, payload.with("authorization", authorization.with(member, value)));
    }

    @Override
    public Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Override
    public SecureRandom random() {
        return new SecureRandom();
    }

    @Override
    public Optional<Asset> asset(AssetId id) {
        EvmRail rail = new EvmRail();
        return new EvmAssets()
                .assets().stream()
                        .filter(asset -> asset.id().network().equals(id.network())
                                && rail.canonicalAsset(id.network(), id.reference())
                                        .equals(Optional.of(asset.id().reference())))
                        .findFirst();
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        return Optional.ofNullable(type.cast(ports.get(type)));
    }
}
