package dev.x402.scheme.exact.evm;

import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.RailUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A node that can be out of reach or keep an answer to itself, and remembers what it was sent. */
final class LossyRpc implements EvmRpc {
    private final Network network;
    private final Node there;
    private final Node nowhere;
    private final Node lossy = new Lossy();
    private final Map<String, String> sent = new ConcurrentHashMap<>();
    private final AtomicBoolean losing = new AtomicBoolean();
    private volatile boolean out;

    LossyRpc(Network network, URI node, Clock clock) throws IOException {
        this.network = network;
        there = node(network, node, clock);
        nowhere = node(network, closedPort(), clock);
    }

    void loseNextAnswer() {
        losing.set(true);
    }

    void outage(boolean on) {
        out = on;
    }

    /** The bytes of a transaction that reached the node. */
    Optional<String> raw(String hash) {
        return Optional.ofNullable(sent.get(hash));
    }

    @Override
    public List<Node> nodes(Network of) {
        return of.equals(network) ? List.of(lossy) : List.of();
    }

    private final class Lossy implements Node {
        @Override
        public String name() {
            return there.name();
        }

        @Override
        public List<Answer> call(List<Call> calls, Instant by) {
            List<Answer> answers = (out ? nowhere : there).call(calls, by);
            boolean sends = false;
            for (int i = 0; i < calls.size(); i++) {
                if (calls.get(i).method().equals("eth_sendRawTransaction")) {
                    sends = true;
                    if (answers.get(i) instanceof Answer.Result result
                            && result.value() instanceof Json.Str hash
                            && calls.get(i).params().get(0) instanceof Json.Str raw) {
                        sent.put(hash.value(), raw.value());
                    }
                }
            }
            if (sends && losing.compareAndSet(true, false)) {
                throw new RailUnavailableException(name() + ": the answer was lost");
            }
            return answers;
        }
    }

    private static Node node(Network network, URI address, Clock clock) {
        return HttpEvmRpc.builder(clock)
                .node(network, address)
                .build()
                .nodes(network)
                .get(0);
    }

    private static URI closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
