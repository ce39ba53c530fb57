package dev.x402.scheme.exact.evm;

import dev.x402.spec.Network;
import dev.x402.testbed.evm.EvmChain;
import java.time.Instant;
import java.util.List;

/** A node whose next block comes right after each time it tells its newest. */
record BlockAfterHeads(EvmRpc rpc, EvmChain chain) implements EvmRpc {
    @Override
    public List<Node> nodes(Network network) {
        return rpc.nodes(network).stream()
                .<Node>map(node -> new Busy(node, chain))
                .toList();
    }

    private record Busy(Node there, EvmChain chain) implements Node {
        @Override
        public String name() {
            return there.name();
        }

        @Override
        public List<Answer> call(List<Call> calls, Instant by) {
            List<Answer> answers = there.call(calls, by);
            if (calls.get(0).method().equals("eth_getBlockByNumber")) {
                chain.mine();
            }
            return answers;
        }
    }
}
