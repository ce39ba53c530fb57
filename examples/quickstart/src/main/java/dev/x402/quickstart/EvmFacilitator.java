package dev.x402.quickstart;

import dev.x402.core.facilitator.FacilitatorEngine;
import dev.x402.core.facilitator.FacilitatorPolicy;
import dev.x402.core.facilitator.InMemorySettlementStore;
import dev.x402.http.facilitator.FacilitatorEndpoints;
import dev.x402.http.jdk.EndpointHandler;
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
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A facilitator for some EVM chains, over HTTP. */
final class EvmFacilitator implements AutoCloseable {
    private final ExecutorService completer = Executors.newFixedThreadPool(2);
    private final Plugins plugins;
    private final FacilitatorEngine engine;
    private final LocalServer server;

    EvmFacilitator(List<EvmNode> nodes, Clock clock) throws IOException {
        LocalEvmSigner signer = LocalEvmSigner.parse(DevAccounts.facilitator().privateKey());
        HttpEvmRpc.Builder rpc = HttpEvmRpc.builder(clock);
        List<EvmSettlementPolicy> policies = new ArrayList<>();
        for (EvmNode node : nodes) {
            Network network = Network.parse(node.network());
            rpc.node(network, node.uri());
            policies.add(EvmSettlementPolicy.of(network, signer).withConfirmations(1));
        }
        plugins = Plugins.builder()
                .discover()
                .port(EvmRpc.class, rpc.build())
                .port(EvmFacilitatorConfig.class, EvmFacilitatorConfig.of(policies.toArray(EvmSettlementPolicy[]::new)))
                .clock(clock)
                .build();
        engine = FacilitatorEngine.builder(
                        plugins, new InMemorySettlementStore(clock), FacilitatorPolicy.anyPayee(), "quickstart")
                .clock(clock)
                .completer(completer)
                .build();
        server = LocalServer.bind()
                .serve(new EndpointHandler(
                        FacilitatorEndpoints.builder(engine, clock).build()));
    }

    URI uri() {
        return server.uri();
    }

    @Override
    public void close() {
        server.close();
        engine.close();
        completer.shutdownNow();
        plugins.close();
    }
}
