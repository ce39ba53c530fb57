package dev.x402.interop.entry;

import dev.x402.core.seller.Price;
import dev.x402.core.seller.WayToPay;
import dev.x402.scheme.exact.evm.EvmFacilitatorConfig;
import dev.x402.scheme.exact.evm.EvmRpc;
import dev.x402.scheme.exact.evm.EvmSettlementPolicy;
import dev.x402.scheme.exact.evm.EvmSigner;
import dev.x402.scheme.exact.evm.HttpEvmRpc;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spi.plugins.Plugins;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** {@code exact} by EIP-3009 on one EVM chain. */
final class EvmFamily implements Family {
    private static final String PRICE = "0.001";

    private final Surroundings surroundings;
    private final Network network;

    EvmFamily(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.network = Network.parse(surroundings.find("EVM_NETWORK").orElse("eip155:84532"));
    }

    @Override
    public String path() {
        return "/exact/evm/eip3009";
    }

    @Override
    public Optional<WayToPay> sells() {
        return surroundings
                .find("EVM_PAYEE_ADDRESS")
                .map(payee -> WayToPay.by(new Kind("exact", network))
                        .price(Price.money(PRICE, "USD"))
                        .payTo(payee)
                        .maxTimeoutSeconds(60)
                        .build());
    }

    @Override
    public void serves(Plugins.Builder plugins, Clock clock) {}

    @Override
    public void pays(Plugins.Builder plugins, Clock clock) {
        surroundings.find("EVM_PRIVATE_KEY").ifPresent(key -> plugins.port(EvmSigner.class, LocalEvmSigner.parse(key)));
    }

    @Override
    public void settles(Plugins.Builder plugins, Clock clock) {
        Optional<String> key = surroundings.find("EVM_PRIVATE_KEY");
        if (key.isEmpty()) {
            return;
        }
        URI node = URI.create(surroundings.require("EVM_RPC_URL"));
        plugins.port(EvmRpc.class, HttpEvmRpc.builder(clock).node(network, node).build())
                .port(
                        EvmFacilitatorConfig.class,
                        EvmFacilitatorConfig.of(EvmSettlementPolicy.of(network, LocalEvmSigner.parse(key.get()))
                                .withConfirmations(1)));
    }
}
