package dev.x402.scheme.exact.evm;

import dev.x402.spec.Network;
import dev.x402.spi.RailUnavailableException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Asks one node a whole question, and the next one when it fails; checks each node's chain id once. */
final class Nodes {
    private final EvmRpc rpc;
    private final Clock clock;
    private final Set<EvmRpc.Node> checked = ConcurrentHashMap.newKeySet();

    Nodes(EvmRpc rpc, Clock clock) {
        this.rpc = rpc;
        this.clock = clock;
    }

    /** A question to one node, in one or more batches. */
    final class Session {
        private final EvmRpc.Node node;
        private final BigInteger chainId;
        private final Instant by;

        private Session(EvmRpc.Node node, BigInteger chainId, Instant by) {
            this.node = node;
            this.chainId = chainId;
            this.by = by;
        }

        String node() {
            return node.name();
        }

        Answers call(List<EvmRpc.Call> calls) {
            if (checked.contains(node)) {
                return new Answers(node.name(), calls, node.call(calls, by));
            }
            List<EvmRpc.Call> all = new ArrayList<>(calls);
            all.add(new EvmRpc.Call("eth_chainId", List.of()));
            Answers answers = new Answers(node.name(), all, node.call(all, by));
            BigInteger seen = answers.quantity(calls.size());
            if (!seen.equals(chainId)) {
                throw new RailUnavailableException(node.name() + ": expected chain id " + chainId + ", saw " + seen
                        + "; correct the address of the node");
            }
            checked.add(node);
            return answers;
        }
    }

    <T> T ask(Network network, Instant by, Function<Session, T> question) {
        List<EvmRpc.Node> nodes = rpc.nodes(network);
        BigInteger chainId = Token.chainId(network).orElseThrow();
        Optional<RailUnavailableException> failure = Optional.empty();
        for (int i = 0; i < nodes.size(); i++) {
            Instant now = clock.instant();
            Duration share = Duration.between(now, by).dividedBy(nodes.size() - i);
            try {
                return question.apply(new Session(nodes.get(i), chainId, now.plus(share)));
            } catch (RailUnavailableException unavailable) {
                failure.ifPresent(unavailable::addSuppressed);
                failure = Optional.of(unavailable);
            }
        }
        throw failure.orElseGet(() -> new RailUnavailableException(network + ": expected a node, saw none"));
    }

    /** Those of the networks that have no node. */
    List<Network> unserved(Set<Network> networks) {
        return networks.stream()
                .filter(network -> rpc.nodes(network).isEmpty())
                .sorted()
                .toList();
    }
}
