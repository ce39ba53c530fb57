package dev.x402.scheme.exact.evm;

import dev.x402.spec.Network;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A node that counts what it is asked, by method. */
record CountingRpc(EvmRpc rpc, Map<String, Integer> asked) implements EvmRpc {
    CountingRpc(EvmRpc rpc) {
        this(rpc, new ConcurrentHashMap<>());
    }

    @Override
    public List<Node> nodes(Network network) {
        return rpc.nodes(network).stream()
                .<Node>map(node -> new Counted(node, asked))
                .toList();
    }

    private record Counted(Node there, Map<String, Integer> asked) implements Node {
        @Override
        public String name() {
            return there.name();
        }

        @Override
        public List<Answer> call(List<Call> calls, Instant by) {
            calls.forEach(call -> asked.merge(call.method(), 1, Integer::sum));
            return there.call(calls, by);
        }
    }
}
