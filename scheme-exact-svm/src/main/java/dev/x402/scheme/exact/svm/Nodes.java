package dev.x402.scheme.exact.svm;

import dev.x402.spec.Network;
import dev.x402.spi.RailUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Asks one node a whole question, and the next one when it fails; checks each node's genesis hash once. */
final class Nodes {
    private final SvmRpc rpc;
    private final Clock clock;
    private final Set<SvmRpc.Node> checked = ConcurrentHashMap.newKeySet();

    Nodes(SvmRpc rpc, Clock clock) {
        this.rpc = rpc;
        this.clock = clock;
    }

    /** A question to one node, in one or more batches. */
    final class Session {
        private final SvmRpc.Node node;
        private final Network network;
        private final Instant by;

        private Session(SvmRpc.Node node, Network network, Instant by) {
            this.node = node;
            this.network = network;
            this.by = by;
        }

        String node() {
            return node.name();
        }

        Answers call(SvmRpc.Call... calls) {
            return call(List.of(calls));
        }

        Answers call(List<SvmRpc.Call> calls) {
            if (checked.contains(node)) {
                return new Answers(node.name(), calls, node.call(calls, by));
            }
            List<SvmRpc.Call> all = new ArrayList<>(calls);
            all.add(Calls.genesisHash());
            Answers answers = new Answers(node.name(), all, node.call(all, by));
            String seen = answers.text(calls.size());
            if (Base58Text.parse(seen, SvmAddress.SIZE) == null || !seen.startsWith(network.reference())) {
                throw new RailUnavailableException(node.name() + ": expected a genesis hash that begins with "
                        + network.reference() + ", saw another; correct the address of the node");
            }
            checked.add(node);
            return answers;
        }
    }

    /** The answer of the first node that gives one. */
    <T> T ask(Network network, Instant by, Function<Session, T> question) {
        return ask(network, by, (session, more) -> question.apply(session));
    }

    /**
     * The answer of the first node that gives one.
     *
     * @param question also told whether another node could be asked, if this one gave up
     */
    <T> T ask(Network network, Instant by, BiFunction<Session, Boolean, T> question) {
        List<SvmRpc.Node> nodes = rpc.nodes(network);
        Optional<RailUnavailableException> failure = Optional.empty();
        for (int i = 0; i < nodes.size(); i++) {
            try {
                return question.apply(session(nodes, i, network, by), i + 1 < nodes.size());
            } catch (RailUnavailableException unavailable) {
                failure.ifPresent(unavailable::addSuppressed);
                failure = Optional.of(unavailable);
            }
        }
        throw failure.orElseGet(() -> new RailUnavailableException(network + ": expected a node, saw none"));
    }

    /** Whether one node proves it and none shows the contrary; one that throws says nothing. */
    boolean proven(Network network, Instant by, Function<Session, Boolean> proof) {
        List<SvmRpc.Node> nodes = rpc.nodes(network);
        boolean proven = false;
        for (int i = 0; i < nodes.size(); i++) {
            Optional<Boolean> said = said(session(nodes, i, network, by), proof);
            if (said.equals(Optional.of(false))) {
                return false;
            }
            proven |= said.isPresent();
        }
        return proven;
    }

    private static Optional<Boolean> said(Session session, Function<Session, Boolean> proof) {
        try {
            return Optional.of(proof.apply(session));
        } catch (RailUnavailableException silent) {
            return Optional.empty();
        }
    }

    /** Those of the networks that have no node. */
    List<Network> unserved(Set<Network> networks) {
        return networks.stream()
                .filter(network -> rpc.nodes(network).isEmpty())
                .sorted()
                .toList();
    }

    private Session session(List<SvmRpc.Node> nodes, int index, Network network, Instant by) {
        Instant now = clock.instant();
        Duration share = Duration.between(now, by).dividedBy(nodes.size() - index);
        return new Session(nodes.get(index), network, now.plus(share));
    }
}
