package dev.x402.interop.entry;

import dev.x402.core.seller.Price;
import dev.x402.core.seller.WayToPay;
import dev.x402.scheme.exact.svm.HttpSvmRpc;
import dev.x402.scheme.exact.svm.LocalSvmSigner;
import dev.x402.scheme.exact.svm.SvmFacilitatorConfig;
import dev.x402.scheme.exact.svm.SvmRpc;
import dev.x402.scheme.exact.svm.SvmSettlementPolicy;
import dev.x402.scheme.exact.svm.SvmSigner;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spi.plugins.Plugins;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** {@code exact} on one Solana cluster. */
final class SvmFamily implements Family {
    private static final String PRICE = "0.001";
    /** The nodes that the suite's clients ask when nobody tells them another. */
    private static final Map<String, String> PUBLIC_NODES = Map.of(
            "solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1", "https://api.devnet.solana.com",
            "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp", "https://api.mainnet-beta.solana.com");

    private final Surroundings surroundings;
    private final Network network;

    SvmFamily(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.network =
                Network.parse(surroundings.find("SVM_NETWORK").orElse("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1"));
    }

    @Override
    public String path() {
        return "/exact/svm";
    }

    @Override
    public Optional<WayToPay> sells() {
        return surroundings
                .find("SVM_PAYEE_ADDRESS")
                .map(payee -> WayToPay.by(new Kind("exact", network))
                        .price(Price.money(PRICE, "USD"))
                        .payTo(payee)
                        .maxTimeoutSeconds(60)
                        .build());
    }

    /** With a node, the offers bring the blockhash, and the payer needs none. */
    @Override
    public void serves(Plugins.Builder plugins, Clock clock) {
        surroundings.find("SVM_RPC_URL").ifPresent(node -> plugins.port(SvmRpc.class, node(node, clock)));
    }

    @Override
    public void pays(Plugins.Builder plugins, Clock clock) {
        Optional<String> key = surroundings.find("SVM_PRIVATE_KEY");
        if (key.isEmpty()) {
            return;
        }
        plugins.port(SvmSigner.class, LocalSvmSigner.parse(key.get()));
        surroundings
                .find("SVM_RPC_URL")
                .or(() -> Optional.ofNullable(PUBLIC_NODES.get(network.toString())))
                .ifPresent(node -> plugins.port(SvmRpc.class, node(node, clock)));
    }

    @Override
    public void settles(Plugins.Builder plugins, Clock clock) {
        surroundings
                .find("SVM_PRIVATE_KEY")
                .ifPresent(key -> plugins.port(SvmRpc.class, node(surroundings.require("SVM_RPC_URL"), clock))
                        .port(
                                SvmFacilitatorConfig.class,
                                SvmFacilitatorConfig.of(SvmSettlementPolicy.of(network, LocalSvmSigner.parse(key)))));
    }

    private SvmRpc node(String uri, Clock clock) {
        return HttpSvmRpc.builder(clock).node(network, URI.create(uri)).build();
    }
}
