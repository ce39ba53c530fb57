package org.town;

import dev.x402.scheme.exact.evm.EvmRail;
import dev.x402.scheme.exact.evm.ExactEvmScheme;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import dev.x402.tck.AssetRules;
import dev.x402.tck.Capability;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules for assets; the rail and the scheme are somebody else's, and judged there. */
class TownDollarTest implements AssetRules {
    @Override
    public SchemeFixture fixture(TckEnvironment env) {
        return new TownFixture();
    }

    /** The asset on the rail that it is for. */
    private static final class TownFixture implements SchemeFixture {
        @Override
        public Collection<Asset> assets() {
            return new TownDollar().assets();
        }

        @Override
        public Collection<Rail> rails() {
            return List.of(new EvmRail());
        }

        @Override
        public PaymentScheme scheme() {
            return new ExactEvmScheme();
        }

        @Override
        public <T> Optional<T> port(Class<T> type) {
            return Optional.empty();
        }

        @Override
        public PaymentRequirements offer() {
            Asset asset = assets().iterator().next();
            Kind kind = new Kind("exact", asset.id().network());
            return PaymentRequirements.of(
                    kind, AtomicAmount.of(10_000), asset.id().reference(), stranger(), 60, Json.Obj.EMPTY);
        }

        @Override
        public String payer() {
            return "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65";
        }

        @Override
        public String stranger() {
            return "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955";
        }

        @Override
        public AtomicAmount balance(String account) {
            return AtomicAmount.ZERO;
        }

        @Override
        public void fund(String account, AtomicAmount amount) {}

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }
    }
}
