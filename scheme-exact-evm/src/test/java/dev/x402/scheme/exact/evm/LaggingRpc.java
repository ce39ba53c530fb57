package dev.x402.scheme.exact.evm;

import dev.x402.spec.Json;
import dev.x402.spec.Network;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A node that can fall behind: it then knows of no block, transaction or receipt after a height. */
final class LaggingRpc implements EvmRpc {
    private static final Set<String> OF_NEW_BLOCKS = Set.of("eth_getTransactionReceipt", "eth_getTransactionByHash");

    private final EvmRpc rpc;
    private volatile Optional<Long> last = Optional.empty();

    LaggingRpc(EvmRpc rpc) {
        this.rpc = rpc;
    }

    void stopAt(long height) {
        last = Optional.of(height);
    }

    void catchUp() {
        last = Optional.empty();
    }

    @Override
    public List<Node> nodes(Network network) {
        return rpc.nodes(network).stream().<Node>map(Behind::new).toList();
    }

    private final class Behind implements Node {
        private final Node there;

        Behind(Node there) {
            this.there = there;
        }

        @Override
        public String name() {
            return there.name();
        }

        @Override
        public List<Answer> call(List<Call> calls, Instant by) {
            if (last.isEmpty()) {
                return there.call(calls, by);
            }
            return calls.stream()
                    .map(call -> OF_NEW_BLOCKS.contains(call.method())
                            ? new Answer.Result(Json.Null.NULL)
                            : there.call(List.of(asOf(call, last.get())), by).get(0))
                    .toList();
        }

        private static Call asOf(Call call, long height) {
            String block = Hex.quantity(BigInteger.valueOf(height));
            return new Call(
                    call.method(),
                    call.params().stream()
                            .map(param -> param.equals(Json.of("latest")) || param.equals(Json.of("finalized"))
                                    ? Json.of(block)
                                    : param)
                            .toList());
        }
    }
}
