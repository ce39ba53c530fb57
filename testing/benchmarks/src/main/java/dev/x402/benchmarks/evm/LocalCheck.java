package dev.x402.benchmarks.evm;

import dev.x402.scheme.exact.evm.EvmFacilitatorConfig;
import dev.x402.scheme.exact.evm.EvmRpc;
import dev.x402.scheme.exact.evm.EvmSettlementPolicy;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Verifies payments before a node that answers at once that all is well. */
public final class LocalCheck implements Function<Payment, Verification> {
    private static final Network NETWORK = Network.parse("eip155:84532");
    private static final String SETTLER = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    private final SchemeFacilitator facilitator;

    /** A facilitator of one network. */
    public LocalCheck() {
        List<EvmRpc.Node> nodes = List.of(new Content());
        Plugins plugins = Plugins.builder()
                .discover(LocalCheck.class.getClassLoader())
                .port(EvmRpc.class, network -> nodes)
                .port(
                        EvmFacilitatorConfig.class,
                        EvmFacilitatorConfig.of(EvmSettlementPolicy.of(NETWORK, LocalEvmSigner.parse(SETTLER))))
                .build();
        facilitator = plugins.facilitator(new Kind("exact", NETWORK));
    }

    @Override
    public Verification apply(Payment payment) {
        return facilitator.verify(payment, Instant.MAX);
    }

    private static final class Content implements EvmRpc.Node {
        private static final EvmRpc.Answer NOTHING = new EvmRpc.Answer.Result(Json.of("0x"));
        private static final EvmRpc.Answer UNUSED = new EvmRpc.Answer.Result(Json.of("0x" + "0".repeat(64)));
        private static final EvmRpc.Answer RICH =
                new EvmRpc.Answer.Result(Json.of("0x" + "0".repeat(48) + "f".repeat(16)));
        private static final EvmRpc.Answer CHAIN = new EvmRpc.Answer.Result(Json.of("0x14a34"));

        @Override
        public String name() {
            return "content";
        }

        @Override
        public List<EvmRpc.Answer> call(List<EvmRpc.Call> calls, Instant by) {
            List<EvmRpc.Answer> answers = new ArrayList<>(List.of(NOTHING, UNUSED, RICH));
            if (calls.size() > answers.size()) {
                answers.add(CHAIN);
            }
            return answers;
        }
    }
}
