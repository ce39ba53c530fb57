package dev.x402.scheme.exact.svm;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import dev.x402.tck.Capability;
import dev.x402.tck.RailControl;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;
import dev.x402.testbed.svm.SvmAccounts;
import dev.x402.testbed.svm.SvmMint;
import dev.x402.testbed.svm.SvmNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the compatibility kit must know of {@code exact} on Solana: one real VM, on the kit's clock. */
final class ExactSvmFixture implements SchemeFixture {
    private final SvmNode node;
    private final LocalSvmSigner payer = World.key(SvmAccounts.payer());
    private final LossyRpc rpc;
    private final HeldCluster rail;
    private final SvmFacilitatorConfig facilitator;

    ExactSvmFixture(SvmNode node, TckEnvironment env) throws IOException {
        this.node = node;
        env.follow(Clock.fixed(node.chain().time(), ZoneOffset.UTC));
        rpc = new LossyRpc(World.NETWORK, node.uri(), env.clock());
        rail = new HeldCluster(
                node.chain(),
                node.usdc(),
                rpc,
                World.key(SvmAccounts.feePayer()),
                env.clock().instant());
        node.chain().advance(2);
        facilitator = SvmFacilitatorConfig.of(SvmSettlementPolicy.of(World.NETWORK, World.key(SvmAccounts.feePayer())));
    }

    @Override
    public PaymentScheme scheme() {
        return new ExactSvmScheme();
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        return List.of(payer, rpc, facilitator).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    @Override
    public PaymentRequirements offer() {
        return PaymentRequirements.of(
                World.KIND,
                AtomicAmount.of(1_000),
                SvmMint.USDC.address(),
                SvmAccounts.PAYEE.address(),
                60,
                Json.Obj.EMPTY);
    }

    @Override
    public String payer() {
        return payer.address();
    }

    @Override
    public String stranger() {
        return SvmAccounts.STRANGER.address();
    }

    @Override
    public AtomicAmount balance(String account) {
        return new AtomicAmount(node.usdc().balance(account));
    }

    @Override
    public void fund(String account, AtomicAmount amount) {
        node.usdc().setBalance(account, node.usdc().balance(account).add(amount.value()));
    }

    /** All but two: an attempt has nothing that could be replaced, and nobody can give a transfer back. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.REPLACES, Capability.REVERSES));
    }

    @Override
    public Collection<Rail> rails() {
        return List.of(new SvmRail());
    }

    @Override
    public Collection<Asset> assets() {
        List<Asset> assets = new ArrayList<>(new SvmAssets().assets());
        assets.addAll(new World.Tokens().assets());
        return assets;
    }

    @Override
    public Optional<String> otherAsset() {
        return Optional.of(SvmMint.DOLLAR_2022.address());
    }

    @Override
    public Map<String, Payment> spellings(Payment honest) {
        return Forgeries.spellings(honest, payer);
    }

    @Override
    public Map<String, Payment> forgeries(Payment honest) {
        Map<String, Payment> forgeries = new LinkedHashMap<>(Forgeries.of(honest, payer));
        forgeries.putAll(ChainForgeries.of(honest, payer));
        return forgeries;
    }

    /** The blockhash that a seller offers is some slots old. */
    @Override
    public Duration expiryMargin() {
        return ExactSvmServer.FRESH.plusSeconds(5);
    }

    @Override
    public List<String> secrets() {
        return List.of(SvmAccounts.payer().secretKey(), SvmAccounts.feePayer().secretKey());
    }

    @Override
    public RailControl rail() {
        return rail;
    }
}
