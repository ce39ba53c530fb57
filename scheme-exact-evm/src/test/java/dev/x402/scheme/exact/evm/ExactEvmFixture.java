package dev.x402.scheme.exact.evm;

import dev.x402.spec.AssetId;
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
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmNode;
import dev.x402.testbed.evm.TestDollar;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the compatibility kit must know of {@code exact} on EVM chains: one real node, on the kit's clock. */
final class ExactEvmFixture implements SchemeFixture {
    private static final String EURO = "0x808456652fdb597867f38412077A9182bf77359F";
    private static final Duration AHEAD = Duration.ofSeconds(30); // room for blocks that are wanted at once

    private final EvmNode node;
    private final LocalEvmSigner payer = World.key(DevAccounts.payer());
    private final LossyRpc rpc;
    private final HeldChain rail;
    private final EvmFacilitatorConfig facilitator;

    ExactEvmFixture(EvmNode node, TckEnvironment env) throws IOException {
        this.node = node;
        env.follow(Clock.fixed(node.chain().time().plus(AHEAD), ZoneOffset.UTC));
        rpc = new LossyRpc(World.NETWORK, node.uri(), env.clock());
        rail = new HeldChain(node.chain(), rpc, payer);
        facilitator =
                EvmFacilitatorConfig.of(EvmSettlementPolicy.of(World.NETWORK, World.key(DevAccounts.facilitator()))
                        .withConfirmations(3));
    }

    @Override
    public PaymentScheme scheme() {
        return new ExactEvmScheme();
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
                TestDollar.ADDRESS,
                DevAccounts.PAYEE.address(),
                300,
                Json.Obj.EMPTY);
    }

    @Override
    public String payer() {
        return payer.address();
    }

    @Override
    public String stranger() {
        return DevAccounts.STRANGER.address();
    }

    @Override
    public AtomicAmount balance(String account) {
        return new AtomicAmount(node.dollar().balance(account));
    }

    /** Mined at once. */
    @Override
    public void fund(String account, AtomicAmount amount) {
        BigInteger before = node.dollar().balance(account);
        node.dollar().mint(account, amount.value());
        rail.tick(node.chain().time().plusSeconds(1));
        if (!node.dollar().balance(account).equals(before.add(amount.value()))) {
            throw new IllegalStateException("the money did not arrive");
        }
    }

    /** All but {@link Capability#REVERSES}: nobody can give a transfer on a chain back but by another payment. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.REVERSES));
    }

    @Override
    public Collection<Rail> rails() {
        return List.of(new EvmRail());
    }

    @Override
    public Collection<Asset> assets() {
        Json.Obj domain = Json.Obj.EMPTY.with(Token.NAME, "EURC").with(Token.VERSION, "2");
        List<Asset> assets = new ArrayList<>(new EvmAssets().assets());
        assets.add(new Asset(new AssetId(World.NETWORK, EURO), "EURC", 6, "EUR", domain));
        return assets;
    }

    @Override
    public Optional<String> otherAsset() {
        return Optional.of(EURO);
    }

    @Override
    public Map<String, Payment> spellings(Payment honest) {
        return Forgeries.spellings(honest, payer);
    }

    @Override
    public Map<String, Payment> forgeries(Payment honest) {
        return Forgeries.of(honest, payer);
    }

    @Override
    public Duration expiryMargin() {
        return Duration.ofSeconds(Judge.MARGIN_SECONDS.longValueExact());
    }

    @Override
    public List<String> secrets() {
        return List.of(
                DevAccounts.payer().privateKey().substring(2),
                DevAccounts.facilitator().privateKey().substring(2));
    }

    @Override
    public RailControl rail() {
        return rail;
    }
}
