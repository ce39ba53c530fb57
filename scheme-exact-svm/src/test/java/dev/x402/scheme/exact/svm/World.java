package dev.x402.scheme.exact.svm;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import dev.x402.spi.Attempt;
import dev.x402.spi.Movement;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.svm.SvmAccount;
import dev.x402.testbed.svm.SvmAccounts;
import dev.x402.testbed.svm.SvmChain;
import dev.x402.testbed.svm.SvmMint;
import dev.x402.testbed.svm.SvmNode;
import dev.x402.testbed.svm.SvmToken;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A payer, a payee and a facilitator on one cluster of one node or more. */
final class World implements AutoCloseable {
    static final Network NETWORK = Offline.NETWORK;
    static final Kind KIND = Offline.KIND;
    static final Duration PATIENCE = Duration.ofSeconds(10);

    final SvmNode node;
    final SvmChain chain;
    final SvmToken dollar;
    final ShiftedClock clock = new ShiftedClock();
    final Plugins plugins;
    final SchemeFacilitator facilitator;

    World(SvmNode node) {
        this(node, policy -> policy);
    }

    World(SvmNode node, UnaryOperator<SvmSettlementPolicy> policy) {
        this(node, policy, rpc -> rpc);
    }

    World(SvmNode node, UnaryOperator<SvmSettlementPolicy> policy, UnaryOperator<SvmRpc> way) {
        this.node = node;
        this.chain = node.chain();
        this.dollar = node.usdc();
        plugins = Plugins.builder()
                .discover()
                .add(new Tokens())
                .port(SvmSigner.class, key(SvmAccounts.payer()))
                .port(
                        SvmRpc.class,
                        way.apply(HttpSvmRpc.builder(clock)
                                .node(NETWORK, node.uri())
                                .build()))
                .port(
                        SvmFacilitatorConfig.class,
                        SvmFacilitatorConfig.of(
                                policy.apply(SvmSettlementPolicy.of(NETWORK, key(SvmAccounts.feePayer())))))
                .clock(clock)
                .random(new SecureRandom())
                .build();
        facilitator = plugins.facilitator(KIND);
    }

    /** The testbed's tokens besides USDC. */
    static final class Tokens implements AssetSource {
        @Override
        public Collection<Asset> assets() {
            return SvmMint.ALL.stream()
                    .filter(mint -> !mint.equals(SvmMint.USDC))
                    .map(mint -> new Asset(
                            new AssetId(NETWORK, mint.address()),
                            "T" + SvmMint.ALL.indexOf(mint),
                            mint.decimals(),
                            "USD",
                            Json.Obj.EMPTY))
                    .toList();
        }
    }

    static LocalSvmSigner key(SvmAccount account) {
        return LocalSvmSigner.parse(account.secretKey());
    }

    static SvmSigner[] feePayers() {
        return SvmAccounts.FEE_PAYERS.stream().map(World::key).toArray(SvmSigner[]::new);
    }

    /** An offer of so many atomic dollars, as the seller completes it. */
    PaymentRequirements offer(long amount) {
        return offer(amount, SvmMint.USDC);
    }

    PaymentRequirements offer(long amount, SvmMint mint) {
        PaymentRequirements draft = PaymentRequirements.of(
                KIND, AtomicAmount.of(amount), mint.address(), SvmAccounts.PAYEE.address(), 60, Json.Obj.EMPTY);
        return plugins.server(KIND).complete(draft, facilitator.kind(NETWORK), by());
    }

    Payment pay(PaymentRequirements offer) {
        return Payment.of(
                PaymentPayload.of(
                        null,
                        offer,
                        plugins.client(KIND)
                                .pay(offer, new PayContext(Json.Obj.EMPTY, offer.amount(), by()))
                                .payload()),
                offer);
    }

    Payment pay(long amount) {
        return pay(offer(amount));
    }

    Verification verify(Payment payment) {
        return facilitator.verify(payment, by());
    }

    Instant by() {
        return clock.instant().plus(PATIENCE);
    }

    BigInteger paid() {
        return dollar.balance(SvmAccounts.PAYEE.address());
    }

    Trip trip(Payment payment) {
        return new Trip(payment);
    }

    @Override
    public void close() {
        plugins.close();
    }

    /** What an engine does for one movement, one step at a time. */
    final class Trip {
        Movement movement;

        Trip(Payment payment) {
            movement = new Movement(1, List.of(payment), List.of(new Attempt(0, Optional.empty(), Optional.empty())));
        }

        Signed sign() {
            Signed signed = (Signed) facilitator.prepare(movement, by());
            movement =
                    new Movement(1, movement.payments(), List.of(movement.last().with(signed)));
            return signed;
        }

        /** Signs and sends; the reference. */
        String send() {
            String reference = sign().reference();
            submit();
            return reference;
        }

        void submit() {
            facilitator.submit(movement, movement.last(), by());
        }

        Sighting observe() {
            return facilitator.observe(movement, by());
        }
    }
}
