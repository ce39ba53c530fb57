package dev.x402.interop.kit;

import dev.x402.scheme.exact.evm.EvmAssets;
import dev.x402.scheme.exact.evm.EvmRail;
import dev.x402.scheme.exact.evm.EvmSigner;
import dev.x402.scheme.exact.evm.ExactEvmScheme;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import dev.x402.tck.Capability;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;
import dev.x402.testbed.evm.DevAccount;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmChain;
import dev.x402.testbed.evm.EvmNode;
import dev.x402.testbed.evm.TestDollar;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the kit must know of a chain on which somebody else's facilitator settles.
 *
 * <p>That one has its own clock and its own connection to the node: so time cannot be moved and nothing can be held back
 * or cut off, and the rules that need it do not apply.
 */
final class PeerFixture implements SchemeFixture {
    private final EvmNode node;
    private final LocalEvmSigner payer;

    PeerFixture(EvmNode node, DevAccount payer, TckEnvironment env) {
        this.node = node;
        this.payer = LocalEvmSigner.parse(payer.privateKey());
        env.follow(Clock.systemUTC());
    }

    @Override
    public PaymentScheme scheme() {
        return new ExactEvmScheme();
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        return type == EvmSigner.class ? Optional.of(type.cast(payer)) : Optional.empty();
    }

    @Override
    public PaymentRequirements offer() {
        return PaymentRequirements.of(
                new Kind("exact", Network.parse(node.network())),
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

    @Override
    public void fund(String account, AtomicAmount amount) {
        BigInteger before = node.dollar().balance(account);
        EvmChain chain = node.chain();
        if (!chain.awaitReceipt(node.dollar().mint(account, amount.value())).succeeded()
                || !node.dollar().balance(account).equals(before.add(amount.value()))) {
            throw new IllegalStateException("the money did not arrive");
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.CLIENT,
                Capability.SERVER,
                Capability.FACILITATOR,
                Capability.FULL_AMOUNT,
                Capability.KNOWN_BALANCE);
    }

    @Override
    public Collection<Rail> rails() {
        return List.of(new EvmRail());
    }

    @Override
    public Collection<Asset> assets() {
        return new EvmAssets().assets();
    }
}
