package dev.x402.scheme.exact.svm;

import dev.x402.spec.Network;
import dev.x402.spi.RailUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A node that can be out of reach or keep an answer to itself. */
final class LossyRpc implements SvmRpc {
    private final Network network;
    private final Node there;
    private final Node nowhere;
    private final Node lossy = new Lossy();
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
            boolean sends = calls.stream().anyMatch(call -> call.method().equals(Calls.SEND));
            if (sends && losing.compareAndSet(true, false)) {
                throw new RailUnavailableException(name() + ": the answer was lost");
            }
            return answers;
        }
    }

    private static Node node(Network network, URI address, Clock clock) {
        return HttpSvmRpc.builder(clock)
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
