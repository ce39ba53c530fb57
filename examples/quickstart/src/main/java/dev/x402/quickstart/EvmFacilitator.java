package dev.x402.quickstart;

import dev.x402.scheme.exact.evm.EvmFacilitatorConfig;
import dev.x402.scheme.exact.evm.EvmRpc;
import dev.x402.scheme.exact.evm.EvmSettlementPolicy;
import dev.x402.scheme.exact.evm.HttpEvmRpc;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.spec.Network;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmNode;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What a facilitator needs to settle on some EVM chains. */
final class EvmFacilitator {
    private EvmFacilitator() {}

    static LocalFacilitator on(List<EvmNode> nodes, Clock clock) throws IOException {
        LocalEvmSigner signer = LocalEvmSigner.parse(DevAccounts.facilitator().privateKey());
        HttpEvmRpc.Builder rpc = HttpEvmRpc.builder(clock);
        List<EvmSettlementPolicy> policies = new ArrayList<>();
        for (EvmNode node : nodes) {
            Network network = Network.parse(node.network());
            rpc.node(network, node.uri());
            policies.add(EvmSettlementPolicy.of(network, signer).withConfirmations(1));
        }
        Plugins plugins = Plugins.builder()
                .discover()
                .port(EvmRpc.class, rpc.build())
                .port(EvmFacilitatorConfig.class, EvmFacilitatorConfig.of(policies.toArray(EvmSettlementPolicy[]::new)))
                .clock(clock)
                .build();
        return new LocalFacilitator(plugins, clock);
    }
}
